import { rmSync } from "node:fs";
import * as path from "node:path";
import process from "node:process";
import { describe, expect, test } from "vitest";
import { type Outcome, type RunContext, run } from "../../src/cli/run.ts";
import { claimOutput } from "../../src/output/claim.ts";
import { OutputFolder } from "../../src/output/output-folder.ts";
import { contentsOf, temporaryFolder } from "../temporary-folder.ts";
import { definitionNamed, runCommand } from "./command-process.ts";
import { fakeStages, plainSettings } from "./fake-stages.ts";

/** Generous: a machine that is busy with other things takes several times as long as one that is not. */
const soon = { timeout: 20_000, interval: 10 };

type Input = Readonly<Record<string, readonly string[]>>;

const inputs: readonly Input[] = [
  { "1.yaml": ["a", "b"], "2.yaml": ["c"] },
  { "1.yaml": ["a@2", "g/d"] },
  { "1.yaml": ["b@3"], "2.yaml": ["e"], "3.yaml": ["g/f"] },
  { "2.yaml": ["a", "b", "c"] },
];

function attempt(cwd: string, input: Input, context: Partial<RunContext> = {}): Promise<Outcome | undefined> {
  const { signal } = new AbortController();
  const surroundings = { cwd, version: "1.2.3", stages: fakeStages(input), signal, ...context };
  return run({ ...plainSettings, yes: true }, surroundings);
}

/** What a run into an empty folder leaves. */
async function cold(input: Input): Promise<Record<string, string | null>> {
  const cwd = temporaryFolder();
  await attempt(cwd, input);
  return contentsOf(cwd);
}

describe("runs at once into one folder", () => {
  test.each([
    ["that is not there", false],
    ["with an output", true],
  ])("each come to their end, and the output is that of one of them: into one %s", async (_, before) => {
    const cwd = temporaryFolder();
    if (before) await attempt(cwd, { "1.yaml": ["z", "a", "g/d"] });
    const outcomes = await Promise.all(inputs.map((input) => attempt(cwd, input)));
    expect(outcomes).toMatchObject(inputs.map(() => ({ exitCode: 0, diagnostics: [] })));
    const wanted = await Promise.all(inputs.map(cold));
    expect(wanted).toContainEqual(contentsOf(cwd));
  });

  test("of which one fails leave the output of the others", async () => {
    const cwd = temporaryFolder();
    const input: Input = { "1.yaml": ["a"] };
    const outcomes = await Promise.all([attempt(cwd, { "1.yaml": ["a", "bad"] }), attempt(cwd, input)]);
    expect(outcomes).toMatchObject([{ exitCode: 2 }, { exitCode: 0 }]);
    expect(contentsOf(cwd)).toEqual(await cold(input));
  });

  test("of the same sources write once", async () => {
    const cwd = temporaryFolder();
    const [input = {}] = inputs;
    const outcomes = await Promise.all([attempt(cwd, input), attempt(cwd, input)]);
    const states = outcomes.map((outcome) => outcome?.plan?.files.map(({ state }) => state));
    expect(states.sort()).toEqual([
      ["new", "new", "new", "new"],
      ["unchanged", "unchanged", "unchanged", "unchanged"],
    ]);
  });

  test("of the built command take their turn", async () => {
    const cwd = temporaryFolder({ "crds/a.yaml": definitionNamed("as"), "crds/b.yaml": definitionNamed("bs") });
    expect(await runCommand(["crds", "--out", "wanted"], { cwd })).toMatchObject({ code: 0 });
    const results = await Promise.all([1, 2, 3].map(() => runCommand(["crds", "--out", "out"], { cwd })));
    for (const { code, stderr } of results) {
      expect(code).toBe(0);
      expect(stderr).toMatch(/^(?:waiting for another run \(process \d+\)\n)?$/);
    }
    expect(contentsOf(path.join(cwd, "out"))).toEqual(contentsOf(path.join(cwd, "wanted")));
  });
});

describe("a run that finds another one", () => {
  const { signal } = new AbortController();

  test("says so once, waits, and goes by what it finds then", async () => {
    const cwd = temporaryFolder();
    const [before = {}, input = {}] = inputs;
    await attempt(cwd, before);
    const other = await claimOutput(new OutputFolder("out", cwd), { run: `${process.pid}-other`, signal });
    const told: number[] = [];
    const waiting = attempt(cwd, input, { onWait: (pid) => told.push(pid) });
    await expect.poll(() => told, soon).toEqual([process.pid]);
    // As the other run might: what was looked at before is no more.
    rmSync(path.join(cwd, "out/crd-gen.lock"));
    rmSync(path.join(cwd, "out/c.ts"));
    other?.release();
    const outcome = await waiting;
    expect(outcome).toMatchObject({ exitCode: 0, plan: { obsolete: [{ path: "b.ts" }] } });
    expect(told).toEqual([process.pid]);
    expect(contentsOf(cwd)).toEqual(await cold(input));
  });

  test("does not wait where it has nothing to do, nor where it writes nothing", async () => {
    const cwd = temporaryFolder();
    const [input = {}, changed = {}] = inputs;
    await attempt(cwd, input);
    const other = await claimOutput(new OutputFolder("out", cwd), { run: `${process.pid}-other`, signal });
    const context = { cwd, version: "1.2.3", signal };
    const onWait = (): never => {
      throw new Error("expected no waiting");
    };
    expect(await attempt(cwd, input, { onWait })).toMatchObject({ exitCode: 0, upToDate: {} });
    for (const mode of ["check", "dry-run"] as const) {
      const stages = fakeStages(changed);
      const outcome = await run({ ...plainSettings, mode, yes: true }, { ...context, stages, onWait });
      expect(outcome).toMatchObject({ exitCode: mode === "check" ? 1 : 0 });
    }
    other?.release();
  });

  test("and is aborted while it waits leaves the other what it has", async () => {
    const cwd = temporaryFolder({ "out/": "" });
    const other = await claimOutput(new OutputFolder("out", cwd), { run: `${process.pid}-other`, signal });
    const untouched = contentsOf(cwd);
    const controller = new AbortController();
    const aborting = { signal: controller.signal, onWait: () => controller.abort() };
    expect(await attempt(cwd, inputs[0] ?? {}, aborting)).toBeUndefined();
    expect(contentsOf(cwd)).toEqual(untouched);
    other?.release();
    expect(contentsOf(cwd)).toEqual({ out: null });
  });
});
