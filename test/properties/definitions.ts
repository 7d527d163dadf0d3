import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { generate } from "../../src/generate.ts";
import type { Generated, GenerateOptions } from "../../src/generated.ts";
import { isJsonObject, type JsonObject } from "../../src/json.ts";
import { readDocuments } from "../../src/read/documents.ts";
import type { RawDocument } from "../../src/read/raw-document.ts";

const fixtures = path.resolve(import.meta.dirname, "../../fixtures");

/** The feature fixtures and the reference example, each folder the documents of one run. */
export function fixtureDocuments(): readonly (readonly RawDocument[])[] {
  const folders = readdirSync(path.join(fixtures, "features"))
    .sort()
    .map((name) => path.join("features", name));
  return [...folders, "mycoolapp"].map((folder) =>
    readdirSync(path.join(fixtures, folder), { recursive: true, encoding: "utf8" })
      .filter((file) => /\.(?:ya?ml|json)$/.test(file))
      .sort()
      .flatMap((file) => documentsOf(path.join(fixtures, folder, file))),
  );
}

/** The documents of a file, without their places in it. */
export function documentsOf(file: string): readonly RawDocument[] {
  const source = path.basename(file);
  const { documents } = readDocuments(readFileSync(file, "utf8"), source);
  return documents.map(({ tree, document, prefix }) => ({ tree, document, prefix, source }));
}

/** The CustomResourceDefinitions among some documents, each name once. */
export function definitionsIn(documents: readonly RawDocument[]): readonly JsonObject[] {
  const byName = new Map<string, JsonObject>();
  for (const { tree } of documents) {
    if (!isJsonObject(tree) || tree.kind !== "CustomResourceDefinition" || !isJsonObject(tree.metadata)) continue;
    const name = String(tree.metadata.name);
    if (!byName.has(name)) byName.set(name, tree);
  }
  return [...byName.values()];
}

/** Generates one definition by itself. */
export function generateOne(tree: unknown, options: GenerateOptions = {}): Promise<Generated> {
  return generate([{ tree, source: "crd.json", document: 1, prefix: [] }], { unserved: true, ...options });
}

/** The messages of the errors of a run; empty where there are files. */
export function errorsOf({ diagnostics }: Generated): readonly string[] {
  return diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message);
}
