import { describe, expect, it, test } from "vitest";
import { scalarChoice, scalarType } from "../../src/normalize/value-rules.ts";
import { normalizeNode } from "./normalized.ts";

test.each<[string | undefined, string | undefined]>([
  ["string", "string"],
  ["integer", "number"],
  ["number", "number"],
  ["boolean", "boolean"],
  ["object", undefined],
  ["array", undefined],
  ["constructor", undefined],
  [undefined, undefined],
])("the scalar type of %j is %j", (type, expected) => {
  expect(scalarType(type)).toBe(expected);
});

test.each<[readonly object[] | undefined, readonly string[] | undefined]>([
  [
    [{ type: "string" }, { type: "integer" }, { type: "number" }],
    ["number", "string"],
  ],
  [[{ type: "string" }], ["string"]],
  [[{ type: "string" }, { type: "object" }], undefined],
  [[{ type: "string" }, {}], undefined],
  [[], undefined],
  [undefined, undefined],
])("%j is a choice of %j", (branches, expected) => {
  expect(scalarChoice(branches as Parameters<typeof scalarChoice>[0])).toEqual(expected);
});

describe("a oneOf is an exclusive union", () => {
  const properties = Object.fromEntries([..."abcde"].map((key) => [key, { type: "string" }]));
  const needs = (...keys: readonly string[]): object => ({ required: keys });
  const exclusiveOf = (node: object): unknown =>
    (normalizeNode({ type: "object", properties, ...node }).schema as { exclusive?: unknown }).exclusive ?? [];

  test.each<[string, object, string[]]>([
    ["of two branches", { oneOf: [needs("a"), needs("b")] }, ["a", "b"]],
    ["of five branches", { oneOf: [..."abcde"].map((key) => needs(key)) }, [..."abcde"]],
    ["of one branch: no", { oneOf: [needs("a")] }, []],
    ["with a key twice: no", { oneOf: [needs("a"), needs("a")] }, []],
    ["with two keys in a branch: no", { oneOf: [needs("a", "b"), needs("c")] }, []],
    ["with a key that has no property: no", { oneOf: [needs("a"), needs("z")] }, []],
    ["with a branch that says more: no", { oneOf: [needs("a"), { ...needs("b"), not: {} }] }, []],
    ["with a key that is required anyway: no", { oneOf: [needs("a"), needs("b")], required: ["a"] }, []],
    [
      "with a key that has a default: no",
      { oneOf: [needs("a"), needs("b")], properties: { ...properties, a: { type: "string", default: "x" } } },
      [],
    ],
    [
      "with a key that every object inherits something under: no",
      { oneOf: [needs("a"), needs("valueOf")], properties: { ...properties, valueOf: { type: "string" } } },
      [],
    ],
    ["as an anyOf: no", { anyOf: [needs("a"), needs("b")] }, []],
  ])("%s", (_, node, keys) => {
    expect(exclusiveOf(node)).toEqual(keys);
  });

  it("and is said in the comment where it is none", () => {
    const node = { type: "object", properties, oneOf: [needs("a"), needs("a")] };
    expect(normalizeNode(node).counts).toEqual({ oneOf: 1 });
    expect(normalizeNode({ ...node, oneOf: [needs("a"), needs("b")] }).counts).toEqual({});
  });
});

describe("beside int-or-string", () => {
  const node = { "x-kubernetes-int-or-string": true };
  const both = [{ type: "integer" }, { type: "string" }];
  test.each<[object, Record<string, number>]>([
    [{ anyOf: both }, {}],
    [{ allOf: [{ anyOf: both }] }, {}],
    [{ allOf: [{ anyOf: both }, { pattern: "a" }] }, { allOf: 1 }],
    [{ anyOf: [{ type: "integer", minimum: 1 }, { type: "string" }] }, { anyOf: 1 }],
    [{ anyOf: [...both, { type: "boolean" }] }, { anyOf: 1 }],
    [{ oneOf: both }, { oneOf: 1 }],
  ])("%j is said %j times in the comment", (rules, counts) => {
    expect(normalizeNode({ ...node, ...rules })).toMatchObject({ counts, losses: [] });
  });
});

test("an int-or-string whose rules hold what is no schema is read all the same", () => {
  const node = { "x-kubernetes-int-or-string": true, allOf: [{ anyOf: [null, { type: "string" }] }] };
  expect(normalizeNode(node).schema).toMatchObject({ kind: "int-or-string" });
});
