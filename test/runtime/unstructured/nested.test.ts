import { describe, expect, it } from "vitest";
import { InvalidArgumentError } from "../../../src/runtime/errors/invalid-argument.ts";
import { isJsonObject, type JsonObject } from "../../../src/runtime/unstructured/json.ts";
import * as nested from "../../../src/runtime/unstructured/nested.ts";

const readers = {
  nestedField: nested.nestedField,
  nestedFieldCopy: nested.nestedFieldCopy,
  nestedString: nested.nestedString,
  nestedInt64: nested.nestedInt64,
  nestedFloat64: nested.nestedFloat64,
  nestedBool: nested.nestedBool,
  nestedMap: nested.nestedMap,
  nestedSlice: nested.nestedSlice,
  nestedStringMap: nested.nestedStringMap,
  nestedNullCoercingStringMap: nested.nestedNullCoercingStringMap,
  nestedStringSlice: nested.nestedStringSlice,
};
type Reader = keyof typeof readers;
const readerNames = Object.keys(readers) as Reader[];

const text = `{
  "metadata": { "labels": { "example.com/team": "red", "toString": "own", "__proto__": "data" }, "annotations": {} },
  "spec": {
    "image": "supersecret-prod", "empty": "", "replicas": 3, "zero": 0, "ratio": 1.5, "huge": 9007199254740992,
    "paused": false, "nothing": null, "args": ["a", "b"], "none": [],
    "mixed": ["supersecret-prod", 1], "withNull": ["a", null], "ports": [{ "port": 80 }],
    "mixedMap": { "a/b": 1, "c": "supersecret-prod" }, "mapWithNull": { "a": null }
  }
}`;
const teamIsNoObject = '.metadata.labels["example.com/team"]: wanted an object, got a string';
const content = (): JsonObject => JSON.parse(text);

describe("reading", () => {
  it.each<[Reader, string[], string]>([
    ["nestedField", ["spec", "replicas"], "3"],
    ["nestedField", ["spec", "nothing"], "null"],
    ["nestedField", ["spec", "ports"], '[{"port":80}]'],
    ["nestedField", ["metadata", "labels", "__proto__"], '"data"'],
    ["nestedString", ["spec", "image"], '"supersecret-prod"'],
    ["nestedString", ["spec", "empty"], '""'],
    ["nestedString", ["metadata", "labels", "example.com/team"], '"red"'],
    ["nestedString", ["metadata", "labels", "toString"], '"own"'],
    ["nestedInt64", ["spec", "replicas"], "3"],
    ["nestedInt64", ["spec", "zero"], "0"],
    ["nestedFloat64", ["spec", "ratio"], "1.5"],
    ["nestedFloat64", ["spec", "replicas"], "3"],
    ["nestedFloat64", ["spec", "huge"], "9007199254740992"],
    ["nestedBool", ["spec", "paused"], "false"],
    ["nestedMap", ["metadata", "annotations"], "{}"],
    ["nestedMap", ["spec", "mapWithNull"], '{"a":null}'],
    ["nestedMap", ["metadata", "labels"], '{"example.com/team":"red","toString":"own","__proto__":"data"}'],
    ["nestedSlice", ["spec", "none"], "[]"],
    ["nestedSlice", ["spec", "withNull"], '["a",null]'],
    ["nestedStringMap", ["metadata", "annotations"], "{}"],
    ["nestedStringMap", ["metadata", "labels"], '{"example.com/team":"red","toString":"own","__proto__":"data"}'],
    ["nestedNullCoercingStringMap", ["metadata", "annotations"], "{}"],
    ["nestedNullCoercingStringMap", ["spec", "mapWithNull"], '{"a":""}'],
    ["nestedFieldCopy", ["spec", "nothing"], "null"],
    ["nestedFieldCopy", ["spec", "ports"], '[{"port":80}]'],
    ["nestedStringSlice", ["spec", "none"], "[]"],
    ["nestedStringSlice", ["spec", "args"], '["a","b"]'],
  ])("%s of %j is %s", (reader, fields, want) => {
    expect(JSON.stringify(readers[reader](content(), ...fields))).toBe(want);
  });

  it.each<[string[]]>([
    [["nope"]],
    [["nope", "image"]],
    [["spec", "nope"]],
    [["spec", "nope", "deeper", "still"]],
    // As in apimachinery: nothing is below a null, and that is no error.
    [["spec", "nothing", "image"]],
    [["constructor"]],
    [["constructor", "name"]],
    [["__proto__", "toString"]],
    [["spec", "hasOwnProperty"]],
    [["metadata", "annotations", "__proto__"]],
  ])("all of them find nothing at %j", (fields) => {
    for (const reader of readerNames) expect(readers[reader](content(), ...fields), reader).toBeUndefined();
  });

  it("takes a field that is undefined for absent", () => {
    const object = { spec: { image: undefined, labels: { a: undefined, b: "c" } } };
    for (const reader of readerNames) expect(readers[reader](object, "spec", "image"), reader).toBeUndefined();
    expect(nested.nestedString(object, "spec", "image", "tag")).toBeUndefined();
    expect(Object.entries(nested.nestedStringMap(object, "spec", "labels") ?? {})).toEqual([["b", "c"]]);
  });

  it.each<[Reader, string[], string]>([
    ["nestedString", ["spec", "replicas"], ".spec.replicas: wanted a string, got a number"],
    ["nestedString", ["spec", "nothing"], ".spec.nothing: wanted a string, got null"],
    ["nestedString", ["spec", "args"], ".spec.args: wanted a string, got a list"],
    ["nestedString", ["metadata"], ".metadata: wanted a string, got an object"],
    ["nestedInt64", ["spec", "image"], ".spec.image: wanted an integer, got a string"],
    ["nestedInt64", ["spec", "ratio"], ".spec.ratio: wanted an integer, got a number with a fraction"],
    ["nestedInt64", ["spec", "huge"], ".spec.huge: wanted an integer, got one beyond 2^53 - 1"],
    ["nestedInt64", ["spec", "nothing"], ".spec.nothing: wanted an integer, got null"],
    ["nestedFloat64", ["spec", "image"], ".spec.image: wanted a number, got a string"],
    ["nestedBool", ["spec", "image"], ".spec.image: wanted a boolean, got a string"],
    ["nestedMap", ["spec", "args"], ".spec.args: wanted an object, got a list"],
    ["nestedMap", ["spec", "nothing"], ".spec.nothing: wanted an object, got null"],
    ["nestedSlice", ["spec", "mixedMap"], ".spec.mixedMap: wanted a list, got an object"],
    ["nestedSlice", ["spec", "image"], ".spec.image: wanted a list, got a string"],
    ["nestedStringMap", ["spec", "image"], ".spec.image: wanted an object, got a string"],
    ["nestedStringMap", ["spec", "mixedMap"], '.spec.mixedMap["a/b"]: wanted a string, got a number'],
    ["nestedStringMap", ["spec", "mapWithNull"], ".spec.mapWithNull.a: wanted a string, got null"],
    ["nestedNullCoercingStringMap", ["spec", "mixedMap"], '.spec.mixedMap["a/b"]: wanted a string, got a number'],
    ["nestedNullCoercingStringMap", ["spec", "args"], ".spec.args: wanted an object, got a list"],
    ["nestedFieldCopy", ["spec", "args", "0"], ".spec.args: wanted an object, got a list"],
    ["nestedStringSlice", ["spec", "paused"], ".spec.paused: wanted a list, got a boolean"],
    ["nestedStringSlice", ["spec", "mixed"], ".spec.mixed[1]: wanted a string, got a number"],
    ["nestedStringSlice", ["spec", "ports"], ".spec.ports[0]: wanted a string, got an object"],
    ["nestedField", ["spec", "image", "tag", "x"], ".spec.image: wanted an object, got a string"],
    ["nestedField", ["spec", "args", "0"], ".spec.args: wanted an object, got a list"],
    ["nestedString", ["metadata", "labels", "example.com/team", "x"], teamIsNoObject],
  ])("%s of %j is an error", (reader, fields, message) => {
    expect(failure(() => readers[reader](content(), ...fields)).message).toBe(`unstructured: ${message}`);
  });

  it("takes a null for absent where null is coerced", () => {
    expect(nested.nestedNullCoercingStringMap(content(), "spec", "nothing")).toBeUndefined();
  });

  it("says in its errors where, what was wanted and what was found", () => {
    const error = failure(() => nested.nestedString({ "a/b": new Date(0) as unknown as JsonObject }, "a/b", "c"));
    const { name, code, path, wanted, got } = error;
    expect([name, code, path]).toEqual(["NestedFieldError", "wrong-type", '["a/b"]']);
    expect([wanted, got]).toEqual(["an object", "an instance of a class"]);
    expect(nested.isNestedFieldError(new TypeError(error.message))).toBe(false);
  });

  it("never shows a value in its errors", () => {
    let failures = 0;
    for (const reader of readerNames) {
      for (const fields of [
        ["spec", "image"],
        ["spec", "mixed"],
        ["spec", "mixedMap"],
        ["spec", "image", "x"],
      ]) {
        try {
          readers[reader](content(), ...fields);
        } catch (error) {
          failures++;
          expect(nested.isNestedFieldError(error)).toBe(true);
          expect(`${error}${JSON.stringify(error)}`).not.toContain("supersecret-prod");
        }
      }
    }
    expect(failures).toBeGreaterThan(readerNames.length);
  });
});

describe("what is returned", () => {
  it("is the value itself of nestedField", () => {
    const object = content();
    expect(nested.nestedField(object, "spec")).toBe(object.spec);
  });

  it("is a copy of nestedFieldCopy", () => {
    const object = content();
    const copy = nested.nestedFieldCopy(object, "spec");
    expect(copy).toEqual(object.spec);
    if (isJsonObject(copy)) copy.args = "changed";
    expect(object).toEqual(content());
  });

  it("is a copy of nestedMap, nestedSlice, nestedStringMap and nestedStringSlice", () => {
    const object = content();
    const map = nested.nestedMap(object, "spec");
    if (isJsonObject(map?.mixedMap)) map.mixedMap.c = "changed";
    const slice = nested.nestedSlice(object, "spec", "ports");
    if (isJsonObject(slice?.[0])) slice[0].port = 1;
    const strings = nested.nestedStringMap(object, "metadata", "labels");
    if (strings !== undefined) strings.toString = "changed" as never;
    nested.nestedStringSlice(object, "spec", "args")?.push("changed");
    expect(JSON.stringify([map, slice, strings])).toContain("changed");
    expect(object).toEqual(content());
  });
});

describe("without a field", () => {
  it.each<[string, () => unknown]>([
    ...readerNames.map((name): [string, () => unknown] => [name, () => readers[name]({ a: 1 })]),
  ])("%s refuses", (_, call) => {
    expect(call).toThrow(new InvalidArgumentError("fields", "wanted the keys that lead to a field, got none"));
  });
});

function failure(call: () => unknown): nested.NestedFieldError {
  try {
    call();
  } catch (error) {
    if (nested.isNestedFieldError(error)) return error;
    throw error;
  }
  throw new Error("wanted a NestedFieldError, got none");
}
