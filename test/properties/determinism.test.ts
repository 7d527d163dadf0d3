import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { completeRun, duplicatedDefinitions, generate, generatePart } from "../../src/generate.ts";
import type { Generated, GenerateOptions } from "../../src/generated.ts";
import { isJsonObject } from "../../src/json.ts";
import type { RawDocument } from "../../src/read/raw-document.ts";
import { corpusFolder } from "../corpus.ts";
import { referenceSet } from "../corpus-files.ts";
import { documentsOf, fixtureDocuments } from "./definitions.ts";
import { runs } from "./runs.ts";

const corpus = corpusFolder();
const groups = fixtureDocuments().map((documents, number) =>
  // Sources are told apart by their names; the fixtures all call theirs alike.
  documents.map((document) => ({ ...document, source: `${number}/${document.source}` })),
);
const fixtures = groups.flat();
const reference =
  corpus === undefined
    ? []
    : referenceSet(corpus)
        .flatMap(documentsOf)
        .filter(({ tree }) => JSON.stringify(tree).length < 200_000);
const options: GenerateOptions = { unserved: true, listJsdoc: true, definitions: true };

/** All that a run says and writes. The sources of skipped documents are told in the order of the input, and are sorted here. */
function everything({ files, resources, diagnostics, skipped }: Generated): unknown {
  const places = skipped.map(({ location, what }) => `${location.source} ${location.document} ${what}`).sort();
  return { files, resources, diagnostics, skipped: places };
}

describe("the order of documents", () => {
  it("changes nothing", async () => {
    const wanted = everything(await generate(fixtures, options));
    const property = fc.asyncProperty(permutation(fixtures), async (documents) => {
      expect(everything(await generate(documents, options))).toEqual(wanted);
    });
    await fc.assert(property, runs(15));
  });

  it("changes nothing in what is generated from a few", async () => {
    const chosen = fc.subarray(groups, { minLength: 1, maxLength: 4 }).map((some) => some.flat());
    const property = fc.asyncProperty(
      chosen.chain((some) => fc.tuple(fc.constant(some), permutation(some))),
      async ([documents, others]) => {
        const wanted = everything(await generate(documents, options));
        expect(everything(await generate(others, options))).toEqual(wanted);
      },
    );
    await fc.assert(property, runs(60));
  });
});

describe("a split into parts", () => {
  it("changes nothing", async () => {
    const wanted = (await generate(fixtures, options)).files;
    const property = fc.asyncProperty(split(fixtures), async (parts) => {
      expect((await generateInParts(parts)).files).toEqual(wanted);
    });
    await fc.assert(property, runs(15));
  });
});

describe("the order of keys", () => {
  it("changes no byte of the fixtures", async () => {
    const wanted = await generate(fixtures, options);
    expect(wanted.files.length).toBeGreaterThan(100);
    const property = fc.asyncProperty(fc.nat(), async (seed) => {
      const shuffled = fixtures.map((document) => ({ ...document, tree: shuffleKeys(document.tree, random(seed)) }));
      expect((await generate(shuffled, options)).files).toEqual(wanted.files);
    });
    await fc.assert(property, runs(15));
  });

  it.skipIf(reference.length === 0)("changes no byte of real definitions", async () => {
    const wanted = await generate(reference, options);
    const property = fc.asyncProperty(fc.nat(), async (seed) => {
      const shuffled = reference.map((document) => ({ ...document, tree: shuffleKeys(document.tree, random(seed)) }));
      expect((await generate(shuffled, options)).files).toEqual(wanted.files);
    });
    await fc.assert(property, runs(4));
  });
});

function permutation<T>(list: readonly T[]): fc.Arbitrary<T[]> {
  return fc.shuffledSubarray([...list], { minLength: list.length, maxLength: list.length });
}

/** Divides a list among up to five parts, in any order. */
function split<T>(list: readonly T[]): fc.Arbitrary<T[][]> {
  const numbers = fc.array(fc.nat({ max: 4 }), { minLength: list.length, maxLength: list.length });
  return fc
    .tuple(permutation(list), numbers)
    .map(([shuffled, parts]) => [0, 1, 2, 3, 4].map((part) => shuffled.filter((_, index) => parts[index] === part)));
}

/** Generates parts by themselves, and once more together what stands in more than one of them, as a run on several threads does. */
async function generateInParts(documents: readonly (readonly RawDocument[])[]): Promise<Generated> {
  const parts = [];
  for (const part of documents) parts.push(await generatePart(part, options));
  const names = duplicatedDefinitions(parts);
  const again = documents.flat().filter(({ tree }) => names.has(definitionName(tree)));
  const merged = await generatePart(again, options);
  const rest = parts.map((part) => ({
    ...part,
    resources: part.resources.filter(({ crd }) => !names.has(crd)),
    diagnostics: part.diagnostics.filter(({ crd }) => !names.has(crd ?? "")),
  }));
  return completeRun([...rest, merged], options);
}

function definitionName(tree: unknown): string {
  return isJsonObject(tree) && isJsonObject(tree.metadata) ? String(tree.metadata.name) : "";
}

/** The same tree with the keys of every object in another order; lists stay as they are. */
function shuffleKeys(tree: unknown, next: () => number): unknown {
  if (Array.isArray(tree)) return tree.map((item) => shuffleKeys(item, next));
  if (!isJsonObject(tree)) return tree;
  const entries = Object.entries(tree).map(([key, value]) => [next(), [key, shuffleKeys(value, next)]] as const);
  return Object.fromEntries(entries.sort(([left], [right]) => left - right).map(([, entry]) => entry));
}

/** Numbers below 2^32 that a seed decides (Marsaglia, xorshift). */
function random(seed: number): () => number {
  let state = (seed ^ 0x9e3779b9) >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state;
  };
}
