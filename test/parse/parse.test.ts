import { describe, expect, it, test } from "vitest";
import { formatDiagnostic } from "../../src/diagnostic.ts";
import { type Parsed, parse } from "../../src/parse/parse.ts";
import { type DefinitionParts, definition, rawDocument } from "../definition.ts";

function parseOne(parts: DefinitionParts, top: object = {}): Parsed {
  return parse([rawDocument({ ...definition(parts), ...top })]);
}

function messages({ diagnostics }: Parsed): string[] {
  return diagnostics.map((diagnostic) => formatDiagnostic(diagnostic).replace(/^crd\.yaml \([^)]*\) ?/, ""));
}

const beta = { apiVersion: "apiextensions.k8s.io/v1beta1" };

describe("documents", () => {
  test.each<[unknown, string]>([
    [{ apiVersion: "v1", kind: "Pod", metadata: { name: "web" } }, "v1/Pod web"],
    [{ kind: "Pod" }, "Pod"],
    [{ kind: "CustomResourceDefinition" }, "CustomResourceDefinition"],
    [{ apiVersion: "example.com/v1", kind: "CustomResourceDefinition" }, "example.com/v1/CustomResourceDefinition"],
    [
      { apiVersion: "apiextensions.k8s.io.example.com/v1", kind: "CustomResourceDefinition" },
      "apiextensions.k8s.io.example.com/v1/CustomResourceDefinition",
    ],
    [{}, "an object without kind"],
    [{ metadata: { name: "web" } }, "an object without kind web"],
    [[1], "a list"],
    ["text", "a string"],
  ])("%j is no definition: %s", (tree, what) => {
    const parsed = parse([rawDocument(tree, { document: 2 })]);
    expect(parsed).toEqual({
      resources: [],
      unusable: [],
      skipped: [{ location: { source: "crd.yaml", document: 2 }, what }],
      diagnostics: [],
    });
  });

  it("name what is wrong in them by its place in the whole document", () => {
    const tree = definition({ spec: { scope: "Global" } });
    const positionOf = (path: readonly unknown[]): { line: number; column: number } => ({
      line: path.length,
      column: 7,
    });
    const { diagnostics } = parse([rawDocument(tree, { document: 3, prefix: ["items", 1], positionOf })]);
    expect(diagnostics).toEqual([
      {
        severity: "error",
        code: "scope",
        message: 'expected Namespaced or Cluster, got "Global"',
        location: { source: "crd.yaml", document: 3, position: { line: 2, column: 7 } },
        crd: "anvils.forge.example.com",
        path: ["items", 1, "spec", "scope"],
      },
    ]);
  });
});

describe("names", () => {
  it("take the defaults of the server", () => {
    const [resource] = parseOne({}).resources;
    expect(resource).toMatchObject({
      crd: "anvils.forge.example.com",
      group: "forge.example.com",
      kind: "Anvil",
      plural: "anvils",
      singular: "anvil",
      listKind: "AnvilList",
      shortNames: [],
      categories: [],
      scope: "Namespaced",
      preserveUnknownFields: false,
    });
  });

  it("are kept as they are given", () => {
    const names = { singular: "amboss", listKind: "Anvils", shortNames: ["an"], categories: ["all"] };
    const [resource] = parseOne({ names, spec: { scope: "Cluster" } }).resources;
    expect(resource).toMatchObject({ ...names, scope: "Cluster" });
  });

  test.each<[string, DefinitionParts, string[]]>([
    [
      "kind",
      { names: { kind: "An Anvil" } },
      ['spec.names.kind: expected a name of letters, digits and dashes, got "An Anvil"'],
    ],
    ["kind", { names: { kind: null } }, ["spec.names.kind: expected a string, got nothing"]],
    ["kind", { names: { kind: "" } }, ['spec.names.kind: expected a string, got ""']],
    [
      "plural",
      { names: { plural: "../anvils" } },
      ['spec.names.plural: expected a DNS label such as widgets, got "../anvils"'],
    ],
    [
      "group",
      { spec: { group: "forge/.." } },
      ['spec.group: expected a DNS subdomain such as stable.example.com, got "forge/.."'],
    ],
    [
      "metadata",
      { metadata: { name: "anvils" } },
      ['metadata.name: expected anvils.forge.example.com (plural and group), got "anvils"'],
    ],
    ["scope", { spec: { scope: null } }, ["spec.scope: expected Namespaced or Cluster, got nothing"]],
    ["short names", { names: { shortNames: ["a", 1] } }, ["spec.names.shortNames[1]: expected a string, got 1"]],
    ["categories", { names: { categories: "all" } }, ['spec.names.categories: expected a list of strings, got "all"']],
    ["names", { spec: { names: null } }, ["spec.names: expected kind and plural, got nothing"]],
    [
      "preserveUnknownFields",
      { spec: { preserveUnknownFields: "yes" } },
      ['spec.preserveUnknownFields: expected true or false, got "yes"'],
    ],
  ])("are checked: %s", (_, parts, expected) => {
    const parsed = parseOne(parts);
    expect(messages(parsed)).toEqual(expected);
    expect(parsed.resources).toEqual([]);
    expect(parsed.unusable).toHaveLength(1);
  });
});

describe("versions of the API", () => {
  it("v1beta1 is read, with its defaults, and reported", () => {
    const parsed = parseOne({ spec: { scope: null } }, beta);
    expect(parsed.resources).toMatchObject([{ scope: "Namespaced", preserveUnknownFields: true }]);
    expect(parsed.diagnostics.map(({ severity, code }) => ({ severity, code }))).toEqual([
      { severity: "warning", code: "v1beta1" },
    ]);
  });

  it("v1beta1 prunes where it says so", () => {
    expect(parseOne({ spec: { preserveUnknownFields: false } }, beta).resources).toMatchObject([
      { preserveUnknownFields: false },
    ]);
  });

  test.each(["apiextensions.k8s.io/v2", "apiextensions.k8s.io", "apiextensions.k8s.io/"])(
    "%s is refused",
    (apiVersion) => {
      const parsed = parseOne({}, { apiVersion });
      expect(messages(parsed)).toEqual([
        `apiVersion: expected apiextensions.k8s.io/v1, got ${JSON.stringify(apiVersion)}`,
      ]);
      expect([...parsed.resources, ...parsed.unusable]).toEqual([]);
    },
  );
});

test("a definition without spec is refused", () => {
  expect(messages(parseOne({}, { spec: null }))).toEqual([
    "spec: expected an object, got nothing; a definition is all in its spec",
  ]);
  expect(messages(parseOne({}, { spec: [1] }))[0]).toBe("spec: expected an object, got a list");
});
