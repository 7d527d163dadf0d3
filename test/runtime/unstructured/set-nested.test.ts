import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InvalidArgumentError } from "../../../src/runtime/errors/invalid-argument.ts";
import { isJsonObject, type JsonObject } from "../../../src/runtime/unstructured/json.ts";
import { isNestedFieldError, type NestedFieldError, nestedField } from "../../../src/runtime/unstructured/nested.ts";
import {
  removeNestedField,
  setNestedField,
  setNestedMap,
  setNestedSlice,
  setNestedStringMap,
  setNestedStringSlice,
} from "../../../src/runtime/unstructured/set-nested.ts";
import { runs } from "../../properties/runs.ts";
import { jsonObjects, jsonValues, keys } from "./arbitrary-json.ts";

const content = (): JsonObject => ({ spec: { image: "supersecret-prod", args: ["a", "b"], nothing: null } });

describe("setNestedField", () => {
  it.each<[string, string[], unknown, string]>([
    ["{}", ["a"], 1, '{"a":1}'],
    ["{}", ["a", "b", "c"], "x", '{"a":{"b":{"c":"x"}}}'],
    ['{"a":{"x":1}}', ["a", "b"], [1], '{"a":{"x":1,"b":[1]}}'],
    ['{"a":{"x":1}}', ["a"], null, '{"a":null}'],
    ['{"a":[1]}', ["a"], { b: false }, '{"a":{"b":false}}'],
    ["{}", ["a"], { b: undefined, c: 1 }, '{"a":{"c":1}}'],
    ["{}", ["__proto__", "polluted"], true, '{"__proto__":{"polluted":true}}'],
    ["{}", ["a", "__proto__"], true, '{"a":{"__proto__":true}}'],
    ["{}", ["constructor", "prototype", "polluted"], 1, '{"constructor":{"prototype":{"polluted":1}}}'],
    ['{"hasOwnProperty":{}}', ["hasOwnProperty", "toString"], 1, '{"hasOwnProperty":{"toString":1}}'],
  ])("%s with %j set to %j", (before, fields, value, after) => {
    const object: JsonObject = JSON.parse(before);
    setNestedField(object, value as object, ...fields);
    expect(JSON.stringify(object)).toBe(after);
    expect(({} as JsonObject).polluted).toBeUndefined();
  });

  it("makes an object in place of a parent that is undefined", () => {
    const object: JsonObject = { a: undefined };
    setNestedField(object, 1, "a", "b");
    expect(object).toEqual({ a: { b: 1 } });
  });

  it("stores a copy", () => {
    const object: JsonObject = {};
    const value = { list: ["a"] };
    setNestedField(object, value, "spec");
    value.list.push("b");
    expect(object).toEqual({ spec: { list: ["a"] } });
  });

  it.each<[string[], string]>([
    [["spec", "image", "tag", "x"], ".spec.image: wanted an object, got a string"],
    [["spec", "args", "0"], ".spec.args: wanted an object, got a list"],
    // As in apimachinery: what is read through a null is absent, but nothing is written through one.
    [["spec", "nothing", "x"], ".spec.nothing: wanted an object, got null"],
  ])("refuses a parent on the way to %j that is no object, and changes nothing", (fields, message) => {
    const object = content();
    const error = failure(() => setNestedField(object, "x", ...fields));
    expect(error.message).toBe(`unstructured: ${message}`);
    expect(object).toEqual(content());
  });

  it.each<[string, object]>([
    ["undefined", undefined as unknown as object],
    ["a function", () => "supersecret-prod"],
    ["a Date", new Date(0)],
    ["a part that is no JSON", { token: "supersecret-prod", at: [Number.NaN] }],
  ])("refuses %s, and changes nothing", (_, value) => {
    const object = content();
    const set = () => setNestedField(object, value, "new", "field");
    expect(set).toThrow(InvalidArgumentError);
    expect(set).toThrow(/^value: wanted JSON, got (?!.*supersecret)/);
    expect(object).toEqual(content());
  });

  it("sets what is then found, and removeNestedField takes away that alone", () => {
    const paths = fc.array(keys, { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(jsonObjects, paths, jsonValues, (object, path, value) => {
        const before = JSON.stringify(object);
        fc.pre(canHold(object, path));
        const wasThere = nestedField(object, ...path) !== undefined;
        setNestedField(object, value, ...path);
        expect(JSON.stringify(nestedField(object, ...path))).toBe(JSON.stringify(value));
        removeNestedField(object, ...path);
        expect(nestedField(object, ...path)).toBeUndefined();
        if (path.length === 1 && !wasThere) expect(JSON.stringify(object)).toBe(before);
      }),
      runs(500),
    );
  });
});

describe("removeNestedField", () => {
  it.each<[string, string[], string]>([
    ['{"a":1,"b":2}', ["a"], '{"b":2}'],
    ['{"a":{"b":1}}', ["a", "b"], '{"a":{}}'],
    ['{"a":{"b":null}}', ["a", "b"], '{"a":{}}'],
    ['{"a":{"__proto__":1,"b":2}}', ["a", "__proto__"], '{"a":{"b":2}}'],
    ['{"__proto__":{"a":1}}', ["__proto__", "a"], '{"__proto__":{}}'],
    ['{"a":1}', ["nope"], '{"a":1}'],
    ['{"a":1}', ["nope", "deeper"], '{"a":1}'],
    ['{"a":1}', ["a", "b"], '{"a":1}'],
    ['{"a":null}', ["a", "b"], '{"a":null}'],
    ['{"a":[1]}', ["a", "0"], '{"a":[1]}'],
    ['{"a":1}', ["constructor", "name"], '{"a":1}'],
    ['{"a":1}', ["__proto__", "toString"], '{"a":1}'],
  ])("%s without %j", (before, fields, after) => {
    const object: JsonObject = JSON.parse(before);
    removeNestedField(object, ...fields);
    expect(JSON.stringify(object)).toBe(after);
    expect(`${{}}`).toBe("[object Object]");
  });
});

describe("setting what has a type", () => {
  type Setter = (object: JsonObject, value: never, ...fields: string[]) => void;
  const setters = { setNestedStringSlice, setNestedSlice, setNestedStringMap, setNestedMap };

  it.each<[keyof typeof setters, unknown]>([
    ["setNestedStringSlice", ["a", ""]],
    ["setNestedStringSlice", []],
    ["setNestedSlice", [1, null, { a: ["b"] }]],
    ["setNestedStringMap", { a: "b", __proto__: null }],
    ["setNestedStringMap", JSON.parse('{"__proto__":"data"}')],
    ["setNestedMap", { a: { b: [1] }, c: null }],
  ])("%s sets a copy of %j", (setter, value) => {
    const object: JsonObject = {};
    const text = JSON.stringify(value);
    (setters[setter] as Setter)(object, value as never, "a", "b");
    expect(JSON.stringify(object)).toBe(`{"a":{"b":${text}}}`);
    expect(nestedField(object, "a", "b")).not.toBe(value);
  });

  it.each<[keyof typeof setters, unknown, string]>([
    ["setNestedStringSlice", "supersecret", "value: wanted a list of texts, got a string"],
    ["setNestedStringSlice", { 0: "a" }, "value: wanted a list of texts, got an object"],
    ["setNestedStringSlice", ["a", 1], "value: wanted a list of texts, got one with a number in it"],
    ["setNestedStringSlice", [undefined], "value: wanted a list of texts, got one with undefined in it"],
    ["setNestedSlice", {}, "value: wanted a list, got an object"],
    ["setNestedSlice", [Number.NaN], "value: wanted JSON, got a number that is not finite at [0]"],
    ["setNestedStringMap", ["a"], "value: wanted an object of texts, got a list"],
    ["setNestedStringMap", { a: null }, "value: wanted an object of texts, got one with null in it"],
    ["setNestedMap", null, "value: wanted an object, got null"],
    ["setNestedMap", new Date(0), "value: wanted an object, got an instance of a class"],
    ["setNestedMap", { a: () => 1 }, "value: wanted JSON, got a function at .a"],
  ])("%s refuses %j, and changes nothing", (setter, value, message) => {
    const object = content();
    const set = () => (setters[setter] as Setter)(object, value as never, "new", "field");
    expect(set).toThrow(InvalidArgumentError);
    expect(set).toThrow(message);
    expect(object).toEqual(content());
  });

  it.each(Object.keys(setters) as (keyof typeof setters)[])("%s keeps to the way, as setNestedField does", (setter) => {
    const value = setter.endsWith("Slice") ? [] : {};
    const set = setters[setter] as Setter;
    expect(failure(() => set(content(), value as never, "spec", "image", "x")).message).toContain(
      ".spec.image: wanted",
    );
    expect(() => set({}, value as never)).toThrow(/^fields: wanted the keys/);
  });
});

describe("without a field", () => {
  it.each<[string, () => unknown]>([
    ["setNestedField", () => setNestedField({}, 1)],
    ["removeNestedField", () => removeNestedField({ a: 1 })],
  ])("%s refuses", (_, call) => {
    expect(call).toThrow(new InvalidArgumentError("fields", "wanted the keys that lead to a field, got none"));
  });
});

/** Whether nothing but objects is on the way, as far as it leads. */
function canHold(object: JsonObject, [key = "", ...rest]: readonly string[]): boolean {
  if (rest.length === 0 || !Object.hasOwn(object, key)) return true;
  const child = object[key];
  return isJsonObject(child) && canHold(child, rest);
}

function failure(call: () => unknown): NestedFieldError {
  try {
    call();
  } catch (error) {
    if (isNestedFieldError(error)) return error;
    throw error;
  }
  throw new Error("wanted a NestedFieldError, got none");
}
