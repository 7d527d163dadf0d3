import { describe, expect, test } from "vitest";
import { normalizeNode } from "./normalized.ts";

const string = { type: "string" };
const text = { kind: "scalar", type: "string" };
const unknown = { kind: "unknown" };
const open = { "x-kubernetes-preserve-unknown-fields": true };

describe("a node", () => {
  test.each<[string, object, object]>([
    ["string", string, text],
    ["integer", { type: "integer" }, { kind: "scalar", type: "number", tags: ["integer"] }],
    [
      "integer of a format",
      { type: "integer", format: "int64" },
      { kind: "scalar", type: "number", tags: ["format int64"] },
    ],
    [
      "integer of an odd format",
      { type: "integer", format: "date" },
      { kind: "scalar", type: "number", tags: ["integer", "format date"] },
    ],
    ["number", { type: "number" }, { kind: "scalar", type: "number" }],
    ["boolean", { type: "boolean" }, { kind: "scalar", type: "boolean" }],
    ["date-time", { type: "string", format: "date-time" }, { ...text, tags: ["format date-time"] }],
    [
      "object with properties",
      { type: "object", properties: { b: string, a: string }, required: ["b"] },
      { kind: "object", properties: { a: text, "b!": text } },
    ],
    ["object without properties", { type: "object" }, { kind: "empty" }],
    ["object with no properties", { type: "object", properties: {} }, { kind: "empty" }],
    ["map", { type: "object", additionalProperties: string }, { kind: "map", values: text }],
    [
      "map beside no properties",
      { type: "object", additionalProperties: string, properties: {} },
      { kind: "map", values: text },
    ],
    [
      "map of objects that are called metadata",
      { type: "object", properties: { metadata: { type: "object" } } },
      { kind: "object", properties: { metadata: { kind: "empty" } } },
    ],
    ["additionalProperties: false", { type: "object", additionalProperties: false }, { kind: "empty" }],
    ["preserve-unknown", { type: "object", ...open }, { kind: "object", open: true, properties: {} }],
    [
      "preserve-unknown with properties",
      { type: "object", ...open, properties: { a: string } },
      { kind: "object", open: true, properties: { a: text } },
    ],
    [
      "preserve-unknown with required keys",
      { type: "object", ...open, properties: { b: string }, required: ["c", "a", "c"] },
      { kind: "object", open: true, properties: { "a!": unknown, b: text, "c!": unknown } },
    ],
    [
      "preserve-unknown on an array",
      { type: "array", ...open, items: { type: "object" } },
      { kind: "array", items: { kind: "object", open: true, properties: {} } },
    ],
    [
      "preserve-unknown on an array of arrays",
      { type: "array", ...open, items: { type: "array", items: { type: "object" } } },
      { kind: "array", items: { kind: "array", items: { kind: "object", open: true, properties: {} } } },
    ],
    ["preserve-unknown on a scalar", { ...string, ...open }, text],
    ["preserve-unknown without type", open, unknown],
    ["preserve-unknown on the items only", { type: "array", items: open }, { kind: "array", items: unknown }],
    ["int-or-string", { "x-kubernetes-int-or-string": true }, { kind: "int-or-string" }],
    [
      "int-or-string with anyOf",
      { "x-kubernetes-int-or-string": true, anyOf: [{ type: "integer" }, { type: "string" }] },
      { kind: "int-or-string" },
    ],
    [
      "int-or-string with anyOf in allOf",
      { "x-kubernetes-int-or-string": true, allOf: [{ anyOf: [{ type: "string" }, { type: "integer" }] }] },
      { kind: "int-or-string" },
    ],
    ["int-or-string with a type", { "x-kubernetes-int-or-string": true, type: "integer" }, { kind: "int-or-string" }],
    [
      "int-or-string with a pattern",
      { "x-kubernetes-int-or-string": true, pattern: "^a" },
      { kind: "int-or-string", tags: ["pattern ^a"] },
    ],
    [
      "int-or-string with an enum",
      { "x-kubernetes-int-or-string": true, type: "string", enum: [1, "a", true] },
      { kind: "enum", values: [1, "a"] },
    ],
    [
      "embedded-resource",
      { type: "object", "x-kubernetes-embedded-resource": true, properties: { spec: string } },
      { kind: "object", embedded: true, properties: { spec: text } },
    ],
    [
      "embedded-resource alone",
      { type: "object", "x-kubernetes-embedded-resource": true },
      { kind: "object", embedded: true, properties: {} },
    ],
    [
      "embedded-resource that is open",
      { type: "object", "x-kubernetes-embedded-resource": true, ...open },
      { kind: "object", embedded: true, open: true, properties: {} },
    ],
    ["enum", { ...string, enum: ["b", "", "B", "b"] }, { kind: "enum", values: ["b", "", "B"] }],
    ["enum of numbers", { type: "number", enum: [1, 2.5, "1"] }, { kind: "enum", values: [1, 2.5] }],
    ["enum of whole numbers", { type: "integer", enum: [1, 2.5] }, { kind: "enum", values: [1] }],
    ["enum of booleans", { type: "boolean", enum: [true, "true"] }, { kind: "enum", values: [true] }],
    [
      "enum that is nullable and lists null",
      { ...string, nullable: true, enum: ["a", null] },
      { kind: "enum", values: ["a"] },
    ],
    ["nullable", { ...string, nullable: true }, { ...text, nullable: true }],
    ["default", { ...string, default: "a" }, { ...text, default: "a", tags: ['default "a"'] }],
    [
      "default that is an object",
      { type: "object", default: {}, properties: { a: string } },
      { kind: "object", default: {}, tags: ["default {}"], properties: { a: text } },
    ],
    ["default: null", { ...string, default: null, nullable: true }, { ...text, nullable: true }],
    ["array", { type: "array", items: string }, { kind: "array", items: text }],
    [
      "keyed list",
      {
        type: "array",
        "x-kubernetes-list-type": "map",
        "x-kubernetes-list-map-keys": ["b", "a"],
        items: { type: "object", properties: { a: string, b: string } },
      },
      { kind: "array", mapKeys: ["b", "a"], items: { kind: "object", properties: { a: text, b: text } } },
    ],
    [
      "set",
      { type: "array", "x-kubernetes-list-type": "set", items: string },
      { kind: "array", items: text, tags: ["listType set"] },
    ],
    [
      "atomic list",
      { type: "array", "x-kubernetes-list-type": "atomic", items: string },
      { kind: "array", items: text },
    ],
    [
      "atomic map",
      { type: "object", "x-kubernetes-map-type": "atomic", additionalProperties: string },
      { kind: "map", atomic: true, values: text },
    ],
    [
      "atomic object",
      { type: "object", "x-kubernetes-map-type": "atomic", properties: { a: string } },
      { kind: "object", atomic: true, properties: { a: text } },
    ],
    [
      "granular map",
      { type: "object", "x-kubernetes-map-type": "granular", additionalProperties: string },
      { kind: "map", values: text },
    ],
    [
      "exclusive union",
      { type: "object", properties: { a: string, b: string }, oneOf: [{ required: ["b"] }, { required: ["a"] }] },
      { kind: "object", exclusive: ["b", "a"], properties: { a: text, b: text } },
    ],
    [
      "scalars in anyOf",
      { anyOf: [{ type: "string" }, { type: "integer" }] },
      { kind: "scalar-union", types: ["number", "string"] },
    ],
    [
      "scalars in oneOf",
      { oneOf: [{ type: "boolean" }, { type: "string" }] },
      { kind: "scalar-union", types: ["boolean", "string"] },
    ],
    ["description", { ...string, description: "What it is." }, { ...text, description: "What it is." }],
  ])("%s", (_, node, schema) => {
    expect(normalizeNode(node)).toEqual({ schema, losses: [], errors: [], counts: expect.anything() });
  });
});
