import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { changingCalls } from "../output/failing-disk.ts";
import { contentsOf, temporaryFolder } from "../temporary-folder.ts";
import { CommandAgain, type TrappedResult } from "./command-again.ts";
import { builtCommand, definitionNamed, runCommand } from "./command-process.ts";
import { type DiskCall, type DiskTrap, lookingCalls } from "./disk-trap.ts";
import { mountDisk } from "./mounted-disk.ts";

type Contents = Readonly<Record<string, string | null>>;
type Sources = Readonly<Record<string, string>>;

const report = "report.json";
const argv = ["crds", "--quiet", "--jobs", "1", "--report", report];
/** The number of a process that has ended. */
const dead = spawnSync(process.execPath, ["--version"]).pid;

function definitionIn(group: string, plural: string, maximum = 10): string {
  return definitionNamed(plural).replaceAll("stable", group).replace("maximum: 10", `maximum: ${maximum}`);
}

const before: Sources = {
  "a.yaml": definitionIn("one", "as"),
  "b.yaml": definitionIn("one", "bs"),
  "c.yaml": definitionIn("two", "cs"),
};
/** One has changed, one is as it was, one is gone with its group, one has come with another. */
const after: Sources = {
  "a.yaml": definitionIn("one", "as", 11),
  "b.yaml": definitionIn("one", "bs"),
  "d.yaml": definitionIn("three", "ds"),
};

function put(place: string, content: string | null): void {
  mkdirSync(content === null ? place : path.dirname(place), { recursive: true });
  if (content !== null) writeFileSync(place, content);
}

/** A working folder in which one process makes run after run. */
class Runs {
  readonly cwd: string = temporaryFolder();
  readonly output: string = path.join(this.cwd, "generated");
  readonly #command: CommandAgain = new CommandAgain(this.cwd);

  /** Puts an output and a report there, or none, and the sources. */
  reset(state: Contents, sources: Sources): void {
    for (const name of ["generated", "crds", report])
      rmSync(path.join(this.cwd, name), { recursive: true, force: true });
    for (const [name, content] of Object.entries(sources)) put(path.join(this.cwd, "crds", name), content);
    for (const [name, content] of Object.entries(state)) put(path.join(this.cwd, name), content);
  }

  /** Runs with a trap: in the working folder, unless it is said where. */
  run(trap?: Omit<DiskTrap, "folder">, folder: string = this.cwd): Promise<TrappedResult> {
    return this.#command.run(argv, trap && { folder, ...trap });
  }

  /** The output and the report, without what the next run clears away. */
  get left(): Contents {
    const entries = Object.entries(this.#leftWithRemains).filter(([name]) => !/(?:^|\/)\.crd-gen/.test(name));
    return Object.fromEntries(entries);
  }

  get #leftWithRemains(): Contents {
    return Object.fromEntries(Object.entries(contentsOf(this.cwd)).filter(([name]) => !/^(?:cache|crds)/.test(name)));
  }

  /** What there is after the next run, which finds the process of the last one no more. */
  async next(): Promise<Contents> {
    for (const folder of [this.cwd, this.output, path.join(this.output, ".crd-gen")]) this.#bury(folder);
    expect(await this.run()).toMatchObject({ code: 0, stderr: "" });
    return this.#leftWithRemains;
  }

  #bury(folder: string): void {
    const pid = `${this.#command.pid}`;
    if (statSync(folder, { throwIfNoEntry: false }) === undefined) return;
    for (const name of readdirSync(folder).filter((entry) => /^(?:\.crd-gen|owner)-/.test(entry))) {
      const place = path.join(folder, name);
      if (statSync(place).isDirectory()) this.#bury(place);
      renameSync(place, path.join(folder, name.replaceAll(pid, `${dead}`)));
    }
  }
}

/** The outputs of the sources before and after, reports included. */
async function prepare(): Promise<{ readonly runs: Runs; readonly old: Contents; readonly now: Contents }> {
  const runs = new Runs();
  const cold = async (sources: Sources): Promise<Contents> => {
    runs.reset({ "generated/notes.md": "mine" }, sources);
    expect(await runs.run()).toMatchObject({ code: 0, stderr: "" });
    return runs.left;
  };
  return { runs, old: await cold(before), now: await cold(after) };
}

function callsOf({ counts }: TrappedResult): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

/** One message that says what was tried. */
const oneMessage = /^cannot (?:make|write|put|remove|read|open|look) [^\n]+\n1 error; nothing was written\n$/;

function expectToBeTold({ code, stderr, stdout, crash }: TrappedResult, what: string): void {
  expect({ code, stdout, crash }, what).toEqual({ code: 3, stdout: "", crash: undefined });
  expect(stderr, what).not.toMatch(/defect|^ +at /m);
}

describe.each<readonly [string, readonly DiskCall[], readonly string[], string]>([
  ["changes something", changingCalls, ["ENOSPC", "EIO", "EROFS"], "."],
  // What is wrong with sources is another matter.
  ["looks at the output", lookingCalls, ["EIO", "EACCES"], "generated"],
])("a disk that fails at the nth call that %s", (_, calls, errnos, below) => {
  test("leaves the output as it was, or all of the new one", { timeout: 120_000 }, async () => {
    const { runs, old, now } = await prepare();
    for (let nth = 1; ; nth += 1) {
      runs.reset(old, after);
      const errno = errnos[nth % errnos.length] ?? "EIO";
      const result = await runs.run({ calls, nth, deed: "fail", errno }, path.join(runs.cwd, below));
      const what = `${errno} at call ${nth}`;
      if (result.code === 0) {
        expect(runs.left, what).toEqual(now);
      } else {
        expectToBeTold(result, what);
        expect(result.stderr, what).toMatch(oneMessage);
        expect(runs.left, what).toEqual(old);
      }
      if (callsOf(result) < nth) break;
      // Nothing of it is in the way.
      if (nth % 5 === 0) expect(await runs.next(), what).toEqual(now);
    }
  });
});

test("a disk that fails for good leaves whole files, and the next run all as it is to be", {
  timeout: 120_000,
}, async () => {
  const { runs, old, now } = await prepare();
  const ends = new Set<string>();
  for (let nth = 1; ; nth += 1) {
    runs.reset(old, after);
    const result = await runs.run({ calls: changingCalls, nth, deed: "fail", errno: "EIO", lasting: true });
    const what = `from call ${nth} on`;
    for (const [name, content] of Object.entries(runs.left))
      expect([old[name], now[name]], `${what}: ${name}`).toContain(content);
    if (result.code !== 0) {
      expectToBeTold(result, what);
      ends.add(result.stderr.split("\n").at(-2) ?? "");
    }
    if (nth % 3 === 0) expect(await runs.next(), what).toEqual(now);
    if (callsOf(result) < nth) break;
  }
  expect([...ends].sort()).toEqual(["1 error; nothing was written", "1 error; the output is of two states"]);
});

describe.each([
  ["removes", "vanish"],
  ["replaces by a file", "replace"],
] as const)("an output folder that somebody %s during a run", (_, deed) => {
  test("is told in one message, or is there again with all that is generated", { timeout: 120_000 }, async () => {
    const { runs, old, now } = await prepare();
    const { "generated/notes.md": _notes, ...generated } = now;
    for (let nth = 1; ; nth += 1) {
      runs.reset(old, after);
      const result = await runs.run({ calls: changingCalls, nth, deed }, runs.output);
      const what = `at call ${nth}`;
      if (callsOf(result) < nth) break;
      const isFolder = statSync(runs.output, { throwIfNoEntry: false })?.isDirectory() === true;
      if (result.code !== 0) {
        expectToBeTold(result, what);
        expect(result.stderr, what).toMatch(oneMessage);
        expect(isFolder, what).toBe(false);
      } else if (isFolder) {
        expect(runs.left, what).toEqual(generated);
      }
      if (deed === "replace") rmSync(runs.output);
      if (nth % 4 === 0) expect(await runs.next(), what).toEqual(generated);
    }
  });
});

test("a real disk with room for so many files and no more", { timeout: 120_000 }, async (context) => {
  const sources = Object.fromEntries(Object.entries(after).map(([name, text]) => [`crds/${name}`, text]));
  const cwd = temporaryFolder({ "generated/": "", ...sources });
  const output = path.join(cwd, "generated");
  mountDisk(output, "size=1m,nr_inodes=60", context);
  const environment = { XDG_CACHE_HOME: path.join(cwd, "cache") };
  expect(await runCommand(["crds/a.yaml", "--quiet"], { cwd, environment })).toMatchObject({ code: 0 });
  const untouched = contentsOf(output);
  const codes: (number | null)[] = [];
  // The folder itself is one of them.
  for (let room = Object.keys(untouched).length + 1; codes.at(-1) !== 0; room += 1) {
    execFileSync("mount", ["-o", `remount,nr_inodes=${room}`, output]);
    const { code, stderr } = await runCommand(["crds", "--quiet"], { cwd, environment });
    codes.push(code);
    if (code === 0) break;
    expect(stderr, `${room}`).toMatch(oneMessage);
    expect(stderr, `${room}`).toContain("the disk is full; make room and run again (ENOSPC)");
    expect(contentsOf(output), `${room}`).toEqual(untouched);
  }
  // Too little for the claim, for what waits, for what is put in place.
  expect(codes.length).toBeGreaterThan(4);
});

test("a folder below the output folder that may not be written into", async ({ skip }) => {
  const sources = Object.fromEntries(Object.entries(before).map(([name, text]) => [`crds/${name}`, text]));
  const cwd = temporaryFolder(sources);
  const isRoot = process.getuid?.() === 0;
  const as = isRoot ? { uid: 65_534 } : {};
  if (isRoot) execFileSync("chown", ["-R", "65534:65534", cwd]);
  if (spawnSync(process.execPath, [builtCommand, "--version"], { cwd, ...as }).status !== 0)
    skip("the checkout cannot be read by another user");
  const options = { cwd, ...as, environment: { XDG_CACHE_HOME: path.join(cwd, "cache") } };
  expect(await runCommand(["crds", "--quiet"], options)).toMatchObject({ code: 0, stderr: "" });
  const folder = path.join(cwd, "generated/one.example.com/v1");
  chmodSync(folder, 0o555);
  onTestFinished(() => chmodSync(folder, 0o755));
  const untouched = contentsOf(path.join(cwd, "generated"));
  put(path.join(cwd, "crds/d.yaml"), after["d.yaml"] ?? null);
  put(path.join(cwd, "crds/a.yaml"), after["a.yaml"] ?? null);
  const { code, stderr } = await runCommand(["crds", "--quiet"], options);
  expect(code).toBe(3);
  expect(stderr).toMatch(oneMessage);
  expect(stderr).toMatch(/^cannot put generated\/one\.example\.com\/v1\/\w+\.ts in its place: permission denied; /);
  expect(contentsOf(path.join(cwd, "generated"))).toEqual(untouched);
});
