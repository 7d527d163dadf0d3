import { expect, test } from "vitest";
import { closestName } from "../src/closest-name.ts";

const names = ["group", "groups", "kind", "crd", "types-only", "out"];

test.each([
  ["grup", "group"],
  ["groups", "groups"],
  ["knid", "kind"],
  ["typesOnly", "types-only"],
  ["CRD", "crd"],
  ["ot", "out"],
  ["x", undefined],
  ["foo", undefined],
  ["generate", undefined],
])("%s stands for %s", (typed, wanted) => {
  expect(closestName(typed, names)).toBe(wanted);
});
