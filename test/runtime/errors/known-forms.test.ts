import { expect, it } from "vitest";
import { knownForm } from "../../../src/runtime/errors/known-forms.ts";

it.each<[message: string, length: number, whole: readonly string[], words: readonly string[]]>([
  ['pods "a" not found, it is', 18, ['pods "a" not found'], []],
  [
    'pods "a" is invalid: [spec.a: Invalid value: "canary": spec.a in body should match \'b\', c',
    86,
    ['pods "a" is invalid: ', "Invalid value: ", "…: ", "spec.a", " in body should match 'b'"],
    ["[spec.a: "],
  ],
  ['Invalid value: "": "a.b" must validate it', 24, ["Invalid value: ", "…: ", '"a.b"'], []],
  ['unknown field "a.canary-7f3a", b', 29, ['unknown field "a.…"'], []],
])("%s begins with a known form", (message, length, whole, words) => {
  const form = knownForm(message);
  expect(form?.length).toBe(length);
  const texts = (isWhole: boolean) => form?.pieces.filter((piece) => piece.whole === isWhole).map(({ text }) => text);
  expect([texts(true), texts(false)]).toEqual([whole, words]);
});

it.each(["", "it is", 'it is: pods "a" not found', '"a" must validate it'])("%s does not", (message) => {
  expect(knownForm(message)).toBeUndefined();
});
