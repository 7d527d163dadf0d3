import { expect, test } from "vitest";
import { compareText, describeJson, equalJson, isJsonObject, sortedJson } from "../src/json.ts";

test.each<[unknown, string]>([
  [undefined, "nothing"],
  [null, "null"],
  [3, "3"],
  [false, "false"],
  ["a", '"a"'],
  ["", '""'],
  [[], "a list"],
  [{}, "an object"],
  ["a".repeat(38), `"${"a".repeat(38)}"`],
  ["a".repeat(39), `"${"a".repeat(38)}…`],
])("describeJson(%j) is %s", (value, expected) => {
  expect(describeJson(value)).toBe(expected);
});

test.each<[unknown, boolean]>([
  [{}, true],
  [{ a: 1 }, true],
  [[], false],
  [null, false],
  ["a", false],
  [undefined, false],
])("isJsonObject(%j) is %s", (value, expected) => {
  expect(isJsonObject(value)).toBe(expected);
});

test.each<[unknown, unknown, boolean]>([
  [1, 1, true],
  [1, "1", false],
  [null, undefined, false],
  [null, {}, false],
  [{ a: 1, b: [2] }, { b: [2], a: 1 }, true],
  [{ a: 1 }, { a: 1, b: 2 }, false],
  [{ a: undefined }, { b: undefined }, false],
  [{ toString: 1 }, { a: 1 }, false],
  [[1, 2], [2, 1], false],
  [[1], [1, 2], false],
  [[], {}, false],
  [{}, [], false],
])("equalJson(%j, %j) is %s", (left, right, expected) => {
  expect(equalJson(left, right)).toBe(expected);
  expect(equalJson(right, left)).toBe(expected);
});

test("compareText orders by code unit and not by language", () => {
  expect(["ä", "b", "B", "a", "_", "", "a"].sort(compareText)).toEqual(["", "B", "_", "a", "a", "b", "ä"]);
});

test.each<[unknown, string]>([
  [{ b: 1, a: [{ d: null, c: "x" }] }, '{"a":[{"c":"x","d":null}],"b":1}'],
  [[2, 1], "[2,1]"],
  ["a", '"a"'],
  [null, "null"],
  [JSON.parse('{"b":1,"__proto__":{"d":1,"c":2}}'), '{"__proto__":{"c":2,"d":1},"b":1}'],
])("sortedJson(%j) is %s", (value, expected) => {
  expect(sortedJson(value)).toBe(expected);
});

test("sortedJson with an indentation has each value on a line of its own", () => {
  expect(sortedJson({ b: [1, {}], a: "x" }, 1)).toBe('{\n "a": "x",\n "b": [\n  1,\n  {}\n ]\n}');
});
