import { describe, expect, it, test } from "vitest";
import { formatDiagnostic } from "../../src/diagnostic.ts";
import type { CustomResourceVersion } from "../../src/parse/custom-resource.ts";
import { parse } from "../../src/parse/parse.ts";
import { customResource, definition, rawDocument } from "../definition.ts";

function only(version: object): CustomResourceVersion {
  const [first] = customResource({ versions: [version] }).versions;
  if (first === undefined) throw new Error("there is no version");
  return first;
}

function betaVersions(spec: object): readonly Partial<CustomResourceVersion>[] {
  const tree = { ...definition({ spec }), apiVersion: "apiextensions.k8s.io/v1beta1" };
  return parse([rawDocument(tree)]).resources[0]?.versions ?? [];
}

describe("a version", () => {
  it("says little where the definition says little", () => {
    expect(only({ served: false, storage: true })).toEqual({
      name: "v1",
      served: false,
      storage: true,
      deprecated: false,
      deprecationWarning: undefined,
      schema: { type: "object" },
      schemaPath: ["spec", "versions", 0, "schema", "openAPIV3Schema"],
      document: expect.anything(),
      hasStatus: false,
      scale: undefined,
      printerColumns: [],
      selectableFields: [],
    });
  });

  it("has its subresources, columns, selectable fields and deprecation", () => {
    const scale = { specReplicasPath: ".spec.replicas", statusReplicasPath: ".status.replicas" };
    const version = only({
      deprecated: true,
      deprecationWarning: "use v2",
      subresources: { status: {}, scale: { ...scale, labelSelectorPath: ".status.selector" } },
      additionalPrinterColumns: [
        { name: "Age", type: "date", jsonPath: ".metadata.creationTimestamp" },
        { name: "Weight", type: "integer", jsonPath: ".spec.weight", format: "int32", description: "kg", priority: 1 },
      ],
      selectableFields: [{ jsonPath: ".spec.colour" }, { jsonPath: "spec.size" }],
    });
    expect(version).toMatchObject({
      deprecated: true,
      deprecationWarning: "use v2",
      hasStatus: true,
      scale: { ...scale, labelSelectorPath: ".status.selector" },
      printerColumns: [
        { name: "Age", type: "date", jsonPath: ".metadata.creationTimestamp", priority: 0 },
        { name: "Weight", type: "integer", jsonPath: ".spec.weight", format: "int32", description: "kg", priority: 1 },
      ],
      selectableFields: ["spec.colour", "spec.size"],
    });
  });

  test.each([{}, { status: null }])("has no status subresource with subresources %j", (subresources) => {
    expect(only({ subresources }).hasStatus).toBe(false);
  });

  test.each([null, {}, { openAPIV3Schema: null }])("has no schema with schema %j", (schema) => {
    expect(only({ schema }).schema).toBeUndefined();
  });
});

describe("what is wrong is reported", () => {
  test.each<[string, unknown, string[]]>([
    ["no versions", null, ["spec.versions: expected at least one version, got none"]],
    ["an empty list", [], ["spec.versions: expected at least one version, got none"]],
    ["no list", {}, ["spec.versions: expected a list, got an object"]],
    ["no object", [3], ["spec.versions[0]: expected an object, got 3"]],
    ["no name", [{ served: true }], ["spec.versions[0].name: expected a string, got nothing"]],
    ["a bad name", [{ name: "../v1" }], ['spec.versions[0].name: expected a DNS label such as v1, got "../v1"']],
    [
      "one twice",
      [{ name: "v1" }, { name: "v1" }],
      ['spec.versions[1].name: expected a name of its own, got "v1" again'],
    ],
    ["served", [{ name: "v1", served: "true" }], ['spec.versions[0].served: expected true or false, got "true"']],
    ["schema", [{ name: "v1", schema: 1 }], ["spec.versions[0].schema: expected an object, got 1"]],
    [
      "a column's path",
      [{ name: "v1", additionalPrinterColumns: [{ name: "Age" }] }],
      ["spec.versions[0].additionalPrinterColumns[0].jsonPath: expected a string, got nothing"],
    ],
    [
      "a scale's paths",
      [{ name: "v1", subresources: { scale: {} } }],
      [
        "spec.versions[0].subresources.scale.specReplicasPath: expected a string, got nothing",
        "spec.versions[0].subresources.scale.statusReplicasPath: expected a string, got nothing",
      ],
    ],
    [
      "a selectable field",
      [{ name: "v1", selectableFields: [{}] }],
      ["spec.versions[0].selectableFields[0].jsonPath: expected a string, got nothing"],
    ],
  ])("%s", (_, versions, expected) => {
    const { diagnostics, resources } = parse([rawDocument(definition({ spec: { versions } }))]);
    expect(diagnostics.map((one) => formatDiagnostic(one).replace(/^.*?\) /, ""))).toEqual(expected);
    expect(resources).toEqual([]);
  });
});

describe("v1beta1", () => {
  const openAPIV3Schema = { type: "object", description: "of all versions" };

  it("names its only version in the spec", () => {
    expect(betaVersions({ version: "v1alpha1", versions: null, validation: { openAPIV3Schema } })).toMatchObject([
      {
        name: "v1alpha1",
        served: true,
        storage: true,
        schema: openAPIV3Schema,
        schemaPath: ["spec", "validation", "openAPIV3Schema"],
      },
    ]);
  });

  it("says for all versions what they do not say themselves", () => {
    const spec = {
      validation: { openAPIV3Schema },
      subresources: { status: {} },
      additionalPrinterColumns: [{ name: "Age", type: "date", JSONPath: ".metadata.creationTimestamp" }],
      versions: [
        { name: "v1", served: true, storage: true },
        {
          name: "v2",
          served: true,
          schema: { openAPIV3Schema: { type: "object" } },
          subresources: {},
          additionalPrinterColumns: [],
        },
      ],
    };
    expect(betaVersions(spec)).toMatchObject([
      {
        name: "v1",
        schema: openAPIV3Schema,
        hasStatus: true,
        printerColumns: [{ jsonPath: ".metadata.creationTimestamp" }],
      },
      { name: "v2", schema: { type: "object" }, hasStatus: false, printerColumns: [] },
    ]);
  });

  it("of v1 has no such fields", () => {
    const [version] = customResource({
      versions: [{ schema: null }],
      spec: { subresources: { status: {} }, validation: { openAPIV3Schema } },
    }).versions;
    expect(version).toMatchObject({ schema: undefined, hasStatus: false });
  });
});
