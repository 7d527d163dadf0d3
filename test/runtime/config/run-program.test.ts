import { existsSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { expect, test } from "vitest";
import { ProgramEnded, runProgram } from "../../../src/runtime/config/run-program.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

function shell(body: string, timeoutMs = 0, signal?: AbortSignal): Promise<string> {
  return runProgram({ command: "/bin/sh", args: ["-c", body], env: { WORD: "a word" }, timeoutMs, signal });
}

test("a program has its environment, and finds the end of its input", async () => {
  expect(await shell('cat; echo "$WORD"', 60_000)).toBe("a word\n");
  await expect(shell("exit 5")).rejects.toMatchObject({ code: 5 });
});

test("a program is killed when its time is over, whatever it does about it", async () => {
  await expect(shell("trap '' TERM INT; exec sleep 600", 1)).rejects.toEqual(new ProgramEnded("timeout"));
});

test("what a program leaves behind with its output does not keep the caller", async () => {
  const file = path.join(temporaryFolder(), "pid");
  const stop = new AbortController();
  const running = shell(`sleep 600 & echo $! > ${file}.new; mv ${file}.new ${file}`, 0, stop.signal);
  await expect.poll(() => existsSync(file), { timeout: 10_000 }).toBe(true);
  stop.abort();
  await expect(running).rejects.toEqual(new ProgramEnded("signal"));
  process.kill(Number(readFileSync(file, "utf8")));
});

test("a program is not started where its signal was aborted before", async () => {
  const folder = temporaryFolder();
  await expect(shell(`echo > ${folder}/started`, 0, AbortSignal.abort())).rejects.toEqual(new ProgramEnded("signal"));
  expect(existsSync(path.join(folder, "started"))).toBe(false);
});
