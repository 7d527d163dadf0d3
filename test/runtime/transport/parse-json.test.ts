import { inspect } from "node:util";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isUnsafeInteger } from "../../../src/runtime/errors/unsafe-integer-error.ts";
import { parseJson } from "../../../src/runtime/transport/parse-json.ts";
import { runs } from "../../properties/runs.ts";

function errorOf(text: string): unknown {
  try {
    return parseJson(text);
  } catch (error) {
    return error;
  }
}

describe("an integer", () => {
  it.each([
    ['{"a":9007199254740991}', "9007199254740991"],
    ['{"a":-9007199254740991}', "-9007199254740991"],
    ['{"a":9007199254740992}', "9007199254740992"],
    ['{"a":1000000000000000000}', "1000000000000000000"],
    // What the server prints for the double 123456789012345680000.
    ['{"a":123456789012345680000}', "123456789012345680000"],
    ['{"a":0.12345678901234567890}', "0.12345678901234568"],
    ['{"a":1234567890123456789.5}', "1234567890123456800"],
    ['{"a":12345678901234567890e0}', "12345678901234567000"],
    ['{"a":1e400}', "Infinity"],
  ])("that is held, or a double, is read: %s", (text, want) => {
    expect(String(Object(parseJson(text)).a)).toBe(want);
  });

  it.each([
    ["9007199254740993", ""],
    [" -9007199254740993\n", ""],
    ['{"a":9007199254740993}', ".a"],
    ['{"a":-9007199254740993}', ".a"],
    ['{"a":1,"b":{"c":9223372036854775807},"d":9007199254740993}', ".b.c"],
    ['{"a":[1,[2,{"b":3}],9223372036854775807]}', ".a[2]"],
    ["[0,[],{},[[],[9223372036854775807]]]", "[3][1][0]"],
    ['{\n  "spec": {\n    "limits": [ 18446744073709551615 ]\n  }\n}', ".spec.limits[0]"],
    ['{"a/b":{"__proto__":9223372036854775807}}', '["a/b"].__proto__'],
    ['{"a\\"]}:":{"\\u0062":[9223372036854775807]}}', '["a\\"]}:"].b[0]'],
    ['{"a":"x","b":"9223372036854775807, [{","c":9223372036854775807}', ".c"],
    ['{"a":"\\\\","b":"\\\\\\"","c":[{},"]",9223372036854775807]}', ".c[2]"],
    ['{"a":1234567890123456789012345678901234567890}', ".a"],
  ])("that would be rounded is refused with the way to it: %s", (text, path) => {
    const error = errorOf(text);
    expect(isUnsafeInteger(error)).toBe(true);
    expect(error).toMatchObject({
      name: "UnsafeIntegerError",
      code: "unsafe-integer",
      path,
      message: `${path === "" ? "the answer" : path}: wanted an integer that a number of JavaScript holds exactly, got a larger one, which would be rounded; read it with a tool that has int64`,
    });
    // Wherever it stands in the text.
    for (let before = 1; before <= 40; before++) expect(isUnsafeInteger(errorOf(" ".repeat(before) + text))).toBe(true);
    expect(inspect(error, { showHidden: true }).replaceAll(/\.test\.ts:\d+:\d+/g, "")).not.toMatch(/\d{16}/);
  });

  it.each([
    '{"a":"9223372036854775807"}',
    '{"a":"sha256:1234567890123456789012345678901234567890123456789012345678901234"}',
    '{"a":"{\\"b\\":9223372036854775807}"}',
    '{"a":",9223372036854775807,"}',
    '{",9223372036854775807,":1}',
    `{"a":${JSON.stringify(`,9223372036854775807]${'"'.repeat(3_000_000)}`)}}`,
  ])("in a text is no integer: %.60s", (text) => {
    expect(JSON.stringify(parseJson(text))).toBe(text);
  });

  it("is refused exactly where writing it again would give another", () => {
    const integers = fc.oneof(
      fc.bigInt({ min: 2n ** 53n - 100n, max: 2n ** 53n + 100n }),
      fc.bigInt({ min: -(2n ** 72n), max: 2n ** 72n }),
      fc.double({ min: -1e21, max: 1e21, noNaN: true }).map((double) => BigInt(Math.round(double))),
    );
    fc.assert(
      fc.property(integers, fc.constantFrom("", " ", "\n\t"), (integer, space) => {
        const text = `{"a":[0,${space}${integer}${space}]}`;
        const kept = JSON.stringify(JSON.parse(text)) === `{"a":[0,${integer}]}`;
        const error = errorOf(text);
        expect(isUnsafeInteger(error) ? error.path : "kept").toBe(kept ? "kept" : ".a[1]");
      }),
      runs(1_000),
    );
  });
});

describe("other JSON", () => {
  it("is what JSON.parse makes of it", () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom(0, 1), (text, indent) => {
        const written = JSON.stringify(JSON.parse(text), undefined, indent);
        expect(parseJson(written)).toEqual(JSON.parse(text));
      }),
      runs(500),
    );
  });

  it("has __proto__ as a key like others", () => {
    expect(JSON.stringify(parseJson('{"__proto__":{"a":1}}'))).toBe('{"__proto__":{"a":1}}');
  });
});

describe("what is no JSON", () => {
  it.each([
    ["", "nothing"],
    ["<!doctype html><p>canary", "a page of HTML or XML"],
    ["\n  <html>canary", "a page of HTML or XML"],
    ["404 page canary not found", "something else"],
    ['{"canary": "cut o', "something else"],
    ['{"canary": NaN}', "something else"],
  ])("is refused and not quoted: %j", (text, got) => {
    const error = errorOf(text);
    expect(error).toMatchObject({
      name: "ConnectionError",
      code: "not-json",
      message: `wanted JSON from the API server, got ${got}; check that the address is that of a Kubernetes API server and that no proxy answers for it`,
    });
    expect(inspect(error, { showHidden: true })).not.toContain("canary");
  });
});
