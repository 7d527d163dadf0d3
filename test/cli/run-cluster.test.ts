import * as path from "node:path";
import { expect, test } from "vitest";
import type { Progress } from "../../src/cli/progress.ts";
import { type Outcome, type RunContext, run } from "../../src/cli/run.ts";
import type { Settings } from "../../src/cli/settings.ts";
import type { Stages } from "../../src/cli/stages.ts";
import { generatedMark } from "../../src/output/mark.ts";
import type { ClusterPage, ReadClusterOptions } from "../../src/read/cluster.ts";
import { ClusterError } from "../../src/read/cluster-error.ts";
import type { ClusterSource } from "../../src/read/sources.ts";
import { contentsOf, temporaryFolder } from "../temporary-folder.ts";
import { type FakeStages, fakeStages, plainSettings } from "./fake-stages.ts";

const cluster: ClusterSource = { kind: "cluster", name: "<cluster>" };
const settings: Settings = { ...plainSettings, sources: [], cluster };

/** A page with definitions of these names. */
function pageOf(names: readonly string[], remaining?: number): ClusterPage {
  const documents = names.map((name) => ({
    tree: { metadata: { name } },
    source: cluster.name,
    document: 1,
    prefix: [],
  }));
  return { documents, remaining, cluster: { name: 'context "staging"', server: "https://10.0.0.1:6443" } };
}

function numbered(count: number, from = 0): readonly string[] {
  return Array.from({ length: count }, (_, index) => `d${from + index}`);
}

/** Stages whose cluster gives what is yielded. */
function stagesReading(readCluster: Stages["readCluster"], files: Readonly<Record<string, readonly string[]>> = {}) {
  return fakeStages(files, { readCluster });
}

function attempt(stages: FakeStages, context: Partial<RunContext> & Pick<RunContext, "cwd">, changes = {}) {
  const signal = new AbortController().signal;
  return run({ ...settings, ...changes }, { version: "1.2.3", stages, signal, ...context });
}

async function outcomeOf(...attempted: Parameters<typeof attempt>): Promise<Outcome> {
  const outcome = await attempt(...attempted);
  if (outcome === undefined) throw new Error("expected an outcome, got an aborted run");
  return outcome;
}

test("writes what all pages hold, and says how far it has come after each batch", async () => {
  const cwd = temporaryFolder();
  const told: Progress[] = [];
  const stages = stagesReading(async function* () {
    yield pageOf(numbered(20), 13);
    yield pageOf(numbered(10, 20), 3);
    yield pageOf(numbered(3, 30), 0);
  });
  const outcome = await outcomeOf(stages, { cwd, onProgress: (progress) => told.push(progress) });
  expect(outcome).toMatchObject({ exitCode: 0, diagnostics: [] });
  // One of each, the index and the lock.
  expect(Object.keys(contentsOf(path.join(cwd, "out")))).toHaveLength(35);
  const what = 'definitions of context "staging" at https://10.0.0.1:6443';
  expect(told).toEqual([16, 20, 30, 33].map((done) => ({ what, done, all: 33 })));
});

test("does not know how many there are where the server does not tell", async () => {
  const told: Progress[] = [];
  const stages = stagesReading(async function* () {
    yield pageOf(["a"]);
    yield pageOf(["b"], 0);
  });
  await outcomeOf(stages, { cwd: temporaryFolder(), onProgress: (progress) => told.push(progress) });
  expect(told.map(({ done, all }) => [done, all])).toEqual([
    [1, undefined],
    [2, 2],
  ]);
});

test("hands on which cluster is meant, which definitions are wanted and the signal", async () => {
  const asked: [ClusterSource, ReadClusterOptions][] = [];
  const signal = new AbortController().signal;
  const stages = stagesReading(async function* (source, options) {
    asked.push([source, options]);
    yield pageOf(["b"], 0);
  });
  const staging = { ...cluster, context: "staging", kubeconfig: "/kube/config" };
  await outcomeOf(stages, { cwd: temporaryFolder(), signal }, { cluster: staging, options: { crds: ["b"] } });
  expect(asked).toEqual([[staging, { crds: ["b"], signal }]]);
});

test("lets the event loop turn while a page is worked on, so that the next one travels", async () => {
  let turned = false;
  const stages = stagesReading(async function* () {
    const timer = setImmediate(() => {
      turned = true;
    });
    yield pageOf(numbered(17), 0);
    clearImmediate(timer);
  });
  const seen: boolean[] = [];
  await outcomeOf(stages, { cwd: temporaryFolder(), onProgress: () => seen.push(turned) });
  expect(seen).toEqual([false, true]);
});

const earlierOutput = { "out/a.ts": `${generatedMark}. old\n`, "out/mine.ts": "mine" };

test("a page that fails fails the run: one message, and the output as it was", async () => {
  const cwd = temporaryFolder(earlierOutput);
  const untouched = contentsOf(cwd);
  let staged: string[] = [];
  const stages = stagesReading(async function* () {
    yield pageOf(["a", "b"], 1);
    staged = Object.keys(contentsOf(path.join(cwd, "out")));
    throw new ClusterError('https://10.0.0.1:6443 (context "staging"): wanted the definitions, got none');
  });
  const outcome = await outcomeOf(stages, { cwd });
  expect(outcome).toMatchObject({
    exitCode: 3,
    diagnostics: [
      {
        severity: "error",
        code: "cluster",
        message: 'https://10.0.0.1:6443 (context "staging"): wanted the definitions, got none',
      },
    ],
  });
  expect(outcome.diagnostics).toHaveLength(1);
  expect(staged).toEqual([
    ".crd-gen",
    expect.stringMatching(/^\.crd-gen\/files-[^/]+$/),
    expect.stringMatching(/^\.crd-gen\/files-[^/]+\/new$/),
    expect.stringMatching(/^\.crd-gen\/files-[^/]+\/new\/a\.ts$/),
    expect.stringMatching(/^\.crd-gen\/files-[^/]+\/new\/b\.ts$/),
    expect.stringMatching(/^\.crd-gen\/owner-/),
    "a.ts",
    "mine.ts",
  ]);
  expect(contentsOf(cwd)).toEqual(untouched);
});

test("a cluster that fails ends the run before anything else is waited for", async () => {
  const stages = stagesReading(async function* () {
    yield pageOf(["a"], 1);
    throw new ClusterError("no answer");
  });
  const asked: string[] = [];
  const outcome = await outcomeOf(
    fakeStages(
      {},
      {
        readCluster: stages.readCluster,
        findSources: async () => ({
          sources: [{ kind: "url", name: "https://example.com/", url: "https://example.com/" }],
          diagnostics: [],
        }),
        readSourceDocuments: async ({ name }) => {
          asked.push(name);
          return { documents: [], diagnostics: [] };
        },
      },
    ),
    { cwd: temporaryFolder() },
  );
  expect(outcome).toMatchObject({ exitCode: 3, diagnostics: [{ message: "no answer" }] });
  expect(asked).toEqual([]);
});

test("a definition that is wrong is told with all others of all pages", async () => {
  const cwd = temporaryFolder(earlierOutput);
  const untouched = contentsOf(cwd);
  const stages = stagesReading(async function* () {
    yield pageOf(["a", "bad"], 1);
    yield pageOf(["bad"], 0);
  });
  const outcome = await outcomeOf(stages, { cwd });
  expect(outcome.exitCode).toBe(2);
  expect(outcome.diagnostics.map(({ message }) => message)).toEqual(["bad in <cluster>", "bad in <cluster>"]);
  expect(contentsOf(cwd)).toEqual(untouched);
});

test("a failure beside it leaves the cluster early", async () => {
  let left = false;
  const stages = stagesReading(
    async function* () {
      try {
        yield pageOf(["crash"], 1);
        yield pageOf(["b"], 0);
      } finally {
        left = true;
      }
    },
    { "1.yaml": ["a"] },
  );
  const outcome = await outcomeOf(stages, { cwd: temporaryFolder() });
  expect(outcome).toMatchObject({ exitCode: 3, diagnostics: [{ code: "internal" }] });
  expect(left).toBe(true);
});

test("a definition that a file has too is generated once, from both", async () => {
  const cwd = temporaryFolder();
  const files = { "1.yaml": ["x", "y"] };
  const stages = stagesReading(async function* () {
    yield pageOf(["y"], 1);
    yield pageOf(["z"], 0);
  }, files);
  const outcome = await outcomeOf(stages, { cwd });
  expect(outcome).toMatchObject({ exitCode: 0, diagnostics: [] });
  const { "crd-gen.lock": _, ...written } = contentsOf(path.join(cwd, "out"));
  expect(written).toEqual({
    "index.ts": `${generatedMark}. ${["x", "z", "y"].map((name) => `${name}.ts`).join(", ")}\n`,
    "x.ts": `${generatedMark}. x of 1.yaml\n`,
    "y.ts": `${generatedMark}. y of <cluster>, 1.yaml\n`,
    "z.ts": `${generatedMark}. z of <cluster>\n`,
  });
});

test.each([
  ["the first page", async function* (): AsyncGenerator<ClusterPage> {}],
  [
    "the second page",
    async function* (): AsyncGenerator<ClusterPage> {
      yield pageOf(["a", "b"], 1);
    },
  ],
])("a run that is aborted while %s travels leaves nothing", async (_, before) => {
  const cwd = temporaryFolder(earlierOutput);
  const untouched = contentsOf(cwd);
  const controller = new AbortController();
  const stages = stagesReading(async function* (_source, { signal }) {
    yield* before();
    controller.abort(new Error("aborted"));
    signal.throwIfAborted();
  });
  expect(await attempt(stages, { cwd, signal: controller.signal })).toBeUndefined();
  expect(contentsOf(cwd)).toEqual(untouched);
});

test("a run that is aborted while a page is worked on takes no more of it", async () => {
  const cwd = temporaryFolder(earlierOutput);
  const untouched = contentsOf(cwd);
  const controller = new AbortController();
  const told: Progress[] = [];
  const stages = stagesReading(async function* () {
    yield pageOf(numbered(40), 0);
  });
  const onProgress = (progress: Progress): void => {
    told.push(progress);
    controller.abort();
  };
  expect(await attempt(stages, { cwd, signal: controller.signal, onProgress })).toBeUndefined();
  expect(told.map(({ done }) => done)).toEqual([16]);
  expect(contentsOf(cwd)).toEqual(untouched);
});
