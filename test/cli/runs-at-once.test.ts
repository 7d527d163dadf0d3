import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import * as path from "node:path";
import { describe, expect, test } from "vitest";
import { generatedMark } from "../../src/output/mark.ts";
import { contentsOf, temporaryFolder } from "../temporary-folder.ts";
import { type CommandResult, definitionNamed, resultOf, startCommand } from "./command-process.ts";
import { type HeldCommand, holdCommand } from "./disk-trap.ts";

type Contents = Readonly<Record<string, string | null>>;

/** Sources of four runs, each in a folder of its own; they share a definition. */
const files = Object.fromEntries(
  [0, 1, 2, 3].flatMap((run) => [
    [`crds${run}/shared.yaml`, definitionNamed("shareds").replace("maximum: 10", `maximum: ${10 + run}`)],
    [`crds${run}/own.yaml`, definitionNamed(`own${run}s`)],
  ]),
);

function start(cwd: string, sources: string, ...options: readonly string[]): ChildProcess {
  const child = startCommand([sources, "--yes", "--quiet", ...options], { cwd });
  child.stdin?.end();
  return child;
}

function run(cwd: string, sources: string, ...options: readonly string[]): Promise<CommandResult> {
  return resultOf(start(cwd, sources, ...options));
}

const colds = new Map<string, Promise<Contents>>();

/** What a run leaves in a folder where nothing was generated yet. */
function cold(sources: string, out = "generated"): Promise<Contents> {
  const known = colds.get(`${sources} ${out}`);
  if (known !== undefined) return known;
  const cwd = temporaryFolder(files);
  const contents = run(cwd, sources, "--out", out).then(({ code, stderr }) => {
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    return contentsOf(path.join(cwd, out));
  });
  colds.set(`${sources} ${out}`, contents);
  return contents;
}

/** A run that has put the lock-to-be and a file in their places, and stands still. */
function holdRun(cwd: string, sources: string, out = "generated"): Promise<HeldCommand> {
  // The first renames are the claim and the lock-to-be.
  const trap = { folder: path.join(cwd, out), calls: ["renameSync"], nth: 4 } as const;
  return holdCommand([sources, "--yes", "--quiet", "--out", out], cwd, trap);
}

/** Waits until a run says that it waits for another one. */
async function waitsFor({ pid }: HeldCommand, child: ChildProcess): Promise<void> {
  const [said] = await Promise.race([once(child.stderr ?? child, "data"), once(child, "exit")]);
  expect(`${said}`).toBe(`waiting for another run (process ${pid})\n`);
}

/** A run that waits for another one; it says so, which `--quiet` would not. */
async function waitingRun(cwd: string, sources: string, held: HeldCommand): Promise<ChildProcess> {
  const child = startCommand([sources, "--yes"], { cwd });
  child.stdin?.end();
  await waitsFor(held, child);
  return child;
}

describe.each([2, 4])("%i runs at once", (count) => {
  const runs = Array.from({ length: count }, (_, index) => index);

  test("of the same sources leave what one of them would", async () => {
    const cwd = temporaryFolder(files);
    for (const sources of ["crds0", "crds1"]) {
      const results = await Promise.all(runs.map(() => run(cwd, sources)));
      expect(results).toEqual(runs.map(() => ({ code: 0, stdout: "", stderr: "" })));
      expect(contentsOf(path.join(cwd, "generated"))).toEqual(await cold(sources));
    }
  });

  test("of different sources leave what one of them would, with nothing of the others", async () => {
    const cwd = temporaryFolder(files);
    const wanted = await Promise.all(runs.map((index) => cold(`crds${index}`)));
    for (const _ of ["cold", "over an output"]) {
      const results = await Promise.all(runs.map((index) => run(cwd, `crds${index}`)));
      expect(results).toEqual(runs.map(() => ({ code: 0, stdout: "", stderr: "" })));
      expect(wanted).toContainEqual(contentsOf(path.join(cwd, "generated")));
    }
  });

  test("after one that was killed while it put its files in place all come to their end", async () => {
    const cwd = temporaryFolder(files);
    const held = await holdRun(cwd, "crds3");
    held.child.kill("SIGKILL");
    await once(held.child, "exit");
    const results = await Promise.all(runs.map(() => run(cwd, "crds0")));
    expect(results).toEqual(runs.map(() => ({ code: 0, stdout: "", stderr: "" })));
    expect(contentsOf(path.join(cwd, "generated"))).toEqual(await cold("crds0"));
  });
});

describe("a run that finds another one at work", () => {
  test("waits for its end, and then does its own", async () => {
    const cwd = temporaryFolder(files);
    const held = await holdRun(cwd, "crds0");
    const waiting = await waitingRun(cwd, "crds1", held);
    const ends = Promise.all([resultOf(held.child), once(waiting, "close")]);
    held.letGo();
    expect(await ends).toMatchObject([{ code: 0, stderr: "" }, [0, null]]);
    expect(contentsOf(path.join(cwd, "generated"))).toEqual(await cold("crds1"));
  });

  test("goes on when the other is killed", async () => {
    const cwd = temporaryFolder(files);
    const held = await holdRun(cwd, "crds0");
    const waiting = await waitingRun(cwd, "crds1", held);
    const ended = once(waiting, "close");
    held.child.kill("SIGKILL");
    expect(await ended).toEqual([0, null]);
    expect(contentsOf(path.join(cwd, "generated"))).toEqual(await cold("crds1"));
  });

  test.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)("and is ended by %s goes with %i, and takes nothing along", async (signal, code) => {
    const cwd = temporaryFolder(files);
    const held = await holdRun(cwd, "crds0");
    const waiting = await waitingRun(cwd, "crds1", held);
    const untouched = contentsOf(cwd);
    const ended = once(waiting, "close");
    waiting.kill(signal);
    expect(await ended).toEqual([code, null]);
    expect(contentsOf(cwd)).toEqual(untouched);
    const end = resultOf(held.child);
    held.letGo();
    expect(await end).toMatchObject({ code: 0, stderr: "" });
    expect(contentsOf(path.join(cwd, "generated"))).toEqual(await cold("crds0"));
  });

  test.each([
    ["--check", 1],
    ["--dry-run", 0],
    ["--diff", 0],
  ] as const)("neither waits nor writes with %s", async (option, code) => {
    const cwd = temporaryFolder(files);
    await holdRun(cwd, "crds0");
    const untouched = contentsOf(cwd);
    // It comes to its end while the other stands still.
    const { code: ended, stderr } = await resultOf(startCommand(["crds1", option], { cwd }));
    expect({ ended, stderr }).toEqual({ ended: code, stderr: "" });
    expect(contentsOf(cwd)).toEqual(untouched);
  });
});

describe("an output folder inside of another one", () => {
  const inner = "generated/sub";

  async function both(outer: string, below: string): Promise<Contents> {
    const inside = Object.entries(await cold(below, inner)).map(([name, content]) => [`sub/${name}`, content]);
    return { ...(await cold(outer)), sub: null, ...Object.fromEntries(inside) };
  }

  test("is written at the same time", async () => {
    const cwd = temporaryFolder(files);
    for (const _ of ["cold", "over an output"]) {
      const results = await Promise.all([run(cwd, "crds0"), run(cwd, "crds1", "--out", inner)]);
      expect(results).toMatchObject([
        { code: 0, stderr: "" },
        { code: 0, stderr: "" },
      ]);
      expect(contentsOf(path.join(cwd, "generated"))).toEqual(await both("crds0", "crds1"));
    }
  });

  test("loses nothing to the outer, which takes over what bears the mark, while it is written and when that is killed", async () => {
    const cwd = temporaryFolder({ ...files, "generated/old.ts": `${generatedMark}.\n` });
    const held = await holdRun(cwd, "crds1", inner);
    const untouched = contentsOf(path.join(cwd, inner));
    expect(await run(cwd, "crds0")).toMatchObject({ code: 0, stderr: "" });
    expect(contentsOf(path.join(cwd, inner))).toEqual(untouched);
    held.child.kill("SIGKILL");
    await once(held.child, "exit");
    expect(await run(cwd, "crds0", "--force")).toMatchObject({ code: 0, stderr: "" });
    expect(contentsOf(path.join(cwd, inner))).toEqual(untouched);
    expect(await run(cwd, "crds1", "--out", inner)).toMatchObject({ code: 0, stderr: "" });
    expect(contentsOf(path.join(cwd, "generated"))).toEqual(await both("crds0", "crds1"));
  });

  test("is written while the outer is, and when that is killed", async () => {
    const cwd = temporaryFolder(files);
    const held = await holdRun(cwd, "crds0");
    expect(await run(cwd, "crds1", "--out", inner)).toMatchObject({ code: 0, stderr: "" });
    held.child.kill("SIGKILL");
    await once(held.child, "exit");
    expect(await run(cwd, "crds0")).toMatchObject({ code: 0, stderr: "" });
    expect(contentsOf(path.join(cwd, "generated"))).toEqual(await both("crds0", "crds1"));
  });
});
