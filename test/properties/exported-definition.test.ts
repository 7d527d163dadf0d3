import { Buffer } from "node:buffer";
import fc from "fast-check";
import ts from "typescript-5.9";
import { describe, expect, it } from "vitest";
import { generate } from "../../src/generate.ts";
import { type JsonObject, sortedJson } from "../../src/json.ts";
import { canonicalDefinition } from "../../src/pull/canonical-definition.ts";
import { metadataName, type RawDocument } from "../../src/read/raw-document.ts";
import { corpusFolder } from "../corpus.ts";
import { sample } from "../corpus-files.ts";
import { definition, rawDocument } from "../definition.ts";
import { jsonTrees } from "../pull/json-trees.ts";
import { definitionsIn, documentsOf, fixtureDocuments } from "./definitions.ts";
import { hostileText } from "./hostile-text.ts";
import { runs } from "./runs.ts";

const corpus = corpusFolder();

/** What a program has that imports the one constant of a module. */
async function imported(content: string): Promise<unknown> {
  const compilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext };
  const { outputText } = ts.transpileModule(content, { compilerOptions });
  const module: JsonObject = await import(`data:text/javascript;base64,${Buffer.from(outputText).toString("base64")}`);
  const [value, ...others] = Object.values(module);
  expect(others).toEqual([]);
  return value;
}

/** Imports each definition that is exported of some documents, and compares it with what was read. */
async function expectExported(documents: readonly RawDocument[]): Promise<number> {
  const { resources, diagnostics } = await generate(documents, { definitions: true, unserved: true });
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  const read = new Map(definitionsIn(documents).map((tree) => [metadataName(tree), tree]));
  let compared = 0;
  for (const { crd, definition: file } of resources) {
    const tree = read.get(crd);
    if (file === undefined) expect(tree?.apiVersion, crd).toBe("apiextensions.k8s.io/v1beta1");
    if (file === undefined || tree === undefined) continue;
    expect(JSON.stringify(await imported(file.content)), crd).toBe(sortedJson(canonicalDefinition(tree).tree));
    compared += 1;
  }
  return compared;
}

describe("a module that exports a definition has all that was read, and nothing else", () => {
  it("of the fixtures", { timeout: 60_000 }, async () => {
    let compared = 0;
    for (const documents of fixtureDocuments()) {
      // One whose versions stand in several documents is one object in the end (test/pull/installable-definition.test.ts).
      if (documents.some(({ tree }) => metadataName(tree)?.includes(".crd-split-over-documents."))) continue;
      compared += await expectExported(documents);
    }
    expect(compared).toBeGreaterThan(150);
  });

  it.skipIf(corpus === undefined)("of 300 files of the corpus", { timeout: 300_000 }, async () => {
    let compared = 0;
    for (const file of sample(corpus ?? "").files) compared += await expectExported(documentsOf(file));
    expect(compared).toBeGreaterThan(280);
  });

  it("whatever its defaults, its keys and its texts are", { timeout: 120_000 }, async () => {
    const property = fc.asyncProperty(jsonTrees, hostileText, hostileText, async (value, key, text) => {
      const properties = Object.fromEntries([[key, { type: "string", description: text }]]);
      const open = { type: "object", "x-kubernetes-preserve-unknown-fields": true, default: { value, [key]: text } };
      const spec = { type: "object", properties: { ...properties, open } };
      const parts = {
        metadata: { annotations: { [`a${key}`]: text } },
        schema: { type: "object", properties: { spec } },
      };
      const tree: unknown = JSON.parse(JSON.stringify(definition(parts)));
      expect(await expectExported([rawDocument(tree)])).toBe(1);
    });
    await fc.assert(property, runs(200));
  });
});
