import { readFileSync, rmSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { describe, expect, test } from "vitest";
import { type Outcome, run } from "../../src/cli/run.ts";
import type { Settings } from "../../src/cli/settings.ts";
import { checkText, summaryJson, summaryText } from "../../src/cli/summary.ts";
import { nextLockName } from "../../src/output/lock-state.ts";
import { generatedMark } from "../../src/output/mark.ts";
import { effectsOf } from "../properties/watched-effects.ts";
import { contentsOf, temporaryFolder } from "../temporary-folder.ts";
import { type FakeStages, fakeStages, plainSettings } from "./fake-stages.ts";

type Input = Readonly<Record<string, readonly string[]>>;

const input: Input = { "1.yaml": ["a", "b"], "2.yaml": ["c", "g/d"] };

interface Surroundings {
  readonly version?: string;
  readonly stages?: FakeStages;
}

async function outcomeOf(
  cwd: string,
  settings: Settings,
  { version = "1.2.3", stages = fakeStages(input) }: Surroundings = {},
): Promise<Outcome> {
  const outcome = await run(settings, { cwd, version, stages, signal: new AbortController().signal });
  if (outcome === undefined) throw new Error("expected an outcome, got an aborted run");
  return outcome;
}

/** A working folder whose output is up to date. */
async function generated(): Promise<string> {
  const cwd = temporaryFolder({ "node_modules/": "" });
  expect(await outcomeOf(cwd, plainSettings)).toMatchObject({ exitCode: 0 });
  return cwd;
}

const changing =
  /^fs\.(?:promises\.)?(?:append|chmod|copy|cp|create|link|mk|rename|rm|symlink|truncate|unlink|utimes|write)/;

/** Compares, and makes sure that nothing is written, not even for a moment. */
async function compare(cwd: string, settings: Settings, surroundings?: Surroundings): Promise<Outcome> {
  const before = contentsOf(cwd);
  const outcomes: Outcome[] = [];
  const effects = await effectsOf(async () => outcomes.push(await outcomeOf(cwd, settings, surroundings)));
  expect(effects.filter((effect) => changing.test(effect))).toEqual([]);
  expect(effects.length).toBeGreaterThan(0);
  expect(contentsOf(cwd)).toEqual(before);
  const [outcome] = outcomes;
  if (outcome === undefined) throw new Error("expected an outcome");
  return outcome;
}

/** The exit code of a check, and what it says. */
async function check(
  cwd: string,
  changes: Partial<Settings> = {},
  surroundings?: Surroundings,
): Promise<readonly [number, string]> {
  const settings: Settings = { ...plainSettings, mode: "check", ...changes };
  const outcome = await compare(cwd, settings, surroundings);
  return [outcome.exitCode, checkText(outcome, settings.out)];
}

function edit(cwd: string, file: string, change: (text: string) => string): void {
  const place = path.join(cwd, "out", file);
  writeFileSync(place, change(readFileSync(place, "utf8")));
}

function outOfDate(...lines: readonly string[]): readonly [number, string] {
  return [
    1,
    [
      "out is out of date:",
      ...lines.map((line) => `  ${line}`),
      "run the same without --check to bring it up to date\n",
    ].join("\n"),
  ];
}

/** The stages of other sources. */
function given(other: Input): Surroundings {
  return { stages: fakeStages(other) };
}

const upToDate = [0, "out is up to date\n"] as const;

describe("a check of an output", () => {
  test("that is up to date looks into no source", async () => {
    const cwd = await generated();
    const load = (): never => {
      throw new Error("expected nothing to be looked into");
    };
    expect(await check(cwd, {}, { stages: fakeStages(input, { load }) })).toEqual(upToDate);
    edit(cwd, "a.ts", (text) => text.replaceAll("\n", "\r\n"));
    edit(cwd, "crd-gen.lock", (text) => text.replaceAll("\n", "\r\n"));
    expect(await check(cwd, {}, { stages: fakeStages(input, { load }) })).toEqual(upToDate);
  });

  test("that is up to date looks into all of them where it is forced to, and says the same", async () => {
    expect(await check(await generated(), { force: true })).toEqual(upToDate);
  });

  test("that was never made", async () => {
    expect(await check(temporaryFolder())).toEqual(
      outOfDate(
        "there is no crd-gen.lock in out",
        "out/a.ts would be written",
        "out/b.ts would be written",
        "out/c.ts would be written",
        "out/g/d.ts would be written",
        "out/index.ts would be written",
      ),
    );
  });

  test("of which only the lock is there", async () => {
    const cwd = await generated();
    for (const name of ["a.ts", "b.ts", "c.ts", "g", "index.ts"])
      rmSync(path.join(cwd, "out", name), { recursive: true });
    const [code, text] = await check(cwd);
    expect([code, text.match(/would be written/g)?.length]).toEqual([1, 5]);
  });

  test("of another crd-gen, whose files are the same", async () => {
    expect(await check(await generated(), {}, { version: "1.3.0" })).toEqual(
      outOfDate("the output is of crd-gen 1.2.3, this is 1.3.0"),
    );
  });

  test("with other options", async () => {
    expect(await check(await generated(), { options: { unserved: true } })).toEqual(
      outOfDate('the options were {} and are {"unserved":true}'),
    );
  });

  test("of other sources", async () => {
    const cwd = await generated();
    const other = { "1.yaml": ["a@2", "b"], "3.yaml": ["c", "e"] };
    const [code, text] = await check(cwd, {}, given(other));
    const name = (file: string): string =>
      path.posix.normalize(`out/${path.relative(path.join(cwd, "out"), `/${file}`)}`);
    expect([code, text]).toEqual(
      outOfDate(
        `the source ${name("1.yaml")} has changed`,
        `the source ${name("3.yaml")} is new`,
        `the source ${name("2.yaml")} is gone`,
        "out/a.ts would change",
        "out/c.ts would change",
        "out/e.ts would be written",
        "out/index.ts would change",
        "out/g/d.ts would be removed",
      ),
    );
    expect(await check(cwd)).toEqual(upToDate);
  });

  test("whose files were edited, removed or put there by somebody", async () => {
    const cwd = await generated();
    edit(cwd, "a.ts", (text) => `${text}edited\n`);
    edit(cwd, "g/d.ts", () => "edited\n");
    rmSync(path.join(cwd, "out/b.ts"));
    writeFileSync(path.join(cwd, "out/e.ts"), `${generatedMark}. of somewhere else\n`);
    writeFileSync(path.join(cwd, "out/f.ts"), "mine\n");
    expect(await check(cwd)).toEqual(
      outOfDate("out/a.ts has been edited", "out/b.ts is missing", "out/g/d.ts has been edited"),
    );
    const [code, text] = await check(cwd, {}, given({ "1.yaml": ["a", "b"], "2.yaml": ["c", "e", "f"] }));
    expect(code).toBe(1);
    expect(text.split("\n").slice(2, -2)).toEqual([
      "  out/a.ts has been edited",
      "  out/b.ts is missing",
      "  out/e.ts is not of crd-gen",
      "  out/f.ts is not of crd-gen",
      "  out/index.ts would change",
      "  out/g/d.ts has been edited, and nothing is generated there now",
    ]);
  });

  test("whose run was ended half way", async () => {
    const cwd = await generated();
    writeFileSync(path.join(cwd, "out", nextLockName), readFileSync(path.join(cwd, "out/crd-gen.lock")));
    const [code, text] = await check(cwd, {}, given({ ...input, "1.yaml": ["a", "b@2"] }));
    expect([code, text]).toEqual(outOfDate("a run was ended while it put its files in place", "out/b.ts would change"));
  });

  test("with a lock that somebody has edited", async () => {
    const cwd = await generated();
    edit(cwd, "crd-gen.lock", (text) => text.replace("comments:1", "comments:2"));
    const [code, text] = await check(cwd, { force: true });
    expect(code).toBe(1);
    expect(text).toMatch(/^out is out of date:\n/);
  });

  test("with input that is wrong is no answer: exit code 2", async () => {
    const cwd = await generated();
    const settings: Settings = { ...plainSettings, mode: "check" };
    const outcome = await compare(cwd, settings, given({ "1.yaml": ["a", "bad"] }));
    expect(outcome).toMatchObject({ exitCode: 2, diagnostics: [{ message: "bad in 1.yaml" }] });
    expect(outcome).not.toHaveProperty("plan");
  });

  test("with a program that fails is none either: exit code 3", async () => {
    const settings: Settings = { ...plainSettings, mode: "check" };
    const outcome = await compare(await generated(), settings, given({ "1.yaml": ["crash"] }));
    expect(outcome).toMatchObject({ exitCode: 3, diagnostics: [{ code: "internal" }] });
  });

  test("says the same to a program", async () => {
    const cwd = await generated();
    edit(cwd, "b.ts", (text) => `${text}edited\n`);
    const settings: Settings = { ...plainSettings, mode: "check" };
    const other = given({ ...input, "1.yaml": ["a@2", "b"], "2.yaml": ["c"] });
    const outcome = await compare(cwd, settings, other);
    expect(JSON.parse(summaryJson(outcome, settings, undefined))).toMatchObject({
      exitCode: 1,
      mode: "check",
      upToDate: false,
      counts: { files: 4, new: 0, changed: 2, unchanged: 1, edited: 1, missing: 0, foreign: 0, removed: 1 },
      reasons: [{ kind: "source-changed" }, { kind: "source-changed" }],
      files: [
        { path: "a.ts", state: "changed" },
        { path: "b.ts", state: "edited" },
        { path: "c.ts", state: "unchanged" },
        { path: "index.ts", state: "changed" },
        { path: "g/d.ts", state: "removed" },
      ],
    });
  });
});

describe("a dry run", () => {
  const dryRun: Settings = { ...plainSettings, mode: "dry-run", yes: true };

  test("says what would be written and removed, and does nothing of it", async () => {
    const cwd = await generated();
    const outcome = await compare(cwd, dryRun, given({ "1.yaml": ["a@2", "b"], "2.yaml": ["c", "e"] }));
    expect(outcome.exitCode).toBe(0);
    expect(summaryText(outcome, dryRun, undefined).split("\n").slice(0, 5)).toEqual([
      "would generate 4 kinds in 4 versions into out: 5 files, 1 new, 2 changed, 2 unchanged, 1 removed",
      "  change  out/a.ts",
      "  write   out/e.ts",
      "  change  out/index.ts",
      "  remove  out/g/d.ts",
    ]);
  });

  test("of an output that is up to date says so", async () => {
    const outcome = await compare(await generated(), dryRun);
    expect(summaryText(outcome, dryRun, undefined)).toBe(
      "nothing has changed: 4 kinds in 4 versions in out, 5 files\n",
    );
  });

  test("refuses what a run would refuse", async () => {
    const cwd = await generated();
    edit(cwd, "a.ts", () => "edited\n");
    const outcome = await compare(cwd, dryRun);
    expect(outcome).toMatchObject({ exitCode: 2, diagnostics: [{ code: "edited-file" }] });
    expect(await compare(cwd, { ...dryRun, force: true })).toMatchObject({ exitCode: 0, diagnostics: [] });
  });

  test("into a folder that is not there makes none", async () => {
    const cwd = temporaryFolder();
    expect(await compare(cwd, { ...dryRun, out: "new/out" })).toMatchObject({ exitCode: 0 });
    expect(contentsOf(cwd)).toEqual({});
  });
});
