import { expect, it } from "vitest";
import { isKnownWord } from "../../../src/runtime/errors/known-words.ts";

it.each(["must", "field", "fields", "require", "required", "address", "addresses", "changed", "0", "e.g"])(
  "%s is a word of sentences",
  (word) => {
    expect(isKnownWord(word)).toBe(true);
  },
);

it.each([
  "",

  "ed",
  "monkey",
  "dragon",
  "admin",
  "root",
  "letmein",
  "sunshine",
  "canary",
  "qwerty",
  "12345",
  "Must",
])("%s is none", (word) => {
  expect(isKnownWord(word)).toBe(false);
});
