import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { InvalidArgumentError } from "../../../src/runtime/errors/invalid-argument.ts";
import {
  deepCopy,
  isJsonObject,
  type JsonObject,
  jsonTypeOf,
  ownValue,
  setOwnValue,
} from "../../../src/runtime/unstructured/json.ts";
import { runs } from "../../properties/runs.ts";
import { jsonValues } from "./arbitrary-json.ts";

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

describe("deepCopy", () => {
  it("has the same text and shares nothing", () => {
    fc.assert(
      fc.property(jsonValues, (value) => {
        const copy = deepCopy(value);
        expect(JSON.stringify(copy)).toBe(JSON.stringify(value));
        const originals = new Set(objectsIn(value));
        expect(objectsIn(copy).filter((part) => originals.has(part))).toEqual([]);
        expect(objectsIn(copy)).toHaveLength(originals.size);
      }),
      runs(500),
    );
  });

  it("keeps __proto__ as a key like any other", () => {
    const copy = deepCopy(JSON.parse('{"__proto__":{"polluted":true},"a":{"__proto__":"x"}}'));
    expect(JSON.stringify(copy)).toBe('{"__proto__":{"polluted":true},"a":{"__proto__":"x"}}');
    expect(copy.polluted).toBeUndefined();
  });

  it("leaves out fields that are undefined", () => {
    const copy = deepCopy({ a: undefined, b: { c: undefined, d: null } });
    expect(Object.hasOwn(copy, "a")).toBe(false);
    expect(JSON.stringify(copy)).toBe('{"b":{"d":null}}');
  });

  it("copies a part twice that is there twice", () => {
    const part = { a: 1 };
    const copy = deepCopy({ left: part, right: [part] });
    expect(copy).toEqual({ left: { a: 1 }, right: [{ a: 1 }] });
    expect(copy.left).not.toBe(copy.right[0]);
  });

  it("copies what is frozen to what can be changed", () => {
    const copy = deepCopy(Object.freeze({ list: Object.freeze(["a"]) }));
    expect(Object.isFrozen(copy)).toBe(false);
    expect(Object.isFrozen(copy.list)).toBe(false);
  });

  it("keeps the type of what it copies", () => {
    interface Typed {
      image: string;
    }
    const copy: Typed = deepCopy<Typed>({ image: "web:v1" });
    expect(copy).toEqual({ image: "web:v1" });
  });

  it.each<[string, unknown, string]>([
    ["undefined", undefined, "value: wanted JSON, got undefined"],
    ["undefined in a list", { spec: { args: ["a", undefined] } }, "value: wanted JSON, got undefined at .spec.args[1]"],
    ["a hole in a list", new Array(1), "value: wanted JSON, got undefined at [0]"],
    ["a function", { spec: { hook: () => 1 } }, "value: wanted JSON, got a function at .spec.hook"],
    ["a symbol", [Symbol("supersecret-prod")], "value: wanted JSON, got a symbol at [0]"],
    ["a bigint", { "a/b": 1n }, 'value: wanted JSON, got a bigint at ["a/b"]'],
    ["NaN", Number.NaN, "value: wanted JSON, got a number that is not finite"],
    ["an infinity", [-Infinity], "value: wanted JSON, got a number that is not finite at [0]"],
    ["a Date", { at: new Date(0) }, "value: wanted JSON, got an instance of a class at .at"],
    ["a Map", new Map(), "value: wanted JSON, got an instance of a class"],
    ["a cycle", cycle(), "value: wanted JSON, got an object that contains itself at .spec.parts[0]"],
    [
      "what comes after parts that are right",
      { a: { password: "supersecret-prod" }, b: [[{}], { c: undefined }], d: [() => "supersecret-prod"] },
      "value: wanted JSON, got a function at .d[0]",
    ],
  ])("refuses %s", (_, value, message) => {
    expect(() => deepCopy(value)).toThrow(new InvalidArgumentError("value", message.slice("value: ".length)));
    expect(() => deepCopy(value)).toThrow(InvalidArgumentError);
  });
});

function cycle(): object {
  const part: Record<string, unknown> = { token: "supersecret-prod" };
  part.spec = { parts: [part] };
  return part;
}

/** Every object and list of a value, itself included. */
function objectsIn(value: unknown): object[] {
  if (typeof value !== "object" || value === null) return [];
  return [value, ...Object.values(value).flatMap(objectsIn)];
}
