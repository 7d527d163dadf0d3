import { existsSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { expect, test } from "vitest";
import { ProgramEnded, type ProgramOptions, runProgram } from "../../../src/runtime/config/run-program.ts";
import { temporaryFolder } from "../../temporary-folder.ts";
import { expectGone } from "./hanging-plugin.ts";

function shell(body: string, timeoutMs = 0, more: Pick<ProgramOptions, "ownSession"> & { signal?: AbortSignal } = {}) {
  const { signal, ...rest } = more;
  return runProgram({ command: "/bin/sh", args: ["-c", body], env: { WORD: "a word" }, timeoutMs, signal, ...rest });
}

/** The numbers of the processes that a program has written to a file, as soon as it has moved that to its place. */
async function numbersIn(file: string): Promise<number[]> {
  await expect.poll(() => existsSync(file), { timeout: 10_000 }).toBe(true);
  return readFileSync(file, "utf8").trim().split("\n").map(Number);
}

test("a program has its environment, and finds the end of its input", async () => {
  expect(await shell('cat; echo "$WORD"', 60_000)).toBe("a word\n");
  await expect(shell("exit 5")).rejects.toMatchObject({ code: 5 });
});

test("a program is killed when its time is over, whatever it does about it", async () => {
  await expect(shell("trap '' TERM INT; exec sleep 600", 1)).rejects.toEqual(new ProgramEnded("timeout"));
});

test.each(["sleep 600; true", "sleep 600 & sleep 600; wait"])(
  "what a program has started is killed with it: %s",
  async (body) => {
    const file = path.join(temporaryFolder(), "pid");
    const stop = new AbortController();
    const start = `echo $$ > ${file}.new; sh -c 'echo $$ >> ${file}.new; mv ${file}.new ${file}; ${body}'; true`;
    const running = shell(start, 0, { signal: stop.signal, ownSession: true });
    const numbers = await numbersIn(file);
    const children = numbers.flatMap((pid) => childrenOf(pid));
    stop.abort();
    await expect(running).rejects.toEqual(new ProgramEnded("signal"));
    for (const pid of [...numbers, ...children]) await expectGone(pid);
  },
);

/** The processes that a process has started. */
function childrenOf(pid: number): number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim();
  return children === "" ? [] : children.split(" ").map(Number);
}

test("what a program leaves behind is killed too, where it holds the output open", async () => {
  const file = path.join(temporaryFolder(), "pid");
  const stop = new AbortController();
  const left = `sleep 600 & echo $! > ${file}.new; mv ${file}.new ${file}`;
  const running = shell(left, 0, { signal: stop.signal, ownSession: true });
  const [pid = 0] = await numbersIn(file);
  stop.abort();
  await expect(running).rejects.toEqual(new ProgramEnded("signal"));
  await expectGone(pid);
});

test("at a terminal, what a program leaves behind with its output does not keep the caller", async () => {
  const file = path.join(temporaryFolder(), "pid");
  const stop = new AbortController();
  const left = `sleep 600 & echo $! > ${file}.new; mv ${file}.new ${file}`;
  const running = shell(left, 0, { signal: stop.signal, ownSession: false });
  const [pid = 0] = await numbersIn(file);
  stop.abort();
  await expect(running).rejects.toEqual(new ProgramEnded("signal"));
  process.kill(pid);
});

test("a program has our terminal, or a session of its own", async () => {
  const session = async (ownSession: boolean): Promise<string | undefined> => {
    const [pid, , , , , id] = (await shell("cat /proc/$$/stat; true", 0, { ownSession })).split(" ");
    return id === pid ? "its own" : "ours";
  };
  expect(await session(true)).toBe("its own");
  expect(await session(false)).toBe("ours");
});

test("a program that writes without end is killed", async () => {
  await expect(shell("cat /dev/zero")).rejects.toEqual(new ProgramEnded("output"));
});

test("a program is not started where its signal was aborted before", async () => {
  const folder = temporaryFolder();
  await expect(shell(`echo > ${folder}/started`, 0, { signal: AbortSignal.abort() })).rejects.toEqual(
    new ProgramEnded("signal"),
  );
  expect(existsSync(path.join(folder, "started"))).toBe(false);
});
