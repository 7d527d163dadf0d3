import { readFileSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { describe, expect, test } from "vitest";
import { type Outcome, run } from "../../src/cli/run.ts";
import type { Settings } from "../../src/cli/settings.ts";
import { generatedMark } from "../../src/output/mark.ts";
import type { FileState } from "../../src/output/stage.ts";
import { lockListing } from "../output/lock-listing.ts";
import { contentsOf, temporaryFolder } from "../temporary-folder.ts";
import { type FakeStages, fakeStages, plainSettings } from "./fake-stages.ts";

type Input = Readonly<Record<string, readonly string[]>>;

const input: Input = { "1.yaml": ["a", "g/v1/b"], "2.yaml": ["c"] };
const { signal } = new AbortController();

async function outcomeOf(
  cwd: string,
  given: Input | FakeStages = input,
  changes: Partial<Settings> = {},
): Promise<Outcome> {
  const stages = "load" in given ? (given as FakeStages) : fakeStages(given as Input);
  const outcome = await run({ ...plainSettings, ...changes }, { cwd, version: "1.2.3", stages, signal });
  if (outcome === undefined) throw new Error("expected an outcome, got an aborted run");
  return outcome;
}

/** A working folder whose output is up to date with the input. */
async function generated(files: Readonly<Record<string, string>> = {}): Promise<string> {
  const cwd = temporaryFolder(files);
  expect(await outcomeOf(cwd)).toMatchObject({ exitCode: 0, diagnostics: [] });
  return cwd;
}

function messagesOf({ diagnostics }: Outcome): readonly string[] {
  return diagnostics.map(({ severity, message }) => `${severity} ${message}`);
}

function statesOf({ plan }: Outcome): Readonly<Record<string, FileState>> {
  return Object.fromEntries((plan?.files ?? []).map(({ path: file, state }) => [file, state]));
}

/** Rewrites a file of the output. */
function edit(cwd: string, file: string, change: (text: string) => string): void {
  const place = path.join(cwd, "out", file);
  writeFileSync(place, change(readFileSync(place, "utf8")));
}

/** All of a working folder with the line ends of Windows. */
function withWindowsLineEnds(cwd: string): Record<string, string | null> {
  for (const [file, content] of Object.entries(contentsOf(path.join(cwd, "out"))))
    if (content !== null) edit(cwd, file, (text) => text.replaceAll("\n", "\r\n"));
  return contentsOf(cwd);
}

describe("a lock that cannot be gone by", () => {
  const restore =
    "restore it from version control, or remove it and run again: files that bear the mark of crd-gen are then taken over";

  test.each<readonly [string, (lock: string) => string, string]>([
    [
      "has a conflict of a merge",
      (lock) =>
        lock.replace("generator 1.2.3\n", "<<<<<<< HEAD\ngenerator 1.2.3\n=======\ngenerator 1.3.0\n>>>>>>> other\n"),
      ":3: wanted a lock file that crd-gen has written, got a merge conflict; take either side, and run again with --force",
    ],
    [
      "is of a newer crd-gen",
      (lock) => lock.replace("lock 1\n", "lock 2\n"),
      ": wanted a lock file that crd-gen has written, got one of a newer crd-gen (form 2); update crd-gen",
    ],
    [
      "was cut short",
      (lock) => lock.replace("\nend\n", ""),
      `: wanted a lock file that crd-gen has written, got one that was cut short; ${restore}`,
    ],
    ["is empty", () => "", `: wanted a lock file that crd-gen has written, got something else; ${restore}`],
    [
      "is something else",
      () => "{}\n",
      `:1: wanted a lock file that crd-gen has written, got the line "{}"; ${restore}`,
    ],
    [
      "lists a file twice",
      (lock) => lock.replace(/^(file \w+ a\.ts\n)/m, "$1$1"),
      `:15: wanted a lock file that crd-gen has written, got the line "file `,
    ],
  ])("%s: a message with its place, exit code 2 and nothing written", async (_, spoil, message) => {
    const cwd = await generated();
    edit(cwd, "crd-gen.lock", spoil);
    const untouched = contentsOf(cwd);
    for (const changes of [{}, { force: true }, { mode: "check" }, { mode: "dry-run" }] as const) {
      const outcome = await outcomeOf(cwd, { "1.yaml": ["a@2"] }, changes);
      expect(outcome.exitCode).toBe(2);
      expect(messagesOf(outcome)).toEqual([
        expect.stringContaining(`error ${path.join("out", "crd-gen.lock")}${message}`),
      ]);
      expect(contentsOf(cwd)).toEqual(untouched);
    }
  });

  test("is told together with what is wrong with the input", async () => {
    const cwd = await generated();
    edit(cwd, "crd-gen.lock", () => "mine");
    const outcome = await outcomeOf(cwd, { "1.yaml": ["bad"] });
    expect(messagesOf(outcome)).toEqual(["error bad in 1.yaml", expect.stringContaining("out/crd-gen.lock:1: ")]);
  });

  test("is written anew, and files with the mark are taken over, once it is removed", async () => {
    const cwd = await generated();
    const wanted = contentsOf(cwd);
    rmSync(path.join(cwd, "out/crd-gen.lock"));
    edit(cwd, "a.ts", (text) => `${text}edited\n`);
    const outcome = await outcomeOf(cwd);
    expect(outcome).toMatchObject({ exitCode: 0, diagnostics: [] });
    expect(statesOf(outcome)).toEqual({
      "a.ts": "changed",
      "g/v1/b.ts": "unchanged",
      "c.ts": "unchanged",
      "index.ts": "unchanged",
    });
    expect(contentsOf(cwd)).toEqual(wanted);
  });
});

describe("files of the output", () => {
  test("that are as they are to be are not touched", async () => {
    const cwd = await generated();
    const places = ["a.ts", "c.ts", "g/v1/b.ts", "index.ts", "crd-gen.lock"].map((file) => path.join(cwd, "out", file));
    for (const place of places) utimesSync(place, 1, 1);
    const times = (): number[] => places.map((place) => statSync(place).mtimeMs);
    await outcomeOf(cwd);
    await outcomeOf(cwd, input, { force: true });
    expect(times()).toEqual([1000, 1000, 1000, 1000, 1000]);
    const outcome = await outcomeOf(cwd, { ...input, "2.yaml": ["c@2"] });
    expect(statesOf(outcome)).toMatchObject({ "a.ts": "unchanged", "c.ts": "changed", "index.ts": "unchanged" });
    expect(times()).toEqual([1000, expect.not.closeTo(1000), 1000, 1000, expect.not.closeTo(1000)]);
  });

  test("with the line ends of Windows, lock included, are as they were left", async () => {
    const cwd = await generated();
    const untouched = withWindowsLineEnds(cwd);
    expect(await outcomeOf(cwd)).toHaveProperty("upToDate");
    const outcome = await outcomeOf(cwd, input, { force: true });
    expect(new Set(Object.values(statesOf(outcome)))).toEqual(new Set(["unchanged"]));
    expect(outcome.plan?.lockText).toBeUndefined();
    expect(contentsOf(cwd)).toEqual(untouched);
    const next = await outcomeOf(cwd, { ...input, "1.yaml": ["a@2"] });
    expect(next).toMatchObject({ exitCode: 0, diagnostics: [] });
    expect(statesOf(next)).toEqual({ "a.ts": "changed", "c.ts": "unchanged", "index.ts": "changed" });
    expect(next.plan?.obsolete).toEqual([{ path: "g/v1/b.ts", state: "obsolete" }]);
  });

  test.each<readonly [string, Input, Partial<Settings>]>([
    ["with the same sources", input, {}],
    ["with another source", { ...input, "1.yaml": ["a@2", "g/v1/b"] }, {}],
    ["in a dry run", input, { mode: "dry-run" }],
  ])("that were edited or removed stop a run, each with what to do: %s", async (_, given, changes) => {
    const cwd = await generated();
    edit(cwd, "a.ts", (text) => `${text}edited\n`);
    rmSync(path.join(cwd, "out/g/v1/b.ts"));
    const untouched = contentsOf(cwd);
    const outcome = await outcomeOf(cwd, given, changes);
    expect(outcome.exitCode).toBe(2);
    expect(statesOf(outcome)).toMatchObject({ "a.ts": "edited", "g/v1/b.ts": "missing", "c.ts": "unchanged" });
    expect(messagesOf(outcome)).toEqual([
      "error out/a.ts: not overwritten, it is not as crd-gen left it; keep the change elsewhere, then run again with --force",
      "error out/g/v1/b.ts: wanted the file that crd-gen.lock lists, found none; put it back, or run again with --force to write it",
    ]);
    expect(contentsOf(cwd)).toEqual(untouched);
  });

  test("that were edited and are to go stop a run, and go with force", async () => {
    const cwd = await generated();
    edit(cwd, "c.ts", (text) => `${text}edited\n`);
    const untouched = contentsOf(cwd);
    const without: Input = { "1.yaml": ["a", "g/v1/b"] };
    const outcome = await outcomeOf(cwd, without);
    expect(outcome.exitCode).toBe(2);
    expect(messagesOf(outcome)).toEqual([
      "error out/c.ts: not removed although nothing is generated there now, it is not as crd-gen left it; keep the change elsewhere, then run again with --force",
    ]);
    expect(contentsOf(cwd)).toEqual(untouched);
    expect(await outcomeOf(cwd, without, { force: true })).toMatchObject({ exitCode: 0, diagnostics: [] });
    expect(contentsOf(cwd)).not.toHaveProperty(["out/c.ts"]);
  });

  test("that were edited or removed are written again with force, and nothing else is touched", async () => {
    const cwd = await generated();
    const wanted = contentsOf(cwd);
    edit(cwd, "a.ts", () => "without the mark\n");
    rmSync(path.join(cwd, "out/g"), { recursive: true });
    const kept = path.join(cwd, "out/c.ts");
    utimesSync(kept, 1, 1);
    expect(await outcomeOf(cwd, input, { force: true })).toMatchObject({ exitCode: 0, diagnostics: [] });
    expect(contentsOf(cwd)).toEqual(wanted);
    expect(statSync(kept).mtimeMs).toBe(1000);
    expect(await outcomeOf(cwd)).toHaveProperty("upToDate");
  });

  test("of which only the lock is left, as in a fresh clone, are all written again", async () => {
    const cwd = await generated();
    const wanted = contentsOf(cwd);
    for (const name of ["a.ts", "c.ts", "g", "index.ts"]) rmSync(path.join(cwd, "out", name), { recursive: true });
    expect(await outcomeOf(cwd, input, { mode: "check" })).toMatchObject({ exitCode: 1, reasons: [] });
    const outcome = await outcomeOf(cwd);
    expect(outcome).toMatchObject({ exitCode: 0, diagnostics: [] });
    expect(new Set(Object.values(statesOf(outcome)))).toEqual(new Set(["new"]));
    expect(contentsOf(cwd)).toEqual(wanted);
  });

  test("that are none of the lock's stay, and stop a run in whose way they are, even with force", async () => {
    const cwd = await generated({ "out/mine.ts": "mine", "out/d.ts": "mine too" });
    const untouched = contentsOf(cwd);
    const given = { ...input, "3.yaml": ["d", "e"] };
    for (const force of [false, true]) {
      const outcome = await outcomeOf(cwd, given, { force });
      expect(outcome.exitCode).toBe(2);
      expect(messagesOf(outcome)).toEqual([
        expect.stringMatching(/^error out\/d\.ts: not overwritten, .* got a file without/),
      ]);
      expect(contentsOf(cwd)).toEqual(untouched);
    }
  });

  test("that bear the mark and that no lock lists stop a run, and are taken over with force", async () => {
    const cwd = await generated();
    writeFileSync(path.join(cwd, "out/d.ts"), `${generatedMark}. of somewhere else\n`);
    const given = { ...input, "3.yaml": ["d"] };
    const outcome = await outcomeOf(cwd, given);
    expect(outcome.exitCode).toBe(2);
    expect(messagesOf(outcome)).toEqual([
      "error out/d.ts: not overwritten, wanted a file generated by crd-gen, got a generated file that crd-gen.lock does not list; move it away or choose another folder with --out",
    ]);
    expect(await outcomeOf(cwd, given, { force: true })).toMatchObject({ exitCode: 0 });
    expect(contentsOf(cwd)["out/d.ts"]).toBe(`${generatedMark}. d of 3.yaml\n`);
  });

  test("go when their definitions do, with the folders that they leave empty", async () => {
    const cwd = await generated({ "out/g/mine.ts": "mine" });
    expect(await outcomeOf(cwd, { "2.yaml": ["c"] })).toMatchObject({ exitCode: 0, diagnostics: [] });
    const { "out/crd-gen.lock": lock, ...left } = contentsOf(cwd);
    expect(left).toEqual({
      out: null,
      "out/c.ts": expect.any(String),
      "out/g": null,
      "out/g/mine.ts": "mine",
      "out/index.ts": expect.any(String),
    });
    expect(lock?.match(/^file \w+ (.*)$/gm)?.map((line) => line.split(" ")[2])).toEqual(["c.ts", "index.ts"]);
  });

  test("that a link leads to are not followed to be removed", async () => {
    const cwd = await generated({ "elsewhere.ts": "mine" });
    rmSync(path.join(cwd, "out/a.ts"));
    symlinkSync(path.join(cwd, "elsewhere.ts"), path.join(cwd, "out/a.ts"));
    const outcome = await outcomeOf(cwd, { "1.yaml": ["g/v1/b"], "2.yaml": ["c"] });
    expect(outcome).toMatchObject({ exitCode: 0, plan: { obsolete: [] } });
    expect(contentsOf(cwd)).toMatchObject({ "elsewhere.ts": "mine", "out/a.ts": "mine" });
    expect(await outcomeOf(cwd, input)).toMatchObject({ exitCode: 2, diagnostics: [{ code: "foreign-file" }] });
  });
});

describe("without a lock", () => {
  test("files that bear the mark are ours to write and to remove, and others are not", async () => {
    const cwd = temporaryFolder({
      "out/a.ts": `${generatedMark}. old\n`,
      "out/gone/v1/x.ts": `${generatedMark}. old\n`,
      "out/mine.ts": "mine",
      "out/gone-too/mine.ts": "mine",
    });
    const outcome = await outcomeOf(cwd);
    expect(outcome).toMatchObject({ exitCode: 0, diagnostics: [] });
    expect(outcome.plan?.obsolete).toEqual([{ path: "gone/v1/x.ts", state: "obsolete" }]);
    const { "out/mine.ts": mine, "out/gone-too": _, "out/gone-too/mine.ts": mineToo, ...rest } = contentsOf(cwd);
    expect([mine, mineToo]).toEqual(["mine", "mine"]);
    expect(rest).toEqual(contentsOf(await generated()));
  });

  test("another output below is left alone, and stops a run that would write into it", async () => {
    const below = {
      "out/g/crd-gen.lock": lockListing("v1/x.ts"),
      "out/g/v1/x.ts": `${generatedMark}. of another output\n`,
    };
    const cwd = temporaryFolder(below);
    expect(await outcomeOf(cwd, { "2.yaml": ["c"] })).toMatchObject({ exitCode: 0, plan: { obsolete: [] } });
    expect(contentsOf(cwd)).toMatchObject(below);
    const other = temporaryFolder(below);
    const outcome = await outcomeOf(other);
    expect(outcome.exitCode).toBe(2);
    expect(messagesOf(outcome)).toEqual([
      "error out/g/v1/b.ts: belongs to the output of out/g/crd-gen.lock; choose another folder with --out",
    ]);
    expect(contentsOf(other)).toEqual(contentsOf(temporaryFolder(below)));
  });
});

test("an output folder inside of another output is refused", async () => {
  const cwd = await generated();
  const untouched = contentsOf(cwd);
  for (const out of ["out/g", "out/g/v1"]) {
    const outcome = await outcomeOf(cwd, { "1.yaml": ["x"] }, { out });
    expect(outcome.exitCode).toBe(2);
    expect(messagesOf(outcome)).toEqual([
      `error ${out}: belongs to the output of ${path.join(cwd, "out/crd-gen.lock")}; choose another folder with --out`,
    ]);
    expect(contentsOf(cwd)).toEqual(untouched);
  }
  expect(await outcomeOf(cwd, { "1.yaml": ["x"] }, { out: "out/beside" })).toMatchObject({ exitCode: 0 });
  expect(await outcomeOf(cwd)).toHaveProperty("upToDate");
});

test("the report is written each time, and stands in for the output when it cannot be", async () => {
  const cwd = await generated();
  const first = await outcomeOf(cwd, input, { report: "report.json" });
  expect(first).not.toHaveProperty("upToDate");
  expect(contentsOf(cwd)).toHaveProperty(["report.json"]);
  const untouched = contentsOf(cwd);
  const second = await outcomeOf(cwd, { "1.yaml": ["a@2"] }, { report: "none/report.json" });
  expect(second).toMatchObject({ exitCode: 3, diagnostics: [{ code: "disk" }] });
  expect(contentsOf(cwd)).toEqual(untouched);
});
