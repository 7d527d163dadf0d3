import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { describe, expect, test } from "vitest";
import { readFileDocuments } from "../../src/cli/read-source.ts";
import { type Outcome, run } from "../../src/cli/run.ts";
import type { Settings } from "../../src/cli/settings.ts";
import { completeRun } from "../../src/generate.ts";
import type { Part } from "../../src/generated.ts";
import { contentsOf, temporaryFolder } from "../temporary-folder.ts";
import { definitionNamed } from "./command-process.ts";
import { plainSettings } from "./fake-stages.ts";
import { realStages } from "./real-stages.ts";

/** What a run looked into, and what came of it. */
interface Looked {
  readonly outcome: Outcome;
  /** The sources that were parsed, by name. */
  readonly sources: readonly string[];
  /** How many parts were put together. */
  readonly parts: number;
}

interface Surroundings {
  readonly folder?: string;
  readonly version?: string;
}

/** Generates from the folder `crds` into `out`. */
async function runIn(
  cwd: string,
  changes: Partial<Settings> = {},
  { folder = cwd, version = "1.2.3" }: Surroundings = {},
): Promise<Looked> {
  const looked: string[] = [];
  let count = 0;
  const stages = realStages({
    readFileDocuments: (source) => {
      looked.push(source.name);
      return readFileDocuments(source);
    },
    completeRun: (parts: readonly Part[], ...rest) => {
      count = parts.filter(({ resources }) => resources.length > 0).length;
      return completeRun(parts, ...rest);
    },
  });
  const { signal } = new AbortController();
  const settings = { ...plainSettings, sources: ["crds"], ...changes };
  const outcome = await run(settings, { cwd: folder, version, stages, signal });
  if (outcome === undefined) throw new Error("expected an outcome, got an aborted run");
  return { outcome, sources: looked.sort(), parts: count };
}

/** A project whose output is up to date with three sources, of which it remembers the parts. */
async function project(files: Readonly<Record<string, string>> = {}): Promise<string> {
  const crds = ["ones", "twos", "threes"].map((name) => [`crds/${name}.yaml`, definitionNamed(name)]);
  const cwd = temporaryFolder({ ...Object.fromEntries(crds), "node_modules/": "", "below/": "", ...files });
  expect((await runIn(cwd)).outcome).toMatchObject({ exitCode: 0, diagnostics: [] });
  return cwd;
}

function change(cwd: string, file: string, edit: (text: string) => string): void {
  writeFileSync(path.join(cwd, file), edit(readFileSync(path.join(cwd, file), "utf8")));
}

const all = ["crds/ones.yaml", "crds/threes.yaml", "crds/twos.yaml"];
const touchTwos = (cwd: string): void =>
  change(cwd, "crds/twos.yaml", (text) => text.replace("maximum: 10", "maximum: 11"));

test("looks into sources that have changed and into no other, and puts all together", async () => {
  const cwd = await project();
  touchTwos(cwd);
  const { outcome, sources, parts } = await runIn(cwd);
  expect({ sources, parts }).toEqual({ sources: ["crds/twos.yaml"], parts: 3 });
  const changed = outcome.plan?.files.filter(({ state }) => state !== "unchanged").map((file) => file.path);
  expect(changed).toEqual(["stable.example.com/v1/twos.ts"]);
  expect(contentsOf(path.join(cwd, "out"))["stable.example.com/v1/twos.ts"]).toContain("@maximum 11");
});

test("looks into a source that is new, and keeps nothing of one that is gone", async () => {
  const cwd = await project();
  writeFileSync(path.join(cwd, "crds/fours.yaml"), definitionNamed("fours"));
  rmSync(path.join(cwd, "crds/ones.yaml"));
  expect(await runIn(cwd)).toMatchObject({ sources: ["crds/fours.yaml"], parts: 3 });
  writeFileSync(path.join(cwd, "crds/ones.yaml"), definitionNamed("ones"));
  expect(await runIn(cwd)).toMatchObject({ sources: ["crds/ones.yaml"], parts: 4 });
});

test("takes the line ends of Windows for no change", async () => {
  const cwd = await project();
  touchTwos(cwd);
  change(cwd, "crds/ones.yaml", (text) => text.replaceAll("\n", "\r\n"));
  expect((await runIn(cwd)).sources).toEqual(["crds/twos.yaml"]);
});

describe("looks into everything", () => {
  test.each<readonly [string, Partial<Settings>, Surroundings]>([
    ["with --force", { force: true }, {}],
    ["with other options", { options: { unserved: true } }, {}],
    ["in another version of crd-gen", {}, { version: "1.3.0" }],
    ["to list what only comments say", { options: { listJsdoc: true }, report: "report.json" }, {}],
  ])("%s", async (_, changes, surroundings) => {
    const cwd = await project();
    touchTwos(cwd);
    expect((await runIn(cwd, changes, surroundings)).sources).toEqual(all);
  });

  test.each<readonly [string, (cache: string) => void]>([
    ["without what it remembers", (cache) => rmSync(cache, { recursive: true })],
    [
      "where what it remembers is broken",
      (cache) => {
        for (const name of readdirSync(cache)) change(cache, name, (text) => text.slice(0, -10));
      },
    ],
  ])("%s", async (_, spoil) => {
    const cwd = await project();
    touchTwos(cwd);
    spoil(path.join(cwd, "node_modules/.cache/crd-gen"));
    expect(await runIn(cwd)).toMatchObject({ sources: all, parts: 3, outcome: { exitCode: 0, diagnostics: [] } });
    touchTwos(cwd);
    change(cwd, "crds/ones.yaml", (text) => `${text}# changed\n`);
    expect((await runIn(cwd)).sources).toEqual(["crds/ones.yaml"]);
  });

  test("without a lock", async () => {
    const cwd = await project();
    rmSync(path.join(cwd, "out/crd-gen.lock"));
    expect((await runIn(cwd)).sources).toEqual(all);
  });

  test("from where the sources are called otherwise, since messages name them, and remembers that", async () => {
    const cwd = await project();
    const folder = path.join(cwd, "below");
    const renamed = { sources: ["../crds"], out: "../out" };
    touchTwos(cwd);
    expect((await runIn(cwd, renamed, { folder })).sources).toEqual(all.map((name) => `../${name}`));
    change(cwd, "crds/ones.yaml", (text) => `${text}# changed\n`);
    expect((await runIn(cwd, renamed, { folder })).sources).toEqual(["../crds/ones.yaml"]);
  });
});

test("looks into a source of which a file is missing or was edited", async () => {
  const cwd = await project();
  rmSync(path.join(cwd, "out/stable.example.com/v1/ones.ts"));
  change(cwd, "out/stable.example.com/v1/threes.ts", (text) => `${text}edited\n`);
  const { sources, outcome } = await runIn(cwd);
  expect(sources).toEqual(["crds/ones.yaml", "crds/threes.yaml"]);
  expect(outcome.diagnostics.map(({ code }) => code).sort()).toEqual(["edited-file", "missing-file"]);
});

test("looks into nothing at all where nothing has changed, unless something is to be listed", async () => {
  const cwd = await project({ "crds/web.yaml": "kind: Service\napiVersion: v1\nmetadata: { name: web }\n" });
  expect(await runIn(cwd)).toMatchObject({ sources: [], parts: 0, outcome: { upToDate: { warnings: 0 } } });
  // From anywhere.
  const folder = path.join(cwd, "below");
  expect(await runIn(cwd, { sources: ["../crds"], out: "../out" }, { folder })).toHaveProperty("outcome.upToDate");
  // What was skipped is known in part only.
  const verbose = await runIn(cwd, { verbose: true });
  expect(verbose.outcome.generated.skipped).toHaveLength(1);
  expect(verbose.sources).toEqual([]);
});

test("gives the warnings of sources that it does not look into, too", async () => {
  const cwd = await project();
  change(cwd, "crds/ones.yaml", (text) => text.replace("apiextensions.k8s.io/v1", "apiextensions.k8s.io/v1beta1"));
  const first = await runIn(cwd);
  touchTwos(cwd);
  const second = await runIn(cwd);
  expect(second.sources).toEqual(["crds/twos.yaml"]);
  expect(second.outcome.diagnostics).toEqual(first.outcome.diagnostics);
  expect(first.outcome.diagnostics).toMatchObject([{ severity: "warning", code: "v1beta1" }]);
  expect((await runIn(cwd)).outcome.upToDate).toMatchObject({ warnings: 1 });
});

describe("a definition in two sources", () => {
  test("is one, also where only one of them has changed", async () => {
    const cwd = await project({ "crds/again.yaml": `# the same\n${definitionNamed("ones")}` });
    expect((await runIn(cwd)).outcome).toHaveProperty("upToDate");
    touchTwos(cwd);
    const { outcome, sources } = await runIn(cwd);
    // Both are looked into to make one of them.
    expect(sources).toEqual(["crds/again.yaml", "crds/ones.yaml", "crds/twos.yaml"]);
    expect(outcome).toMatchObject({ exitCode: 0, diagnostics: [] });
    expect(outcome.generated.resources.map(({ crd, sources: places }) => [crd.split(".")[0], places.length])).toEqual([
      ["ones", 2],
      ["threes", 1],
      ["twos", 1],
    ]);
  });

  test("that differs in one of them is an error that names both", async () => {
    const cwd = await project({ "crds/again.yaml": definitionNamed("ones") });
    const untouched = contentsOf(path.join(cwd, "out"));
    change(cwd, "crds/again.yaml", (text) => text.replace("maximum: 10", "maximum: 12"));
    const { outcome } = await runIn(cwd);
    expect(outcome).toMatchObject({ exitCode: 2, diagnostics: [{ code: "duplicate-definition" }] });
    expect(JSON.stringify(outcome.diagnostics)).toMatch(
      /crds\/again\.yaml.*crds\/ones\.yaml|crds\/ones\.yaml.*crds\/again\.yaml/,
    );
    expect(contentsOf(path.join(cwd, "out"))).toEqual(untouched);
  });

  test("stays with the other when one of them is gone", async () => {
    const cwd = await project({ "crds/again.yaml": definitionNamed("ones") });
    const files = Object.keys(contentsOf(path.join(cwd, "out")));
    rmSync(path.join(cwd, "crds/ones.yaml"));
    expect((await runIn(cwd)).outcome).toMatchObject({ exitCode: 0, plan: { obsolete: [] } });
    expect(Object.keys(contentsOf(path.join(cwd, "out")))).toEqual(files);
  });
});

test("remembers nothing of a run that wrote nothing", async () => {
  const cwd = await project();
  const cache = path.join(cwd, "node_modules/.cache");
  const remembered = contentsOf(cache);
  touchTwos(cwd);
  for (const mode of ["check", "dry-run"] as const) await runIn(cwd, { mode });
  change(cwd, "crds/ones.yaml", () => "a: [\n");
  expect((await runIn(cwd)).outcome.exitCode).toBe(2);
  expect(contentsOf(cache)).toEqual(remembered);
  rmSync(cache, { recursive: true });
  mkdirSync(cache);
  await runIn(cwd, { mode: "check" });
  expect(contentsOf(cache)).toEqual({});
});
