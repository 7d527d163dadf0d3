import { describe, expect, it, test } from "vitest";
import { formatDiagnostic } from "../../src/diagnostic.ts";
import { type Combined, combine } from "../../src/parse/combine.ts";
import { parse } from "../../src/parse/parse.ts";
import { type DefinitionParts, definition, rawDocument } from "../definition.ts";

/** Combines definitions in the given order; the n-th is document n of crd.yaml. */
function combineAll(...all: readonly (DefinitionParts & { readonly document?: number })[]): Combined {
  const documents = all.map((parts, index) =>
    rawDocument(definition(parts), { document: parts.document ?? index + 1 }),
  );
  return combine(parse(documents).resources);
}

function summary({ resources }: Combined): unknown[] {
  return resources.map(({ resource, sources }) => [
    resource.crd,
    resource.versions.map(({ name }) => name),
    sources.map(({ document }) => document),
  ]);
}

const hammers = {
  metadata: { name: "hammers.forge.example.com" },
  names: { kind: "Hammer", plural: "hammers" },
};
const v2 = { name: "v2", storage: false };

describe("definitions", () => {
  it("are sorted by name", () => {
    expect(summary(combineAll(hammers, {}))).toEqual([
      ["anvils.forge.example.com", ["v1"], [2]],
      ["hammers.forge.example.com", ["v1"], [1]],
    ]);
  });

  it("that are equal but for their metadata count once", () => {
    const combined = combineAll({}, { metadata: { labels: { a: "b" } } }, {});
    expect(summary(combined)).toEqual([["anvils.forge.example.com", ["v1"], [1, 2, 3]]]);
    expect(combined.diagnostics).toEqual([]);
  });

  it("whose versions stand in several documents are put together, in whatever order they come", () => {
    const expected = [["anvils.forge.example.com", ["v1", "v2"], [1, 2]]];
    const split = [{ document: 1 }, { versions: [v2], document: 2 }] as const;
    for (const parts of [split, [split[1], split[0]]]) {
      const combined = combineAll(...parts);
      expect(summary(combined)).toEqual(expected);
      expect(combined.diagnostics).toEqual([]);
    }
  });

  test.each<[string, DefinitionParts]>([
    ["a version", { versions: [{ deprecated: true }] }],
    ["the scope", { spec: { scope: "Cluster" } }],
    ["names beside other versions", { versions: [v2], names: { shortNames: ["an"] } }],
    ["one of several versions", { versions: [{ deprecated: true }, v2] }],
  ])("that differ in %s are an error that names both places", (_, parts) => {
    const { diagnostics } = combineAll({}, parts);
    expect(diagnostics.map(formatDiagnostic)).toEqual([
      "crd.yaml (document 2, anvils.forge.example.com): differs from the definition of the same name at crd.yaml (document 1); keep one of them",
    ]);
  });
});

describe("the stored version", () => {
  test.each<[string, DefinitionParts[], string]>([
    ["none", [{ versions: [{ storage: false }] }], "none"],
    ["two", [{ versions: [{}, { name: "v2" }] }], "v1 and v2"],
    ["two in two documents", [{}, { versions: [{ name: "v2" }] }], "v1 and v2"],
  ])("is exactly one: %s", (_, parts, got) => {
    expect(combineAll(...parts).diagnostics.map(({ code, message, path }) => ({ code, message, path }))).toEqual([
      {
        code: "storage-version",
        message: `expected exactly one version with storage: true, got ${got}`,
        path: ["spec", "versions"],
      },
    ]);
  });
});
