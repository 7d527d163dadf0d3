import { describe, expect, test } from "vitest";
import { nameRules } from "../../src/parse/name-rules.ts";

const long = "a".repeat(63);

describe.each<[keyof typeof nameRules, readonly string[], readonly string[]]>([
  [
    "label",
    ["a", "mycoolapps", "a-1", "clientset", long],
    ["", "A", "1a", "-a", "a-", "a.b", "a/b", "..", "a\n", "ä", "a_b", `${long}a`],
  ],
  ["version", ["v1", "v1alpha1", "v2beta3", "stable"], ["", "1", "V1", "v1.2", "../v1", "v1/x", "v1\n"]],
  [
    "group",
    ["a.b", "stable.example.com", "1.2", "x-y.example", `${`${long}.`.repeat(3)}${"b".repeat(61)}`],
    ["", "example", ".", "..", "a..b", "a.", ".a", "A.b", "a.b/c", "-a.b", "a-.b", "a.b\n", `a.${"b.".repeat(126)}bb`],
  ],
  [
    "kind",
    ["A", "MyCoolApp", "myCoolApp", "My-App", "A1", long],
    ["", "1A", "A-", "-A", "A_B", "A B", "A.B", "Ä", "A\n"],
  ],
])("a %s", (rule, right, wrong) => {
  test.each(right)("may be %j", (name) => {
    expect(nameRules[rule].matches(name)).toBe(true);
  });
  test.each(wrong)("may not be %j", (name) => {
    expect(nameRules[rule].matches(name)).toBe(false);
  });
});
