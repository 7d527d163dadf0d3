import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { bodyText } from "../../../src/runtime/client/body.ts";
import { runs } from "../../properties/runs.ts";
import { jsonValues } from "../unstructured/arbitrary-json.ts";

class Spec {
  readonly image = "canary";
}

/** An object or a list that contains itself. */
function within(holder: object): object {
  return Object.assign(holder, [{ holder }]);
}

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
  ["the largest integers", [2 ** 53 - 1, -(2 ** 53) + 1], "[9007199254740991,-9007199254740991]"],
  ["what the server holds as a double", [1e19, 1e21, 1e300, 0.1, -0], "[10000000000000000000,1e+21,1e+300,0.1,0]"],
  ["what looks like a Buffer", { type: "Buffer", data: [1] }, '{"type":"Buffer","data":[1]}'],
  ["a URL", { at: new URL("https://a.b/c") }, '{"at":"https://a.b/c"}'],
  ["an object twice", Array(2).fill({ a: 1 }), '[{"a":1},{"a":1}]'],
  ["an object of another realm", runInNewContext("({ a: [{ b: 1 }] })"), '{"a":[{"b":1}]}'],
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
    ...(
      [
        ["a Map", new Map([["b", "canary"]])],
        ["a Set", new Set(["canary"])],
        ["bytes", new Uint8Array([1, 2])],
        ["an ArrayBuffer", new ArrayBuffer(2)],
        ["a regular expression", /canary/],
        ["an error", new Error("canary")],
        ["a promise", Promise.resolve("canary")],
        ["a number in an object", Object(5)],
        ["a text in an object", Object("canary")],
        ["an instance of a class", new Spec()],
        ["what its toJSON gives", { toJSON: () => new Map() }],
      ] as const
    ).map(([name, a]): [string, unknown, string] => [
      name,
      { a },
      'object: wanted JSON, got an instance of a class without toJSON, such as a Map or a Uint8Array under the key "a"',
    ]),
    [
      "a Buffer",
      { data: { "ca.crt": Buffer.from("canary") } },
      'object: wanted JSON, got a Buffer; write its text or its base64 under the key "ca.crt"',
    ],
    ["a Buffer by itself", Buffer.from("canary"), "object: wanted JSON, got a Buffer; write its text or its base64"],
    ["an object in itself", within({}), "object: wanted JSON, got an object or a list that contains itself"],
    ["a list in itself", within([]), "object: wanted JSON, got an object or a list that contains itself"],
    ...[2 ** 53, -(2 ** 53), 10 ** 18, 2 ** 63 - 1024].map((replicas): [string, unknown, string] => [
      `the integer ${replicas}`,
      { replicas },
      'object: wanted JSON, got an integer beyond 2^53, which a number may have rounded, and which a patch of other fields can leave out under the key "replicas"',
    ]),
    ["an invalid Date", { a: new Date("x") }, 'object: wanted JSON, got a Date that is invalid under the key "a"'],
    ["a function by itself", () => 1, "object: wanted JSON, got a function"],
    [
      "what is nested too deep",
      JSON.parse("[".repeat(20_000) + "]".repeat(20_000)),
      "object: wanted JSON, got what is too deep or too long to be written",
    ],
    ["NaN by itself", Number.NaN, "object: wanted JSON, got a number that is not finite"],
  ])("%s", (_, value, message) => {
    expect(() => bodyText("object", value)).toThrow(
      expect.objectContaining({ name: "InvalidArgumentError", argument: "object", message }),
    );
  });
});

/** Whether there is no integer in it that a number may have rounded. */
function isExact(value: unknown): boolean {
  if (typeof value === "number") {
    return !Number.isInteger(value) || Number.isSafeInteger(value) || Math.abs(value) >= 2 ** 63;
  }
  return typeof value !== "object" || value === null || Object.values(value).every(isExact);
}

test("every JSON value survives, and its text has no line but one", () => {
  fc.assert(
    fc.property(jsonValues.filter(isExact), (value) => {
      const text = bodyText("object", value);
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      expect(text).not.toMatch(/[\u007f-\u009f\u2028\u2029\ufffe\uffff\n]/);
    }),
    runs(200),
  );
});
