import { expect, test } from "vitest";
import { bearsMark, generatedMark } from "../../src/output/mark.ts";

test.each([
  ["a definition's file", `${generatedMark} from CustomResourceDefinition a.b. Do not edit.\n`, true],
  ["an index file", `${generatedMark}. Do not edit.\n`, true],
  ["the mark alone", generatedMark, true],
  ["another program whose name begins like ours", `${generatedMark}-fork.\n`, false],
  ["the mark in the second line", `\n${generatedMark}. Do not edit.\n`, false],
  ["a hand-written file", "export const a = 1;\n", false],
  ["an empty file", "", false],
])("the mark: %s", (_, text, wanted) => {
  expect(bearsMark(text)).toBe(wanted);
});
