import { expect, test } from "vitest";
import { someOf } from "../../../src/cli/init/some-of.ts";

test.each([
  [["a"], "a"],
  [["a", "b", "c", "d"], "a, b, c, d"],
  [["a", "b", "c", "d", "e", "f"], "a, b, c, d and 2 more"],
])("some of %j", (names, wanted) => {
  expect(someOf(names)).toBe(wanted);
});
