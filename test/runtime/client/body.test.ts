import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { bodyText } from "../../../src/runtime/client/body.ts";
import { runs } from "../../properties/runs.ts";
import { jsonValues } from "../unstructured/arbitrary-json.ts";

it.each<[string, unknown, string]>([
  ["an object", { a: 1, b: [true, null, "x"], c: { d: -0.5 } }, '{"a":1,"b":[true,null,"x"],"c":{"d":-0.5}}'],
  ["null", null, "null"],
  ["a key without a value", { a: undefined, b: 1 }, '{"b":1}'],
  ["a key __proto__", JSON.parse('{"__proto__":{"a":1}}'), '{"__proto__":{"a":1}}'],
  ["an object without a prototype", Object.assign(Object.create(null), { a: 1 }), '{"a":1}'],
  ["what knows its own JSON", { at: new Date(0) }, '{"at":"1970-01-01T00:00:00.000Z"}'],
  ["what ends a line in YAML", "a\u0085b\u2028c\u2029d\ne", '"a\\u0085b\\u2028c\\u2029d\\ne"'],
  ["what may not stand in YAML", "\u007f\u0080\u009f\ufffe\uffff\ufeff", '"\\u007f\\u0080\\u009f\\ufffe\\uffff\ufeff"'],
  ["what ends a line in YAML, in a key", { "a\u2028": 1 }, '{"a\\u2028":1}'],
  ["characters beyond ASCII", "é😀", '"é😀"'],
  ["half a character", "\ud800", '"\\ud800"'],
])("%s", (_, value, text) => {
  expect(bodyText("object", value)).toBe(text);
  expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
});

describe("refuses", () => {
  it.each<[string, unknown, string]>([
    [
      "NaN",
      { spec: { replicas: Number.NaN } },
      'object: wanted JSON, got a number that is not finite under the key "replicas"',
    ],
    [
      "infinity",
      { a: Number.NEGATIVE_INFINITY },
      'object: wanted JSON, got a number that is not finite under the key "a"',
    ],
    [
      "undefined in a list",
      { args: ["a", undefined] },
      'object: wanted JSON, got undefined in a list under the key "1"',
    ],
    ["a hole in a list", { args: new Array(1) }, 'object: wanted JSON, got undefined in a list under the key "0"'],
    ["a bigint", { a: 1n }, 'object: wanted JSON, got a bigint under the key "a"'],
    ["a function", { a: () => 1 }, 'object: wanted JSON, got a function under the key "a"'],
    ["a symbol", { a: Symbol("canary") }, 'object: wanted JSON, got a symbol under the key "a"'],
    ["a Map", { a: new Map([["b", "canary"]]) }, 'object: wanted JSON, got a Map or a Set under the key "a"'],
    ["an invalid Date", { a: new Date("x") }, 'object: wanted JSON, got a Date that is invalid under the key "a"'],
    ["a Set", { a: new Set(["canary"]) }, 'object: wanted JSON, got a Map or a Set under the key "a"'],
    ["a function by itself", () => 1, "object: wanted JSON, got a function"],
    ["NaN by itself", Number.NaN, "object: wanted JSON, got a number that is not finite"],
  ])("%s", (_, value, message) => {
    expect(() => bodyText("object", value)).toThrow(
      expect.objectContaining({ name: "InvalidArgumentError", argument: "object", message }),
    );
  });
});

test("every JSON value survives, and its text has no line but one", () => {
  fc.assert(
    fc.property(jsonValues, (value) => {
      const text = bodyText("object", value);
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      expect(text).not.toMatch(/[\u007f-\u009f\u2028\u2029\ufffe\uffff\n]/);
    }),
    runs(200),
  );
});
