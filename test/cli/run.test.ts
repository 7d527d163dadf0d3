import { symlinkSync } from "node:fs";
import * as path from "node:path";
import { expect, test } from "vitest";
import type { Progress } from "../../src/cli/progress.ts";
import { type Outcome, run } from "../../src/cli/run.ts";
import type { Settings } from "../../src/cli/settings.ts";
import type { FirstStages, Stages } from "../../src/cli/stages.ts";
import type { Lock } from "../../src/output/lock.ts";
import { parseLock, printLock } from "../../src/output/lock-text.ts";
import { generatedMark } from "../../src/output/mark.ts";
import type { FileState } from "../../src/output/stage.ts";
import { contentsOf, temporaryFolder } from "../temporary-folder.ts";
import { errorSaying, fakeStages, plainSettings } from "./fake-stages.ts";

const version = "1.2.3";
const neverAborted = new AbortController().signal;

async function outcomeOf(cwd: string, stages: FirstStages, changes: Partial<Settings> = {}): Promise<Outcome> {
  const outcome = await run({ ...plainSettings, ...changes }, { cwd, version, stages, signal: neverAborted });
  if (outcome === undefined) throw new Error("expected an outcome, got an aborted run");
  return outcome;
}

function statesOf({ plan }: Outcome): Readonly<Record<string, FileState>> {
  return Object.fromEntries((plan?.files ?? []).map(({ path: file, state }) => [file, state]));
}

function lockOf({ plan }: Outcome): Lock {
  if (plan === undefined) throw new Error("expected a plan, got none");
  return plan.lock;
}

function messagesOf({ diagnostics }: Outcome): readonly string[] {
  return diagnostics.map((diagnostic) => diagnostic.message);
}

test("writes every file of a run, says what it was before, and does nothing the second time", async () => {
  const cwd = temporaryFolder({ "out/a.ts": `${generatedMark}. old\n`, "out/mine.ts": "mine" });
  const stages = fakeStages({ "one.yaml": ["a"], "two.yaml": ["b"] });
  const first = await outcomeOf(cwd, stages);
  expect(first).toMatchObject({ exitCode: 0, diagnostics: [] });
  expect(statesOf(first)).toEqual({ "a.ts": "changed", "b.ts": "new", "index.ts": "new" });
  const written = {
    "a.ts": `${generatedMark}. a of one.yaml\n`,
    "b.ts": `${generatedMark}. b of two.yaml\n`,
    "index.ts": `${generatedMark}. a.ts, b.ts\n`,
    "mine.ts": "mine",
    "crd-gen.lock": printLock(lockOf(first)),
  };
  expect(contentsOf(path.join(cwd, "out"))).toEqual(written);
  expect(await outcomeOf(cwd, stages)).toEqual({
    exitCode: 0,
    diagnostics: [],
    generated: { resources: [], definitions: [], skipped: [], diagnostics: [], files: [] },
    reasons: [],
    upToDate: parseLock(printLock(lockOf(first)), "the lock"),
  });
  expect(contentsOf(path.join(cwd, "out"))).toEqual(written);
  const third = await outcomeOf(cwd, stages, { force: true });
  expect(statesOf(third)).toEqual({ "a.ts": "unchanged", "b.ts": "unchanged", "index.ts": "unchanged" });
  expect(third.plan).toMatchObject({ obsolete: [], lockText: undefined });
  expect(contentsOf(path.join(cwd, "out"))).toEqual(written);
});

test("generates a definition of several sources once, from all of them", async () => {
  const cwd = temporaryFolder();
  const outcome = await outcomeOf(cwd, fakeStages({ "a.yaml": ["x", "y"], "b.yaml": ["y", "z"], "c.yaml": ["y"] }));
  expect(outcome.generated.resources.map((resource) => resource.crd).sort()).toEqual(["x", "y", "z"]);
  expect(contentsOf(path.join(cwd, "out"))).toMatchObject({
    "y.ts": `${generatedMark}. y of a.yaml, b.yaml, c.yaml\n`,
  });
  expect(Object.keys(contentsOf(path.join(cwd, "out")))).toEqual(["crd-gen.lock", "index.ts", "x.ts", "y.ts", "z.ts"]);
});

test("reports every error of the input at once and leaves the output as it was", async () => {
  const cwd = temporaryFolder({ "out/a.ts": `${generatedMark}. old\n` });
  const untouched = contentsOf(cwd);
  const outcome = await outcomeOf(cwd, fakeStages({ "1.yaml": ["a"], "2.yaml": ["bad"], "3.yaml": ["b", "bad"] }));
  expect(outcome).toMatchObject({ exitCode: 2 });
  expect(outcome).not.toHaveProperty("plan");
  expect(messagesOf(outcome)).toEqual(["bad in 2.yaml", "bad in 3.yaml"]);
  expect(contentsOf(cwd)).toEqual(untouched);
});

test("reports what is wrong with the sources, the input and the output folder together", async () => {
  const cwd = temporaryFolder({ out: "a file" });
  const stages = fakeStages({ "1.yaml": ["bad"] });
  const findSources: FirstStages["findSources"] = async (patterns, folder) => ({
    ...(await stages.findSources(patterns, folder)),
    diagnostics: [errorSaying("no such source")],
  });
  const outcome = await outcomeOf(cwd, { ...stages, findSources });
  expect(outcome.exitCode).toBe(2);
  expect(messagesOf(outcome)).toEqual([
    "bad in 1.yaml",
    expect.stringMatching(/^cannot write into out: wanted a folder at .*out, got a file/),
    "no such source",
  ]);
});

test("does not overwrite a foreign file, and writes no other file either", async () => {
  const cwd = temporaryFolder({ "out/b.ts": "mine", "out/index.ts": "mine too" });
  const untouched = contentsOf(cwd);
  const outcome = await outcomeOf(cwd, fakeStages({ "1.yaml": ["a", "b"] }));
  expect(outcome.exitCode).toBe(2);
  expect(statesOf(outcome)).toEqual({ "a.ts": "new", "b.ts": "foreign", "index.ts": "foreign" });
  expect(messagesOf(outcome)).toEqual([
    expect.stringContaining(`${path.join("out", "b.ts")}: not overwritten`),
    expect.stringContaining(`${path.join("out", "index.ts")}: not overwritten`),
  ]);
  expect(contentsOf(cwd)).toEqual(untouched);
});

test("an exception becomes one message that names the source, and exit code 3", async () => {
  const cwd = temporaryFolder();
  const outcome = await outcomeOf(cwd, fakeStages({ "1.yaml": ["a"], "2.yaml": ["crash"] }));
  expect(outcome.exitCode).toBe(3);
  expect(messagesOf(outcome)).toEqual(["2.yaml: TypeError: boom; this is a defect of crd-gen, please report it"]);
  expect(contentsOf(cwd)).toEqual({});
});

test("an exception where the parts are put together is no different", async () => {
  const completeRun = (): never => {
    throw new RangeError("boom");
  };
  const cwd = temporaryFolder();
  const outcome = await outcomeOf(cwd, fakeStages({ "1.yaml": ["a"] }, { completeRun }));
  expect(outcome.exitCode).toBe(3);
  expect(contentsOf(cwd)).toEqual({});
});

test("a thread that dies is one message and exit code 3", async () => {
  const cwd = temporaryFolder();
  // These tests run the sources, beside which there is no compiled worker: each thread dies as it is started.
  const outcome = await outcomeOf(cwd, fakeStages({ "1.yaml": ["a"], "2.yaml": ["b"] }), { jobs: 2 });
  expect(outcome.exitCode).toBe(3);
  expect(messagesOf(outcome)).toEqual([expect.stringMatching(/^a worker thread ended: /)]);
  expect(contentsOf(cwd)).toEqual({});
});

test("a network that does not answer is exit code 3", async () => {
  const readFileDocuments: Stages["readFileDocuments"] = () => ({
    documents: [],
    diagnostics: [],
    failure: { code: "network", message: "no answer" },
  });
  const outcome = await outcomeOf(temporaryFolder(), fakeStages({ "1.yaml": ["a"] }, { readFileDocuments }));
  expect(outcome.exitCode).toBe(3);
  expect(messagesOf(outcome)).toEqual(["no answer"]);
});

test("refuses a link below that leads out of the output folder", async () => {
  const cwd = temporaryFolder({ "out/": "", "outside/": "" });
  symlinkSync(path.join(cwd, "outside"), path.join(cwd, "out/group"));
  const outcome = await outcomeOf(cwd, fakeStages({ "1.yaml": ["group/a", "group/b"] }));
  expect(outcome.exitCode).toBe(2);
  expect(messagesOf(outcome)).toEqual([expect.stringContaining("a symbolic link leads out of the output folder")]);
  expect(contentsOf(cwd)).toEqual({ out: null, "out/group": null, outside: null });
});

test("refuses two files that are one on some disks", async () => {
  const cwd = temporaryFolder();
  const outcome = await outcomeOf(cwd, fakeStages({ "1.yaml": ["a"], "2.yaml": ["A"] }));
  expect(outcome.exitCode).toBe(2);
  expect(messagesOf(outcome)).toEqual([expect.stringContaining("differ in upper and lower case only")]);
  expect(contentsOf(cwd)).toEqual({});
});

test("an aborted run removes what it has staged", async () => {
  const cwd = temporaryFolder({ "out/a.ts": `${generatedMark}. old\n` });
  const untouched = contentsOf(cwd);
  const controller = new AbortController();
  const input = { "2.yaml": ["b"], "1-larger.yaml": ["a"] };
  const stages = fakeStages(input);
  let staged: string[] = [];
  const readFileDocuments: Stages["readFileDocuments"] = (source) => {
    if (source.name === "2.yaml") {
      staged = Object.keys(contentsOf(path.join(cwd, "out")));
      controller.abort();
    }
    return stages.readFileDocuments(source);
  };
  const { signal } = controller;
  const outcome = await run(plainSettings, { cwd, version, stages: fakeStages(input, { readFileDocuments }), signal });
  expect(outcome).toBeUndefined();
  expect(staged).toEqual([
    ".crd-gen",
    expect.stringMatching(/^\.crd-gen\/files-[^/]+$/),
    expect.stringMatching(/^\.crd-gen\/files-[^/]+\/new$/),
    expect.stringMatching(/^\.crd-gen\/files-[^/]+\/new\/a\.ts$/),
    expect.stringMatching(/^\.crd-gen\/owner-/),
    "a.ts",
  ]);
  expect(contentsOf(cwd)).toEqual(untouched);
});

test("an aborted run does not wait for a source that does not answer", async () => {
  const cwd = temporaryFolder();
  const controller = new AbortController();
  const stages = fakeStages(
    { a: ["x"] },
    {
      findSources: async () => ({
        sources: [{ kind: "url", name: "https://example.com/", url: "https://example.com/" }],
        diagnostics: [],
      }),
      readSourceDocuments: () => {
        controller.abort();
        return new Promise(() => {});
      },
    },
  );
  expect(await run(plainSettings, { cwd, version, stages, signal: controller.signal })).toBeUndefined();
});

test("writes the report with the output, over an earlier report", async () => {
  const cwd = temporaryFolder({ "report.json": '{ "generator": "crd-gen" }' });
  const outcome = await outcomeOf(cwd, fakeStages({ "1.yaml": ["a", "b"] }), { report: "report.json" });
  expect(outcome.exitCode).toBe(0);
  const { "report.json": report } = contentsOf(cwd);
  expect(JSON.parse(report ?? "")).toEqual({
    generator: "crd-gen",
    counts: { lost: 0, weaker: 0, jsdoc: 2 },
    losses: [],
    jsdoc: { minimum: 2 },
  });
});

test.each<readonly [string, number, string]>([
  [
    "mine.json",
    2,
    "mine.json: not overwritten, wanted an earlier report, got something else; choose another file with --report",
  ],
  ["none/report.json", 3, "cannot write the report none/report.json: "],
])("writes nothing where the report %s cannot be written", async (report, exitCode, message) => {
  const cwd = temporaryFolder({ "mine.json": '{ "mine": true }' });
  const untouched = contentsOf(cwd);
  const outcome = await outcomeOf(cwd, fakeStages({ "1.yaml": ["a"] }), { report });
  expect(outcome.exitCode).toBe(exitCode);
  expect(messagesOf(outcome)).toEqual([expect.stringContaining(message)]);
  expect(contentsOf(cwd)).toEqual(untouched);
});

test("says how many files are done, a step at a time", async () => {
  const told: Progress[] = [];
  const sources = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`${index}.yaml`, [`k${index}`]]));
  const stages = fakeStages(sources);
  await run(plainSettings, {
    cwd: temporaryFolder(),
    version,
    stages,
    signal: neverAborted,
    onProgress: (progress) => told.push(progress),
  });
  expect(told).toEqual([25, 50].map((done) => ({ what: "files", done, all: 60 })));
});
