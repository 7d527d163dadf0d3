import { join } from "node:path";
import { globSync } from "tinyglobby";
import { beforeAll, describe, expect, test } from "vitest";
import { oddTexts } from "./odd-texts.ts";
import { difference, hasGo, type OracleFile, runOracle, runOracleOnTexts, textDifference } from "./oracle.ts";

const root = join(import.meta.dirname, "../../..");
const corpus = process.env.CRD_GEN_CORPUS;

describe.skipIf(!hasGo())("the reader agrees with sigs.k8s.io/yaml", () => {
  let answers: OracleFile[] = [];
  beforeAll(() => {
    answers = runOracleOnTexts(oddTexts);
  }, 120_000);

  test.each(oddTexts.map((text, index) => ({ text, index })))("on $text", ({ text, index }) => {
    const answer = answers[index];
    expect(answer).toBeDefined();
    if (answer !== undefined) expect(textDifference(answer, text)).toBeUndefined();
  });

  test("on every fixture", { timeout: 120_000 }, () => {
    const files = globSync("fixtures/**/*.{yaml,yml}", { cwd: root, absolute: true }).sort();
    expect(files.length).toBeGreaterThan(0);
    expect(differences(files)).toEqual([]);
  });

  test.skipIf(corpus === undefined)("on every file of the corpus", { timeout: 900_000 }, () => {
    const files = globSync("**/*.{yaml,yml}", { cwd: corpus ?? root, absolute: true }).sort();
    const different = differences(files);
    console.info(`${files.length} files compared with Kubernetes' own reader, ${different.length} differ`);
    expect(different).toEqual([]);
  });
});

function differences(files: readonly string[]): string[] {
  return runOracle(files).flatMap((answer) => {
    const different = difference(answer);
    return different === undefined ? [] : [`${answer.file}: ${different.slice(0, 400)}`];
  });
}
