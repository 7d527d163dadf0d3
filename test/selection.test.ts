import { expect, test } from "vitest";
import type { Selection } from "../src/generated.ts";
import { type FruitlessRun, nothingFound, type SelectableNames, unmatchedSelection } from "../src/selection.ts";

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
  [{ kinds: ["Anvil", "anvil"] }, ["expected a kind anvil, got the kinds Anvil, Hammer; did you mean Anvil?"]],
  [{ kinds: ["Anvli"] }, ["expected a kind Anvli, got the kinds Anvil, Hammer; did you mean Anvil?"]],
  [{ kinds: ["Pliers"] }, ["expected a kind Pliers, got the kinds Anvil, Hammer; names are compared exactly"]],
  [
    { groups: ["forge.exmaple.com"] },
    ["expected a group forge.exmaple.com, got the group forge.example.com; did you mean forge.example.com?"],
  ],
  [
    { crds: ["hamers.forge.example.com"] },
    [
      "expected a definition hamers.forge.example.com, got the definitions anvils.forge.example.com, hammers.forge.example.com; did you mean hammers.forge.example.com?",
    ],
  ],
  [
    { groups: ["forge"], crds: ["anvils"], versions: ["v3"] },
    [
      "expected a group forge, got the group forge.example.com; did you mean forge.example.com?",
      "expected a definition anvils, got the definitions anvils.forge.example.com, hammers.forge.example.com; did you mean anvils.forge.example.com?",
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

test("a name that begins several stands for none of them", () => {
  const other = { ...anvil, crd: "anvils.fort.example.com" };
  expect(unmatchedSelection([anvil, other], { crds: ["anvils"] })[0]?.message).toMatch(/names are compared exactly$/);
});

test.each<readonly [string, Partial<FruitlessRun>, Selection, string]>([
  ["no definition", {}, {}, "no CustomResourceDefinition among 0 documents of 2 sources; name a source that holds one"],
  [
    "a cluster without definitions",
    { sources: ["<cluster>"], cluster: { name: 'context "lab"', server: "https://lab" } },
    {},
    'no CustomResourceDefinition in https://lab (context "lab"); install one, as by kubectl apply -f FILE, or name another source',
  ],
  [
    "definitions of which none is selected",
    { definitions: [anvil, hammer] },
    { kinds: ["X"] },
    "the selection leaves nothing of any of the 2 definitions; see --group, --kind and --crd",
  ],
  [
    "versions that are not served",
    { definitions: [anvil], selected: [anvil.crd] },
    {},
    "no version of anvils.forge.example.com is both served and selected; see --unserved and --api-version",
  ],
  [
    "versions that are not selected",
    { definitions: [anvil], selected: ["a", "b", "c", "d", "e", "f", "g"] },
    { versions: ["v3"], unserved: true },
    "no version of a, b, c, d, e and 2 more is selected; see --api-version",
  ],
])("the reason why there is nothing: %s", (_, run, selection, message) => {
  const nothing = { selected: [], definitions: [], skipped: [], sources: ["a.yaml", "b.yaml"] };
  expect(nothingFound({ ...nothing, ...run }, selection)).toEqual({
    severity: "error",
    code: "nothing-found",
    message,
  });
});
