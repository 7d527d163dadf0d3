import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InvalidArgumentError } from "../../../src/runtime/errors/invalid-argument.ts";
import { deepCopy } from "../../../src/runtime/unstructured/deep-copy.ts";
import { runs } from "../../properties/runs.ts";
import { jsonValues } from "./arbitrary-json.ts";

describe("a deep copy", () => {
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

  it("goes as deep as a value does", () => {
    for (const text of [`${'{"a":'.repeat(20_000)}1${"}".repeat(20_000)}`, "[".repeat(20_000) + "]".repeat(20_000)]) {
      const value = JSON.parse(text);
      const copy = deepCopy(value);
      // Not by toBe, which prints what it compares.
      expect(copy === value).toBe(false);
      expect([depthOf(copy), depthOf(value)]).toEqual([20_000, 20_000]);
    }
    const deep = JSON.parse(`${'{"a":['.repeat(5_000)}{}${"]}".repeat(5_000)}`);
    expect(() => deepCopy({ deep, wrong: [undefined] })).toThrow("value: wanted JSON, got undefined at .wrong[0]");
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

/** How many objects and lists there are one in the other, the first part of each. */
function depthOf(value: unknown): number {
  let depth = 0;
  for (let part = value; typeof part === "object" && part !== null; part = Object.values(part)[0]) depth++;
  return depth;
}

/** Every object and list of a value, itself included. */
function objectsIn(value: unknown): object[] {
  if (typeof value !== "object" || value === null) return [];
  return [value, ...Object.values(value).flatMap(objectsIn)];
}
