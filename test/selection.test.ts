import { expect, test } from "vitest";
import type { Selection } from "../src/generated.ts";
import { type SelectableNames, unmatchedSelection } from "../src/selection.ts";

const anvil: SelectableNames = {
  crd: "anvils.forge.example.com",
  group: "forge.example.com",
  kind: "Anvil",
  versions: ["v1", "v2"],
};
const hammer: SelectableNames = { ...anvil, crd: "hammers.forge.example.com", kind: "Hammer", versions: ["v1"] };

test.each<readonly [Selection, readonly string[]]>([
  [{}, []],
  [{ groups: ["forge.example.com"], kinds: ["Anvil", "Hammer"], versions: ["v2"] }, []],
  [{ kinds: ["Anvil", "anvil"] }, ["expected a kind anvil, got the kinds Anvil, Hammer; names are compared exactly"]],
  [
    { groups: ["forge"], crds: ["anvils"], versions: ["v3"] },
    [
      "expected a group forge, got the group forge.example.com; names are compared exactly",
      "expected a definition anvils, got the definitions anvils.forge.example.com, hammers.forge.example.com; names are compared exactly",
      "expected a version v3, got the versions v1, v2; names are compared exactly",
    ],
  ],
])("%j: names that no definition has are told, with those that there are", (selection, messages) => {
  const diagnostics = unmatchedSelection([anvil, hammer], selection);
  expect(diagnostics.map(({ message }) => message)).toEqual(messages);
  expect(diagnostics.every(({ severity }) => severity === "warning")).toBe(true);
});

test("of many names the first are told", () => {
  const many = Array.from({ length: 9 }, (_, index) => ({ ...anvil, kind: `Kind${index}` }));
  expect(unmatchedSelection(many, { kinds: ["X"] })[0]?.message).toBe(
    "expected a kind X, got the kinds Kind0, Kind1, Kind2, Kind3, Kind4 and 4 more; names are compared exactly",
  );
  expect(unmatchedSelection([], { kinds: ["X"] })[0]?.message).toMatch(/got no definition at all/);
});
