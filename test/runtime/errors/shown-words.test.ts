import { expect, it } from "vitest";
import { shownWords } from "../../../src/runtime/errors/shown-words.ts";

it.each<[text: string, shown: string]>([
  ["it must be set", "it must be set"],
  ["It MUST be Set", "It MUST be Set"],
  ["it mUST be sET", "it … be …"],
  ["maxReplicas and HTTPPort", "maxReplicas and HTTPPort"],
  ["maxMonkeys and HTTPMonkey", "… and …"],
  ["lower-case and/or item(s)", "lower-case and/or item(s)"],
  ["it doesn't", "it doesn't"],
  ["(`name`, 'name', [name], \"name\").", "(`name`, 'name', [name], \"name\")."],
  ["two  horses\nand riders", "two  …\nand …"],
  ["spec.monkeys[0] and .status.monkeys", "spec.monkeys[0] and .status.monkeys"],
  ["name=… and ca…, …ca", "name=… and …, …"],
  ["monkey.spec and spec", "… and spec"],
  ["[spec.monkeys[0]]: [values[0]", "[spec.monkeys[0]]: [values[0]"],
  ["[] () [[a]] (a[0]) a[b", "[] () [[a]] (…) …"],
  ["values[monkey].monkeys[0].name", "values[…].…[0].name"],
  ["... .spec /metadata/labels/monkey metadata.selfLink .monkey", "... .spec /metadata/labels/… metadata.selfLink .…"],
])("of %j is shown %j", (text, shown) => {
  expect(shownWords(text, new Set())).toBe(shown);
});

it("names are words", () => {
  expect(shownWords("monkeys must be key.monkeys, not monkey", new Set(["monkeys"]))).toBe(
    "monkeys must be key.monkeys, not …",
  );
});
