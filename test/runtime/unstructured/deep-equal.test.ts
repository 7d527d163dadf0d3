import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { InvalidArgumentError } from "../../../src/runtime/errors/invalid-argument.ts";
import { deepCopy } from "../../../src/runtime/unstructured/deep-copy.ts";
import { deepEqual } from "../../../src/runtime/unstructured/deep-equal.ts";
import { isJsonObject, type JsonValue, setOwnValue } from "../../../src/runtime/unstructured/json.ts";
import { Unstructured } from "../../../src/runtime/unstructured/unstructured.ts";
import { runs } from "../../properties/runs.ts";
import { jsonValues } from "./arbitrary-json.ts";

describe("JSON texts", () => {
  it.each<[string, string]>([
    ['{"a":1,"b":[2]}', '{"b":[2],"a":1}'],
    ['{"a":1}', '{"a":1.0}'],
    ['{"a":100}', '{"a":1e2}'],
    ['{"a":0}', '{"a":-0}'],
    ['{"a":null}', '{"a":null}'],
    ["[]", "[]"],
    ["{}", "{}"],
    ['{"__proto__":{"a":1}}', '{"__proto__":{"a":1}}'],
    ['"a"', '"a"'],
    ["null", "null"],
  ])("%s and %s are equal", (left, right) => {
    expect(deepEqual(JSON.parse(left), JSON.parse(right))).toBe(true);
    expect(deepEqual(JSON.parse(right), JSON.parse(left))).toBe(true);
  });

  it.each<[string, string]>([
    // What is absent, null, an empty list and an empty object are four things.
    ["{}", '{"a":null}'],
    ["{}", '{"a":[]}'],
    ["{}", '{"a":{}}'],
    ['{"a":null}', '{"a":[]}'],
    ['{"a":null}', '{"a":{}}'],
    ['{"a":[]}', '{"a":{}}'],
    ['{"a":null}', '{"b":null}'],
    ["null", "{}"],
    ["[]", "{}"],
    ["[1,2]", "[2,1]"],
    ["[1]", "[1,1]"],
    ["[null]", "[]"],
    ['{"a":1}', '{"a":"1"}'],
    ['{"a":0}', '{"a":false}'],
    ['{"a":""}', '{"a":null}'],
    ['{"a":1}', '{"a":1,"b":2}'],
    ['{"a":1}', '{"b":1}'],
    ['{"__proto__":{"a":1}}', "{}"],
    ['{"__proto__":{"a":1}}', '{"__proto__":{"a":2}}'],
    ['{"constructor":1}', '{"toString":1}'],
    ['{"toString":1}', "{}"],
    ['{"spec":{"a":[{"b":1}]}}', '{"spec":{"a":[{"b":2}]}}'],
  ])("%s and %s are not", (left, right) => {
    expect(deepEqual(JSON.parse(left), JSON.parse(right))).toBe(false);
    expect(deepEqual(JSON.parse(right), JSON.parse(left))).toBe(false);
  });
});

test("values are compared as deep as they go", () => {
  const deep = (inner: string): unknown => JSON.parse(`${'{"a":['.repeat(10_000)}${inner}${"]}".repeat(10_000)}`);
  expect(deepEqual(deep("1"), deep("1"))).toBe(true);
  expect(deepEqual(deep("1"), deep("2"))).toBe(false);
});

test("objects that contain themselves are refused where they would be compared for ever", () => {
  const cycle = (length: number): object => {
    const first: Record<string, unknown> = {};
    let last = first;
    for (let count = 1; count < length; count++) {
      const next = {};
      last.a = next;
      last = next;
    }
    last.a = first;
    return first;
  };
  const message = "value: wanted JSON, got an object that contains itself";
  expect(() => deepEqual(cycle(2), cycle(3))).toThrow(message);
  expect(() => deepEqual([cycle(1)], [cycle(1)])).toThrow(InvalidArgumentError);
  expect(deepEqual(cycle(2), { a: { a: { a: { a: 1 } } } })).toBe(false);
  expect(deepEqual({ a: { a: { a: {} } } }, cycle(1))).toBe(false);
  const part = { a: { b: 1 } };
  expect(deepEqual({ a: part, b: part }, { a: { a: { b: 1 } }, b: { a: { b: 1 } } })).toBe(true);
});

test("a field that is undefined is absent", () => {
  expect(deepEqual({ a: undefined, b: 1 }, { b: 1 })).toBe(true);
  expect(deepEqual({ a: undefined }, { b: undefined })).toBe(true);
  expect(deepEqual({ a: undefined, b: 1 }, { a: 1, b: undefined })).toBe(false);
  expect(deepEqual({ a: undefined }, { a: null })).toBe(false);
});

test("an object without a prototype is one like others", () => {
  expect(deepEqual(Object.assign(Object.create(null), { a: 1 }), { a: 1 })).toBe(true);
});

test("an Unstructured is its content", () => {
  const object = { kind: "MyCoolApp", spec: { replicas: 1 } };
  expect(deepEqual(new Unstructured(object), new Unstructured(deepCopy(object)))).toBe(true);
  expect(deepEqual(new Unstructured(object), object)).toBe(true);
  expect(deepEqual(new Unstructured(object), new Unstructured({ ...object, spec: {} }))).toBe(false);
});

test("what JSON does not have equals itself alone", () => {
  const date = new Date(0);
  expect(deepEqual({ date }, { date })).toBe(true);
  expect(deepEqual(new Date(0), new Date(0))).toBe(false);
  expect(deepEqual(new Map(), new Map())).toBe(false);
  expect(deepEqual(Number.NaN, Number.NaN)).toBe(false);
});

test("a copy is equal, whatever the order of its keys, and one with a change is not", () => {
  fc.assert(
    fc.property(jsonValues, jsonValues, (value, other) => {
      expect(deepEqual(value, reversed(value))).toBe(true);
      expect(deepEqual([value], [{ value }])).toBe(false);
      const same = canonical(value) === canonical(other);
      expect(deepEqual(value, other)).toBe(same);
    }),
    runs(500),
  );
});

/** The same with the keys of every object the other way round. */
function reversed(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(reversed);
  if (!isJsonObject(value)) return value;
  const copy = {};
  for (const [key, item] of Object.entries(value).reverse()) setOwnValue(copy, key, reversed(item ?? null));
  return copy;
}

/** A text that is the same for equal values. */
function canonical(value: JsonValue): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (!isJsonObject(value)) return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}:${canonical(item ?? null)}`);
  return `{${entries.sort().join()}}`;
}
