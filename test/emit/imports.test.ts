import { expect, it, test } from "vitest";
import { printImports, relativeImport } from "../../src/emit/imports.ts";

it("prints one line a module, with each name once and sorted", () => {
  expect(
    printImports([
      { names: ["b", "A", "B as _b"], from: "./x.js" },
      { names: [], from: "./nothing.js" },
      { names: ["c"], from: 'odd"name' },
      { names: ["a", "A"], from: "./x.js" },
    ]),
  ).toBe('import type { A, B as _b, a, b } from "./x.js";\nimport type { c } from "odd\\"name";');
});

it("prints nothing for no names", () => {
  expect(printImports([{ names: [], from: "./x.js" }])).toBe("");
});

test.each<[string, string, string]>([
  ["./mine.js", "g/v1/anvils.ts", "../../mine.js"],
  ["../mine.js", "g/v1/anvils.ts", "../../../mine.js"],
  ["../../src/types/mine.js", "g/v1/anvils.ts", "../../../../src/types/mine.js"],
  ["./mine.js", "clientset.ts", "./mine.js"],
  ["mine", "g/v1/anvils.ts", "mine"],
  ["@scope/mine/types", "g/v1/anvils.ts", "@scope/mine/types"],
  ["#mine", "g/v1/anvils.ts", "#mine"],
  ["node:url", "g/v1/anvils.ts", "node:url"],
])("%s from %s is %s", (from, path, expected) => {
  expect(relativeImport(from, path)).toBe(expected);
});
