import { expect, test } from "vitest";
import { normalizeNode } from "./normalized.ts";

test.each<[string, unknown, string]>([
  ["type", ["string"], "type: expected a string, got a list"],
  ["description", 3, "description: expected a string, got 3"],
  ["nullable", "yes", 'nullable: expected true or false, got "yes"'],
  ["properties", [], "properties: expected an object, got a list"],
  ["items", [{}], "items: expected an object, got a list"],
  ["not", true, "not: expected an object, got true"],
  ["required", true, "required: expected a list of strings, got true"],
  ["required", ["a", 1], "required[1]: expected a string, got 1"],
  ["additionalProperties", "x", 'additionalProperties: expected an object, true or false, got "x"'],
  ["enum", "one", 'enum: expected a list, got "one"'],
  ["oneOf", {}, "oneOf: expected a list of schemas, got an object"],
  ["anyOf", [1], "anyOf[0]: expected an object, got 1"],
  ["allOf", [null], "allOf[0]: expected an object, got null"],
  ["x-kubernetes-int-or-string", 1, "x-kubernetes-int-or-string: expected true or false, got 1"],
  [
    "x-kubernetes-preserve-unknown-fields",
    "true",
    'x-kubernetes-preserve-unknown-fields: expected true or false, got "true"',
  ],
  ["x-kubernetes-embedded-resource", {}, "x-kubernetes-embedded-resource: expected true or false, got an object"],
  ["x-kubernetes-list-type", "bag", 'x-kubernetes-list-type: expected atomic, set or map, got "bag"'],
  ["x-kubernetes-list-map-keys", "a", 'x-kubernetes-list-map-keys: expected a list of strings, got "a"'],
  ["x-kubernetes-map-type", "set", 'x-kubernetes-map-type: expected granular or atomic, got "set"'],
])("%s: %j is of the wrong type", (keyword, value, error) => {
  expect(normalizeNode({ type: "object", [keyword]: value }).errors).toContain(error);
});

test.each([
  "type",
  "description",
  "nullable",
  "default",
  "properties",
  "required",
  "enum",
  "oneOf",
  "x-kubernetes-validations",
  "x-kubernetes-list-type",
  "externalDocs",
])("%s: null is as if it were not there", (keyword) => {
  const without = { "x-kubernetes-preserve-unknown-fields": true };
  expect(normalizeNode({ ...without, [keyword]: null })).toEqual(normalizeNode(without));
});

test("a schema that is no object is of the wrong type, wherever it stands", () => {
  const node = { type: "object", properties: { "a/b": 3, c: { type: "object", properties: { d: [] } } } };
  expect(normalizeNode(node).errors).toEqual([
    'properties["a/b"]: expected a schema, got 3',
    "properties.c.properties.d: expected a schema, got a list",
  ]);
});
