import { expect, test } from "vitest";
import { fieldPath } from "../../../src/runtime/unstructured/field-path.ts";

test.each<[readonly (string | number)[], string]>([
  [["spec"], ".spec"],
  [["spec", "image"], ".spec.image"],
  [["spec", "args", 2], ".spec.args[2]"],
  [["spec", "0"], '.spec["0"]'],
  [["metadata", "labels", "example.com/team"], '.metadata.labels["example.com/team"]'],
  [["__proto__", "$ref", "x1"], ".__proto__.$ref.x1"],
  [[""], '[""]'],
  [['a"b\n'], '["a\\"b\\n"]'],
])("%j is %s", (keys, want) => {
  expect(fieldPath(keys)).toBe(want);
});
