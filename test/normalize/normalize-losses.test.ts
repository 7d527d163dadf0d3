import { describe, expect, it, test } from "vitest";
import { normalizeNode } from "./normalized.ts";

const string = { type: "string" };
const text = { kind: "scalar", type: "string" };
const unknown = { kind: "unknown" };

const impossible = {
  kind: "enum",
  description: "Required, but not declared: the API server drops it, and then accepts no such object.",
};

describe("what no type can say is reported", () => {
  test.each<[string, object, object, string[]]>([
    [
      "additionalProperties: true",
      { type: "object", additionalProperties: true },
      { kind: "map", values: unknown },
      ["weaker: additionalProperties: true → Record<string, unknown>; objects inside the values are pruned"],
    ],
    [
      "… beside properties",
      { type: "object", additionalProperties: true, properties: { a: string } },
      { kind: "object", open: true, properties: { a: text } },
      ["weaker: additionalProperties beside properties → [key: string]: unknown"],
    ],
    [
      "a schema beside properties",
      { type: "object", additionalProperties: string, properties: { a: string } },
      { kind: "object", open: true, properties: { a: text } },
      ["weaker: additionalProperties beside properties → [key: string]: unknown"],
    ],
    [
      "an enum of nothing",
      { ...string, enum: [1] },
      { kind: "enum" },
      ["weaker: enum without a value that its type allows → never"],
    ],
    [
      "an enum of null",
      { ...string, nullable: true, enum: [null] },
      { kind: "enum" },
      ["weaker: enum without a value that its type allows → never"],
    ],
    [
      "an array without items",
      { type: "array" },
      { kind: "array", items: unknown },
      ["weaker: list without items → unknown[]"],
    ],
    ["neither type nor extension", {}, unknown, ["weaker: no type → unknown"]],
    [
      "properties without type",
      { properties: { a: string } },
      { kind: "object", properties: { a: text } },
      ["weaker: no type → taken as type object"],
    ],
    [
      "properties without type where any value is kept",
      { properties: { a: string }, "x-kubernetes-preserve-unknown-fields": true },
      unknown,
      ["weaker: no type → unknown"],
    ],
    [
      "items without type",
      { items: string },
      { kind: "array", items: text },
      ["weaker: no type → taken as type array"],
    ],
    ["an unknown type", { type: "BoolString" }, unknown, ['weaker: type "BoolString", which does not exist → unknown']],
    [
      "a type that Object has",
      { type: "toString" },
      unknown,
      ['weaker: type "toString", which does not exist → unknown'],
    ],
    [
      "a required key without property",
      { type: "object", properties: { a: string }, required: ["b"] },
      { kind: "object", properties: { a: text, "b!": impossible } },
      ['weaker: required key "b", which has no property → never'],
    ],
    [
      "required keys of an empty object",
      { type: "object", required: ["b"] },
      { kind: "object", properties: { "b!": impossible } },
      ['weaker: required key "b", which has no property → never'],
    ],
    [
      "a keyed list of scalars",
      { type: "array", "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["a"], items: string },
      { kind: "array", items: text },
      ["weaker: list-type map whose items are no objects with all of its keys → an ordinary list"],
    ],
    [
      "a keyed list without keys",
      { type: "array", "x-kubernetes-list-type": "map", items: { type: "object", properties: { a: string } } },
      { kind: "array", items: { kind: "object", properties: { a: text } } },
      ["weaker: list-type map whose items are no objects with all of its keys → an ordinary list"],
    ],
    [
      "an unknown keyword",
      { ...string, $ref: "#/a", "x-odd": 1, constructor: 2 },
      text,
      ["lost: keyword $ref → nothing", "lost: keyword x-odd → nothing", "lost: keyword constructor → nothing"],
    ],
  ])("%s", (_, node, schema, losses) => {
    expect(normalizeNode(node)).toEqual({ schema, losses, errors: [], counts: {} });
  });

  it("with the path of the node", () => {
    const node = {
      type: "object",
      properties: { "a.b": { type: "array", items: { type: "object", additionalProperties: {} } } },
    };
    expect(normalizeNode(node).losses).toEqual([
      'properties["a.b"].items.additionalProperties: weaker: no type → unknown',
    ]);
  });

  it("but for unknown keywords that are null", () => {
    expect(normalizeNode({ ...string, $ref: null, items: null, minimum: null })).toMatchObject({
      schema: text,
      losses: [],
    });
  });
});

describe("rules over values stand in the comment", () => {
  test.each<[string, object, string[]]>([
    [
      "oneOf of more than five",
      {
        type: "object",
        properties: Object.fromEntries([..."abcdef"].map((key) => [key, string])),
        oneOf: [..."abcdef"].map((key) => ({ required: [key] })),
      },
      [
        'oneOf [{"required":["a"]},{"required":["b"]},{"required":["c"]},{"required":["d"]},{"required":["e"]},{"required":["f"]}]',
      ],
    ],
    [
      "oneOf that says more",
      {
        type: "object",
        properties: { a: string, b: string },
        oneOf: [{ required: ["a"], minProperties: 1 }, { required: ["b"] }],
      },
      ['oneOf [{"minProperties":1,"required":["a"]},{"required":["b"]}]'],
    ],
    [
      "allOf, anyOf, oneOf and not",
      {
        ...string,
        not: { pattern: "a" },
        oneOf: [{ minLength: 1 }],
        anyOf: [{ maxLength: 1 }],
        allOf: [{ pattern: "b" }],
      },
      ['allOf [{"pattern":"b"}]', 'anyOf [{"maxLength":1}]', 'oneOf [{"minLength":1}]', 'not {"pattern":"a"}'],
    ],
    ["an enum of objects", { type: "object", properties: { a: string }, enum: [{ a: "b" }] }, ['enum [{"a":"b"}]']],
  ])("%s", (_, node, tags) => {
    const { schema, losses, counts } = normalizeNode(node);
    expect(schema).toMatchObject({ tags });
    expect(losses).toEqual([]);
    expect(counts).toEqual(Object.fromEntries(tags.map((tag) => [tag.split(" ")[0], 1])));
  });
});
