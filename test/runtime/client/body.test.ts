import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { bodyText } from "../../../src/runtime/client/body.ts";
import { runs } from "../../properties/runs.ts";
import { jsonValues } from "../unstructured/arbitrary-json.ts";

class Spec {
  readonly image = "canary";
  readonly tag = undefined;
  readonly parts = [new Part(1)];
}

class Part {
  readonly #hidden = "hidden";
  readonly size: number;
  constructor(size: number) {
    this.size = size;
  }
  get hidden(): string {
    return this.#hidden;
  }
}

/** What it has is seen by its getter alone. */
class Secretive {
  readonly #image = "canary";
  get image(): string {
    return this.#image;
  }
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
  ["integers beyond 2^53, which were read as they are", [2 ** 53, -1.7e18], "[9007199254740992,-1700000000000000000]"],
  ["what the server holds as a double", [1e19, 1e21, 1e300, 0.1, -0], "[10000000000000000000,1e+21,1e+300,0.1,0]"],
  ["what looks like a Buffer", { type: "Buffer", data: [1] }, '{"type":"Buffer","data":[1]}'],
  ["a URL", { at: new URL("https://a.b/c") }, '{"at":"https://a.b/c"}'],
  ["an instance of a class", { spec: new Spec() }, '{"spec":{"image":"canary","parts":[{"size":1}]}}'],
  ["an instance by itself", new Spec(), '{"image":"canary","parts":[{"size":1}]}'],
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
        ["a map of another realm", runInNewContext("new Map()")],
        ["a map with a field", Object.assign(new Map(), { a: 1 })],
        ["an error with a field", Object.assign(new TypeError("canary"), { code: 1 })],
        ["a view with a field", Object.assign(new DataView(new ArrayBuffer(1)), { a: 1 })],
        ["a WeakMap", new WeakMap()],
        ["an iterator", [1].values()],
        ["an instance whose content is private", new Secretive()],
        ["what its toJSON gives", { toJSON: () => new Map() }],
      ] as const
    ).map(([name, a]): [string, unknown, string] => [
      name,
      { a },
      'object: wanted JSON, got an instance of a class without toJSON whose content JSON does not see under the key "a"',
    ]),
    [
      "a Buffer",
      { data: { "ca.crt": Buffer.from("canary") } },
      'object: wanted JSON, got a Buffer; write its text or its base64 under the key "ca.crt"',
    ],
    ["a Buffer by itself", Buffer.from("canary"), "object: wanted JSON, got a Buffer; write its text or its base64"],
    ["an object in itself", within({}), "object: wanted JSON, got an object or a list that contains itself"],
    ["a list in itself", within([]), "object: wanted JSON, got an object or a list that contains itself"],
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
