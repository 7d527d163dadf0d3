import { describe, expect, it } from "vitest";
import { corpusFolder } from "./corpus.ts";
import { featureNames, featuresOf } from "./corpus-features.ts";
import { referenceSet, sample } from "./corpus-files.ts";

const folder = corpusFolder();

describe.skipIf(folder === undefined)("the files of the corpus that tests take", () => {
  it("has the reference set", () => {
    expect(referenceSet(folder ?? "")).toHaveLength(32);
  });

  it("holds every feature that the corpus has", { timeout: 120_000 }, () => {
    const { files, features } = sample(folder ?? "");
    expect(files).toHaveLength(300);
    expect([...features].filter(([, counts]) => counts.sample === 0)).toEqual([]);
    console.info(`not in the corpus: ${featureNames.filter((name) => !features.has(name)).join("; ")}`);
  });
});

describe("the features of a definition", () => {
  it("are seen in its lines", () => {
    const text =
      'spec:\n  scope: Cluster\n  a:\n    enum:\n    - ""\n    - on\n    type: string\n  b:\n  - rule: self == oldSelf\n';
    expect([...featuresOf(text)].sort()).toEqual([
      "enum of strings",
      "enum with an empty string",
      "rule self == oldSelf",
      "rule without a message",
      "scope Cluster",
    ]);
  });
});
