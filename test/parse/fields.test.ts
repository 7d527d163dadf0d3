import { expect, test } from "vitest";
import type { JsonObject } from "../../src/json.ts";
import { Fields } from "../../src/parse/fields.ts";
import { rawDocument } from "../definition.ts";

type Reader = "object" | "objects" | "strings" | "string" | "required" | "boolean" | "number";

function read(reader: Reader, parent: JsonObject): { value: unknown; problems: unknown[] } {
  const fields = new Fields(rawDocument({}), { crd: "anvils.forge.example.com" });
  const value = fields[reader](parent, ["spec", "field"]);
  return { value, problems: fields.diagnostics.map(({ path, message }) => [path?.slice(2), message]) };
}

test.each<[Reader, unknown, unknown]>([
  ["object", { a: 1 }, { a: 1 }],
  ["object", null, undefined],
  ["objects", [{}, { a: 1 }], [{}, { a: 1 }]],
  ["objects", undefined, []],
  ["strings", ["a", ""], ["a", ""]],
  ["strings", null, []],
  ["string", "a", "a"],
  ["string", "", undefined],
  ["string", null, undefined],
  ["required", "a", "a"],
  ["boolean", true, true],
  ["boolean", false, false],
  ["boolean", null, false],
  ["number", 0, 0],
  ["number", undefined, undefined],
])("%s of %j", (reader, given, value) => {
  expect(read(reader, { field: given })).toEqual({ value, problems: [] });
});

test.each<[Reader, unknown, unknown, unknown[]]>([
  ["object", [], undefined, [[[], "expected an object, got a list"]]],
  ["objects", {}, [], [[[], "expected a list, got an object"]]],
  ["objects", [{}, 1], [{}], [[[1], "expected an object, got 1"]]],
  ["strings", "a", [], [[[], 'expected a list of strings, got "a"']]],
  ["strings", ["a", null], ["a"], [[[1], "expected a string, got null"]]],
  ["string", 1, undefined, [[[], "expected a string, got 1"]]],
  ["required", null, undefined, [[[], "expected a string, got nothing"]]],
  ["required", undefined, undefined, [[[], "expected a string, got nothing"]]],
  ["boolean", "true", false, [[[], 'expected true or false, got "true"']]],
  ["number", "1", undefined, [[[], 'expected a number, got "1"']]],
])("%s of %j is reported", (reader, given, value, problems) => {
  expect(read(reader, { field: given })).toEqual({ value, problems });
});

test("what a field does not hold itself is absent", () => {
  const fields = new Fields(rawDocument({}), {});
  expect(fields.string({}, ["toString"])).toBeUndefined();
  expect(fields.diagnostics).toEqual([]);
});

test("a version's problems bear its name, and are among those of the definition", () => {
  const fields = new Fields(rawDocument({}, { document: 2, prefix: ["items", 0] }), {
    crd: "anvils.forge.example.com",
  });
  fields.ofVersion("v1").warning("odd", ["spec"], "an odd thing");
  expect(fields.diagnostics).toEqual([
    {
      severity: "warning",
      code: "odd",
      message: "an odd thing",
      location: { source: "crd.yaml", document: 2 },
      crd: "anvils.forge.example.com",
      version: "v1",
      path: ["items", 0, "spec"],
    },
  ]);
});
