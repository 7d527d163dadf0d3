import { expect, test } from "vitest";
import { type ListedDefinition, listedDefinitions, listJson, listTable } from "../../src/cli/definition-list.ts";
import type { Selection } from "../../src/generated.ts";
import { combine } from "../../src/parse/combine.ts";
import { parse } from "../../src/parse/parse.ts";
import type { RawDocument } from "../../src/read/raw-document.ts";

const schema = { openAPIV3Schema: { type: "object" } };

function definitionOf(kind: string, versions: readonly object[], group = "forge.example.com"): RawDocument {
  const plural = `${kind.toLowerCase()}s`;
  const tree = {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: `${plural}.${group}` },
    spec: { group, names: { kind, plural }, scope: "Namespaced", versions },
  };
  return { tree, source: `${plural}.yaml`, document: 1, prefix: [] };
}

function listed(documents: readonly RawDocument[], selection: Selection = {}): readonly ListedDefinition[] {
  return listedDefinitions(combine(parse(documents).resources).resources, selection);
}

const anvil = definitionOf("Anvil", [
  { name: "v1beta1", served: false, storage: false, deprecated: true },
  { name: "v1", served: true, storage: true, schema },
  { name: "v2alpha1", served: true, storage: false, schema },
]);
const hammer = definitionOf("Hammer", [{ name: "v1", served: true, storage: true }]);
const tongs = definitionOf("Tong", [{ name: "v1", served: true, storage: true, schema }], "a.example.com");

test("says of each definition what it is called, what it has, and where it stands", () => {
  expect(listed([anvil])).toEqual([
    {
      group: "forge.example.com",
      kind: "Anvil",
      plural: "anvils",
      singular: "anvil",
      scope: "Namespaced",
      versions: [
        { name: "v1", served: true, storage: true, deprecated: false, schema: true },
        { name: "v1beta1", served: false, storage: false, deprecated: true, schema: false },
        { name: "v2alpha1", served: true, storage: false, deprecated: false, schema: true },
      ],
      sources: [{ source: "anvils.yaml", document: 1 }],
    },
  ]);
});

test("a table is aligned, and sorted by group and kind", () => {
  expect(listTable(listed([hammer, tongs, anvil]), undefined)).toBe(
    [
      "KIND     GROUP               SCOPE        VERSIONS                                                  SCHEMA",
      "Tong     a.example.com       Namespaced   v1 (stored)                                               yes",
      "Anvil    forge.example.com   Namespaced   v1 (stored), v1beta1 (deprecated, not served), v2alpha1   yes, none in v1beta1",
      "Hammer   forge.example.com   Namespaced   v1 (stored)                                               none",
      "",
    ].join("\n"),
  );
});

test.each([20, 40, 80])("on a terminal of %i columns no line is longer, and what is cut shows", (columns) => {
  const whole = listTable(listed([hammer, anvil]), undefined).split("\n");
  const cut = listTable(listed([hammer, anvil]), columns).split("\n");
  expect(cut).toHaveLength(whole.length);
  for (const [index, line] of cut.entries()) {
    const uncut = whole[index] ?? "";
    expect(line).toBe(uncut.length <= columns ? uncut : `${uncut.slice(0, columns - 1)}…`);
  }
});

test("a selection of versions leaves out the others, and definitions without one", () => {
  const names = listed([anvil, hammer], { versions: ["v1beta1"] }).map(({ kind, versions }) => [
    kind,
    ...versions.map(({ name }) => name),
  ]);
  expect(names).toEqual([["Anvil", "v1beta1"]]);
});

test("where there is nothing there is no table, and for programs an empty list", () => {
  expect(listTable([], undefined)).toBe("");
  expect(JSON.parse(listJson({ exitCode: 2, definitions: [], diagnostics: [] }))).toEqual({
    exitCode: 2,
    definitions: [],
    diagnostics: [],
  });
});
