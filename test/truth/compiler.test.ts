import { expect, test } from "vitest";
import { literal } from "./compiler.ts";
import { pathAt } from "./path-at.ts";

test("a literal has the keys and values of the JSON, in one line of TypeScript", () => {
  const text = JSON.stringify({ a: '"__proto__":\u2028', b: JSON.parse('{"__proto__":[1]}') });
  const written = literal(text);
  expect(written).toBe('{"a":"\\"__proto__\\":\\u2028","b":{["__proto__"]:[1]}}');
  // A literal is a program, so what it means is asked of the language.
  const value: unknown = new Function(`return (${written});`)();
  expect(JSON.stringify(value)).toBe(text);
});

test.for([
  ['{"a":1}', "1", ".a"],
  ['{"a":{"b c":[true,{"d":"x"}]}}', '"x"', '.a["b c"][1].d'],
  ['{["__proto__"]:{"a":2}}', "2", ".__proto__.a"],
  ['{"a":[[3]]}', "3", ".a[0][0]"],
] as const)("in %s the path of %s is %s", ([text, part, path]) => {
  expect(pathAt(text, text.indexOf(part))).toBe(path);
});
