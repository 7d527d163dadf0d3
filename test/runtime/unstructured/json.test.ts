import { runInNewContext } from "node:vm";
import { describe, expect, it, test } from "vitest";
import {
  isJsonObject,
  type JsonObject,
  jsonTypeOf,
  ownValue,
  setOwnValue,
} from "../../../src/runtime/unstructured/json.ts";

class Money {
  amount = 1;
}

test.each<[string, unknown, boolean, string]>([
  ["an object", { a: 1 }, true, "an object"],
  ["an object without a prototype", Object.create(null), true, "an object"],
  ["an object of another realm", runInNewContext("({ a: 1 })"), true, "an object"],
  ["an object with a key __proto__", JSON.parse('{"__proto__":1}'), true, "an object"],
  ["an instance of a class", new Money(), false, "an instance of a class"],
  ["a Date", new Date(0), false, "an instance of a class"],
  ["a Map", new Map(), false, "an instance of a class"],
  ["an object that inherits", Object.create({ a: 1 }), false, "an instance of a class"],
  ["a list", [], false, "a list"],
  ["null", null, false, "null"],
  ["undefined", undefined, false, "undefined"],
  ["a string", "a", false, "a string"],
  ["a number", 1.5, false, "a number"],
  ["NaN", Number.NaN, false, "a number that is not finite"],
  ["a boolean", false, false, "a boolean"],
  ["a bigint", 1n, false, "a bigint"],
  ["a symbol", Symbol("a"), false, "a symbol"],
  ["a function", () => 1, false, "a function"],
])("%s", (_, value, isObject, type) => {
  expect(isJsonObject(value)).toBe(isObject);
  expect(jsonTypeOf(value)).toBe(type);
});

describe("keys that every object inherits something under", () => {
  it.each(["constructor", "toString", "hasOwnProperty", "__proto__"])("%s is absent until it is set", (key) => {
    const object: JsonObject = {};
    expect(ownValue(object, key)).toBeUndefined();
    setOwnValue(object, key, { a: 1 });
    expect(ownValue(object, key)).toEqual({ a: 1 });
    setOwnValue(object, key, "b");
    expect(JSON.stringify(object)).toBe(`{${JSON.stringify(key)}:"b"}`);
    expect(Object.getPrototypeOf(object)).toBe(Object.prototype);
  });
});
