import { describe, expect, it, test } from "vitest";
import { canonicalDefinition } from "../../src/pull/canonical-definition.ts";
import { type DefinitionParts, definition } from "../definition.ts";

const filled = { names: { singular: "anvil", listKind: "AnvilList" } };

/** What is pulled of a definition, beside what the small definition of the tests has. */
function pulled(parts: DefinitionParts): unknown {
  return canonicalDefinition(definition(parts)).tree;
}

function pulledSchema(schema: unknown): unknown {
  const { tree } = canonicalDefinition(definition({ schema }));
  return Object(tree).spec.versions[0].schema.openAPIV3Schema;
}

const lastApplied = { "kubectl.kubernetes.io/last-applied-configuration": "{}" };

describe("what the API server keeps of one object", () => {
  it("is not pulled", () => {
    const metadata = {
      uid: "5f0a3c1e",
      resourceVersion: "271",
      generation: 3,
      creationTimestamp: "2026-01-01T00:00:00Z",
      deletionTimestamp: "2026-01-02T00:00:00Z",
      deletionGracePeriodSeconds: 0,
      selfLink: "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/anvils.forge.example.com",
      managedFields: [{ manager: "kubectl" }],
      ownerReferences: [{ kind: "Bundle", name: "forge", uid: "77d1b2aa" }],
      finalizers: ["customresourcecleanup.apiextensions.k8s.io"],
      namespace: "forge",
    };
    const status = { storedVersions: ["v1"] };
    expect(canonicalDefinition({ ...definition({ metadata }), status }).tree).toEqual(definition(filled));
  });
});

describe("metadata", () => {
  test.each<[string, object, object]>([
    ["labels and annotations", { labels: { a: "", b: "c" }, annotations: { "api-approved.kubernetes.io": "x" } }, { labels: { a: "", b: "c" }, annotations: { "api-approved.kubernetes.io": "x" } }],
    ["annotations, but for what kubectl has applied", { annotations: { ...lastApplied, "example.com/a": "b" } }, { annotations: { "example.com/a": "b" } }],
    ["no empty ones", { labels: {}, annotations: lastApplied }, {}],
    ["what is not of it", { example: { of: null } }, { example: { of: null } }],
  ])("has %s", (_, metadata, wanted) => {
    expect(pulled({ metadata })).toEqual(definition({ metadata: wanted, ...filled }));
  }); // biome-ignore format: a table
});

describe("what the server fills in", () => {
  test.each<[string, DefinitionParts, DefinitionParts]>([
    ["names that follow from the kind", { names: { singular: "", listKind: null } }, {}],
    ["but no others", { names: { singular: "smithy", listKind: "Anvils" } }, { names: { singular: "smithy", listKind: "Anvils" } }],
    ["versions neither served nor stored", { versions: [{}, { name: "v2", served: undefined, storage: null }] }, { versions: [{}, { name: "v2", served: false, storage: false }] }],
    ["no conversion", { spec: { conversion: { strategy: "None" } } }, {}],
    ["the port of a webhook", { spec: conversion({ service: { name: "a", namespace: "b", port: 443 } }) }, { spec: conversion({ service: { name: "a", namespace: "b" } }) }],
    ["but no other port", { spec: conversion({ service: { port: 8443 } }) }, { spec: conversion({ service: { port: 8443 } }) }],
  ])("is there or not, in whatever form it was read: %s", (_, parts, wanted) => {
    const withNames = { ...wanted, names: { ...filled.names, ...wanted.names } };
    expect(pulled(parts)).toEqual(definition(withNames));
  }); // biome-ignore format: a table

  it("is not there where the names are wrong", () => {
    expect(pulled({ names: { kind: 3 } })).toEqual(definition({ names: { kind: 3 } }));
  });
});

function conversion(clientConfig: object): object {
  return { conversion: { strategy: "Webhook", webhook: { clientConfig, conversionReviewVersions: ["v1"] } } };
}

test("the certificate of a conversion webhook is not pulled, its address is", () => {
  const url = "https://forge.example.com/convert";
  expect(pulled({ spec: conversion({ url, caBundle: "Cg==" }) })).toEqual(
    definition({ spec: conversion({ url }), ...filled }),
  );
});

describe("preserveUnknownFields: false", () => {
  it("is left out of v1", () => {
    expect(pulled({ spec: { preserveUnknownFields: false } })).toEqual(definition(filled));
  });

  it("is kept in v1beta1, where its absence means true", () => {
    const apiVersion = "apiextensions.k8s.io/v1beta1";
    const tree = { ...definition({ ...filled, spec: { preserveUnknownFields: false } }), apiVersion };
    expect(canonicalDefinition(tree).tree).toEqual(tree);
  });
});

describe("what says nothing is left out", () => {
  const parts: DefinitionParts = {
    names: { shortNames: [], categories: [] },
    versions: [
      {
        deprecated: false,
        additionalPrinterColumns: [],
        selectableFields: [],
        subresources: { status: {}, scale: null },
      },
      {
        name: "v2",
        additionalPrinterColumns: [{ name: "Age", type: "date", jsonPath: ".a", priority: 0, format: "" }],
      },
    ],
  };

  it("of names and versions", () => {
    expect(pulled(parts)).toEqual(
      definition({
        ...filled,
        versions: [
          { subresources: { status: {} } },
          { name: "v2", additionalPrinterColumns: [{ name: "Age", type: "date", jsonPath: ".a" }] },
        ],
      }),
    );
  });

  test.each<[string, object, object]>([
    ["texts", { description: "", title: "", pattern: "", format: "", type: "" }, {}],
    ["flags", { nullable: false, uniqueItems: false, exclusiveMaximum: false, "x-kubernetes-int-or-string": false }, {}],
    ["lists and maps", { required: [], enum: [], allOf: [], properties: {}, "x-kubernetes-validations": [] }, {}],
    ["null", { default: null, example: null, minimum: null, items: null, "x-nobody-knows": null }, {}],
    ["in every schema", { properties: { a: { items: { not: { anyOf: [{ title: "" }] } } } }, additionalProperties: { type: "" } }, { properties: { a: { items: { not: { anyOf: [{}] } } } }, additionalProperties: {} }],
    ["in rules", { "x-kubernetes-validations": [{ rule: "true", message: "", fieldPath: "" }] }, { "x-kubernetes-validations": [{ rule: "true" }] }],
    ["in documentation", { externalDocs: { url: "", description: "" } }, { externalDocs: {} }],
  ])("of schemas: %s", (_, schema, wanted) => {
    expect(pulledSchema(schema)).toEqual(wanted);
  }); // biome-ignore format: a table
});

describe("what may say something is kept", () => {
  test.each<[string, object]>([
    ["values of any kind", { default: { a: null, required: [], title: "" }, example: "", enum: [null, "", false, 0] }],
    ["bounds of nothing", { minimum: 0, maximum: 0, minLength: 0, maxItems: 0, multipleOf: 0 }],
    ["properties that are called like keywords", { properties: { title: {}, required: {}, nullable: {}, ["__proto__"]: { default: "" } } }],
    ["additionalProperties", { additionalProperties: false }],
    ["keywords that no server knows", { const: "", "x-descriptors": [], extends: { title: "" }, if: false }],
    ["what is of a wrong type", { required: "", nullable: "no", properties: [], description: 3, allOf: {}, items: [null] }],
  ])("%s", (_, schema) => {
    expect(pulledSchema(schema)).toEqual(schema);
  }); // biome-ignore format: a table

  it("also a property that is null, which is an empty schema", () => {
    expect(pulledSchema({ properties: { a: null } })).toEqual({ properties: { a: {} } });
  });
});

describe("integers that reading may have rounded", () => {
  const path = ["spec", "versions", 0, "schema", "openAPIV3Schema"];

  test.each<[string, object, readonly (string | number)[]]>([
    ["a default", { properties: { a: { default: 2 ** 63 } } }, ["properties", "a", "default"]],
    ["inside of a default", { default: { a: [1, { maximum: -(2 ** 53) }] } }, ["default", "a", 1, "maximum"]],
    ["a value of an enum", { enum: [1, 2 ** 60] }, ["enum", 1]],
    ["a size", { maxLength: 2 ** 63 }, ["maxLength"]],
  ])("are found: %s", (_, schema, below) => {
    expect(canonicalDefinition(definition({ schema })).rounded).toEqual([[...path, ...below]]);
  });

  it("are not those that the server keeps as doubles, and no floats", () => {
    const schema = { minimum: -(2 ** 63), maximum: 2 ** 63, multipleOf: 2 ** 60, default: 1e300, example: 2 ** 53 - 1 };
    expect(canonicalDefinition(definition({ schema })).rounded).toEqual([]);
  });
});
