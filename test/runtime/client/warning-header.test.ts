import { expect, it, test } from "vitest";
import { warningsOf } from "../../../src/runtime/client/warning-header.ts";

it.each<[string | readonly string[] | undefined, readonly string[]]>([
  [undefined, []],
  ["", []],
  ["no warning at all", []],
  ['299 - "unknown field \\"spec.colour\\""', ['unknown field "spec.colour"']],
  ['299 kube-apiserver "a"', ["a"]],
  ['299 - ""', [""]],
  ['299 - "all, both", 299 - "count"', ["all, both", "count"]],
  [
    ['299 - "a"', '299 - "both", 299 - "count"'],
    ["a", "both", "count"],
  ],
  ['299 - "a \\\\ and a \\"quote\\""', ["a … and a …"]],
  ['299 - "got 299 - \\"b\\" before"', ["got … - … before"]],
  ['299 - "a" "Tue, 24 Nov 2026 05:40:49 GMT"', ["a"]],
  ['110 - "Response is stale", 299 - "a"', ["a"]],
  ['1299 - "a"', []],
  ['299 - "without an end', []],
])("%j has the warnings %j", (header, warnings) => {
  expect(warningsOf(header, { resource: "mycoolapps.stable.example.com" })).toEqual(warnings);
});

test("a warning holds no value, and names of fields that were sent", () => {
  const header = '299 - "hooked: frobs of canary-7f3a must not exceed 5", 299 - "v1 A is deprecated in v1.19+"';
  expect(warningsOf(header, { resource: "pods", body: JSON.stringify({ spec: { frobs: "canary-7f3a" } }) })).toEqual([
    "…: frobs of … must not exceed …",
    "v1 A is deprecated in v1.19+",
  ]);
});
