import path from "node:path";
import { describe, expect, test } from "vitest";
import { findAssets, kubernetesVersions } from "../cluster/assets.ts";
import { corpusFolder } from "../corpus.ts";
import { corpusFiles, referenceSet } from "../corpus-files.ts";
import { readDefinitions } from "./definitions.ts";
import { run } from "./run.ts";
import { describeDisagreement } from "./tally.ts";

const fixtures = path.resolve(import.meta.dirname, "../../fixtures");
const corpus = corpusFolder();
// The whole check takes minutes; here it is every construct of the fixtures and every fourth file of the reference set.
const files = [
  ...corpusFiles(path.join(fixtures, "features")),
  ...corpusFiles(path.join(fixtures, "mycoolapp")),
  ...(corpus === undefined ? [] : referenceSet(corpus).filter((_, index) => index % 4 === 0)),
];

describe.each(Object.entries(kubernetesVersions))("types and the %s supported API server", async (_, version) => {
  const assets = await findAssets({ version });

  test.skipIf(assets === undefined)("agree about random objects, whole and broken", { timeout: 300_000 }, async () => {
    if (assets === undefined) return;
    const amount = { objects: 4, breakages: 3 };
    const tally = await run({ assets, read: readDefinitions(files), amount, seeds: [1], onProgress: () => {} });
    expect(tally.disagreements.map(describeDisagreement)).toEqual([]);
    expect(tally.unknown.map(({ verdict }) => verdict.message)).toEqual([]);
    expect(tally.agrees).toBe(true);
    console.info(tally.lines(0).join("\n"));
  });
});
