import { readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { parse as parseYaml } from "yaml";
import { printYaml } from "../../src/pull/print-yaml.ts";
import { readDocuments } from "../../src/read/documents.ts";
import { corpusFolder } from "../corpus.ts";
import { corpusFiles } from "../corpus-files.ts";
import { runs } from "../properties/runs.ts";
import { hasGo, runOracleOnTexts } from "../read/oracle/oracle.ts";
import { jsonTrees, mistakableTexts } from "./json-trees.ts";

const fixtures = corpusFiles(path.resolve(import.meta.dirname, "../../fixtures/features"));
const corpus = corpusFolder();
/** One file in twenty: those of a project stand together, so that each project has its part. */
const sampled = corpus === undefined ? [] : corpusFiles(corpus).filter((_, index) => index % 20 === 0);

/** The documents of files, each inside a list: a reader leaves out a document that is null. */
function treesOf(files: readonly string[]): readonly unknown[] {
  return files.flatMap((file) => readDocuments(readFileSync(file, "utf8"), file).documents.map(({ tree }) => [tree]));
}

function readBack(text: string): unknown {
  const { documents, diagnostics } = readDocuments(text, "printed.yaml");
  expect(diagnostics).toEqual([]);
  expect(documents).toHaveLength(1);
  return documents[0]?.tree;
}

describe("a value", () => {
  test.each<[string, unknown, string]>([
    ["keys in order, whatever theirs was", { b: 1, a: 2, B: 3, "10": 4, "9": 5 }, "'10': 4\n'9': 5\nB: 3\na: 2\nb: 1\n"],
    ["lists at the column of their key", { a: [{ c: 1, b: [2] }, []] }, "a:\n- b:\n  - 2\n  c: 1\n- []\n"],
    ["lists of lists", [[1, [2]], {}], "- - 1\n  - - 2\n- {}\n"],
    ["one value twice, without an anchor", twice({ a: 1 }), "- a: 1\n- a: 1\n"],
    ["a long text on one line", { a: "word ".repeat(50).trim() }, `a: ${"word ".repeat(50).trim()}\n`],
    ["lines as a block", { a: "one\n  two: #\n\n\tthree" }, "a: |-\n  one\n    two: #\n\n  \tthree\n"],
    ["lines with an end as a block", { a: ["one\ntwo\n"] }, "a:\n- |\n  one\n  two\n"],
    ["a blank at the end of a line", { a: "one \ntwo" }, 'a: "one \\ntwo"\n'],
    ["a blank at the end", { a: "one\ntwo " }, 'a: "one\\ntwo "\n'],
    ["a blank at the beginning of lines", { a: " one\ntwo" }, 'a: " one\\ntwo"\n'],
    ["empty lines at the end", { a: "one\n\n" }, 'a: "one\\n\\n"\n'],
    ["line ends of other systems", { a: "one\r\ntwo" }, 'a: "one\\r\\ntwo"\n'],
    ["a key of several lines", { "a\nb": 1 }, '? "a\\nb"\n: 1\n'],
    ["characters that nobody sees", { a: "\ufeff\u0085\u2028\u0000\u007f" }, 'a: "\\uFEFF\\N\\L\\0\\x7F"\n'],
    ["characters beyond ASCII", { é: "naïve 😀" }, "é: naïve 😀\n"],
    ["halves of surrogate pairs", { "\ud800": "\udc00a" }, "\ufffd: \ufffda\n"],
    ["single quotes before double ones", { a: "it's: \\d" }, "a: 'it''s: \\d'\n"],
    ["numbers", [0, -0, 1.5, 1e21, 1.5e-7, 2 ** 63], "- 0\n- -0.0\n- 1.5\n- 1.0e+21\n- 1.5e-7\n- 9223372036854776000\n"],
    ["the rest", [true, false, null, {}, [], ""], "- true\n- false\n- null\n- {}\n- []\n- ''\n"],
  ])("is printed with %s", (_, value, text) => {
    expect(printYaml(value)).toBe(text);
  }); // biome-ignore format: a table
});

function twice(value: object): readonly object[] {
  return [value, value];
}

describe("what is printed", () => {
  const mistakable = Object.fromEntries(mistakableTexts.map((text) => [text, [text, { [text]: text }]]));

  it("is the same text to our reader, and to one of YAML 1.1 and of 1.2", () => {
    const text = printYaml(mistakable);
    expect(readBack(text)).toEqual(mistakable);
    for (const version of ["1.1", "1.2"] as const) expect(parseYaml(text, { version })).toEqual(mistakable);
  });

  it("is the same value to our reader", () => {
    const property = fc.property(jsonTrees, (tree) => {
      expect(readBack(printYaml([tree]))).toEqual([tree]);
    });
    fc.assert(property, runs(1500));
  });

  it("is one text for all orders of keys", () => {
    const property = fc.property(jsonTrees, (tree) => {
      expect(printYaml(reversed(tree))).toBe(printYaml(tree));
    });
    fc.assert(property, runs(300));
  });

  it("has no blank at the end of a line", () => {
    const property = fc.property(jsonTrees, (tree) => {
      expect(printYaml(tree)).not.toMatch(/[ \t]$/m);
    });
    fc.assert(property, runs(300));
  });

  it("is the same value for every fixture", () => {
    const trees = treesOf(fixtures);
    expect(trees.length).toBeGreaterThan(150);
    for (const tree of trees) expect(readBack(printYaml(tree))).toEqual(tree);
  });

  it.skipIf(corpus === undefined)("is the same value for real definitions", { timeout: 120_000 }, () => {
    expect(sampled.length).toBeGreaterThan(100);
    for (const tree of treesOf(sampled)) expect(readBack(printYaml(tree))).toEqual(tree);
  });

  it.skipIf(!hasGo())("is the same value to Kubernetes' own reader", { timeout: 240_000 }, () => {
    const { numRuns = 0, seed = 0 } = runs(400);
    const random = fc.sample(jsonTrees, { numRuns, seed });
    const trees = [...random.map((tree) => [tree]), [mistakable], ...treesOf(fixtures), ...treesOf(sampled)];
    const answers = runOracleOnTexts(trees.map(printYaml));
    expect(answers).toHaveLength(trees.length);
    for (const [index, { documents }] of answers.entries()) {
      expect(documents.map(({ json, error }) => error ?? json)).toEqual([trees[index]]);
    }
  });
});

function reversed(tree: unknown): unknown {
  if (Array.isArray(tree)) return tree.map(reversed);
  if (typeof tree !== "object" || tree === null) return tree;
  return Object.fromEntries(
    Object.entries(tree)
      .reverse()
      .map(([key, value]) => [key, reversed(value)]),
  );
}
