import { expect, test } from "vitest";
import { TextPositions } from "../../src/read/text-position.ts";

test.each<[string, number, number, number]>([
  ["", 0, 1, 1],
  ["ab", 1, 1, 2],
  ["ab", 9, 1, 3],
  ["ab", -1, 1, 1],
  ["a\nb", 1, 1, 2],
  ["a\nb", 2, 2, 1],
  ["a\n", 2, 2, 1],
  ["a\r\nb", 3, 2, 1],
  ["a\rb", 2, 2, 1],
  ["a\n\nb", 2, 2, 1],
  ["é😀b", 3, 1, 4],
])("in %j the offset %i is at %i:%i", (text, offset, line, column) => {
  expect(new TextPositions(text).at(offset)).toEqual({ line, column });
});

test("lines are without their breaks, and empty beyond the text", () => {
  const positions = new TextPositions("a\r\n\nb\rc");
  expect([0, 1, 2, 3, 4, 5].map((line) => positions.line(line))).toEqual(["", "a", "", "b", "c", ""]);
});
