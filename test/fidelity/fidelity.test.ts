import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { corpusFolder } from "../corpus.ts";
import { referenceSet, sample } from "../corpus-files.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { checkFidelity, printFinding } from "./check.ts";
import { readDefinitionFile } from "./definition.ts";
import { generateInto } from "./generation.ts";

const root = path.resolve(import.meta.dirname, "../..");

/** Generates from files and gives what is wrong with the output, a line for each finding. */
async function problemsOf(crdFiles: readonly string[]): Promise<readonly string[]> {
  const generation = generateInto(temporaryFolder(), crdFiles);
  return (await checkFidelity({ crdFiles, ...generation })).map(printFinding);
}

/** The definitions among the fixtures, in runs in which every name is that of one folder only. */
function fixtureRuns(): readonly (readonly string[])[] {
  const features = path.join(root, "fixtures/features");
  const folders = [
    ...readdirSync(features).map((name) => path.join(features, name)),
    path.join(root, "fixtures/mycoolapp"),
  ];
  const runs: { names: Set<string>; files: string[] }[] = [];
  for (const folder of folders.filter(existsSync)) {
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => /\.(?:ya?ml|json)$/.test(name))
      .map((name) => path.join(folder, name))
      .filter((file) => readDefinitionFile(file).length > 0);
    const names = files.flatMap((file) => readDefinitionFile(file).map((version) => version.crd));
    const free = runs.find((run) => names.every((name) => !run.names.has(name)));
    const run = free ?? { names: new Set(), files: [] };
    if (free === undefined) runs.push(run);
    for (const name of names) run.names.add(name);
    run.files.push(...files);
  }
  return runs.map((run) => run.files);
}

describe("the output says what the schemas say, or the report says what it does not", () => {
  const runs = fixtureRuns();

  it("has fixtures to look at", () => {
    expect(runs.flat().length).toBeGreaterThan(50);
  });

  it.each(runs.map((files) => [files.length, files] as const))(
    "for %i fixtures",
    { timeout: 120_000 },
    async (_, files) => {
      expect(await problemsOf(files)).toEqual([]);
    },
  );

  const corpus = corpusFolder();

  it.skipIf(corpus === undefined)("for the reference set", { timeout: 180_000 }, async () => {
    expect(await problemsOf(referenceSet(corpus ?? ""))).toEqual([]);
  });

  it.skipIf(corpus === undefined)("for 300 files of the corpus", { timeout: 300_000 }, async () => {
    expect(await problemsOf(sample(corpus ?? "").files)).toEqual([]);
  });
});
