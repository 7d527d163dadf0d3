import { expect, test } from "vitest";
import { chooseSources } from "../../../src/cli/init/choose-sources.ts";
import type { FoundFile } from "../../../src/cli/init/find-definitions.ts";

/** Files by path: the kinds that they define, or what is the matter with them. */
type Files = Readonly<Record<string, readonly string[] | "other" | "broken" | "unfit">>;

interface Wanted {
  readonly sources: readonly string[];
  readonly copies?: readonly string[];
  readonly leftOut?: readonly string[];
}

function fileOf([path, what]: readonly [string, Files[string]]): FoundFile {
  switch (what) {
    case "other":
    case "broken":
      return { kind: "other", path, broken: what === "broken" };
    case "unfit":
      return { kind: "unfit", path, reason: "a patch" };
    default:
      return { kind: "definitions", path, definitions: what.map((name) => `${name} v1`) };
  }
}

test.each<readonly [string, Files, Wanted]>([
  ["none", { "a.yaml": "other" }, { sources: [] }],
  ["a folder", { "crds/a.yaml": ["a"], "crds/b.yaml": ["b"] }, { sources: ["crds"] }],
  ["a folder with other manifests", { "k8s/a.yaml": ["a"], "k8s/b.yaml": "other" }, { sources: ["k8s"] }],
  [
    "the files of a folder with a broken file",
    { "k8s/a.yaml": ["a"], "k8s/b.yaml": ["b"], "k8s/c.yaml": "broken" },
    { sources: ["k8s/a.yaml", "k8s/b.yaml"] },
  ],
  [
    "the files of a folder with a patch below it",
    { "k8s/a.yaml": ["a"], "k8s/patches/b.yaml": "unfit" },
    { sources: ["k8s/a.yaml"] },
  ],
  [
    "the files of a folder with something left out below it",
    { "k8s/a.yaml": ["a"] },
    { sources: ["k8s/a.yaml"], leftOut: ["k8s/dist"] },
  ],
  [
    "the files of a folder that was not looked at whole",
    { "k8s/a.yaml": ["a"] },
    { sources: ["k8s/a.yaml"], leftOut: ["k8s"] },
  ],
  [
    "a folder beside one that was left out",
    { "k8s/a.yaml": ["a"] },
    { sources: ["k8s"], leftOut: ["k8s-old", "dist"] },
  ],
  [
    "the files of the project itself",
    { "a.yaml": ["a"], "b.yaml": ["b"], "package.json": "other" },
    { sources: ["a.yaml", "b.yaml"] },
  ],
  [
    "a folder for those below it",
    { "crds/a/a.yaml": ["a"], "crds/b/c/b.yaml": ["b"], "crds/b/c.yaml": ["c"] },
    { sources: ["crds"] },
  ],
  [
    "folders that have nothing but other files in common",
    { "x/a/crds/a.yaml": ["a"], "x/b/crds/b.yaml": ["b"], "x/values.yaml": "other" },
    { sources: ["x/a/crds", "x/b/crds"] },
  ],
  ["a folder and not those below it", { "crds/a.yaml": ["a"], "crds/b/b.yaml": ["b"] }, { sources: ["crds"] }],
  [
    "the folder of definitions rather than what is packed from it",
    { "bundle/manifests/a.yaml": ["a"], "charts/x/crds/a.yaml": ["a"], "config/crd/bases/a.yaml": ["a"] },
    { sources: ["config/crd/bases"], copies: ["charts/x/crds", "bundle/manifests"] },
  ],
  [
    "the folder that has most",
    { "crds/a.yaml": ["a"], "all/everything.yaml": ["a", "b"] },
    { sources: ["all"], copies: ["crds"] },
  ],
  [
    "what one folder adds to another",
    { "crds/a.yaml": ["a", "b"], "more/b.yaml": ["b", "c"] },
    { sources: ["crds", "more"] },
  ],
  [
    "the files of a folder with a copy below it",
    { "crds/a.yaml": ["a", "b"], "crds/old/a.yaml": ["a"] },
    { sources: ["crds/a.yaml"], copies: ["crds/old"] },
  ],
  ["the higher of two equals", { "z/a.yaml": ["a"], "a/b/a.yaml": ["a"] }, { sources: ["z"], copies: ["a/b"] }],
  ["the first of two equals", { "b/a.yaml": ["a"], "a/a.yaml": ["a"] }, { sources: ["a"], copies: ["b"] }],
])("chooses %s", (_, files, { sources, copies = [], leftOut = [] }) => {
  const found = { files: Object.entries(files).map(fileOf), leftOut, complete: true };
  expect(chooseSources(found)).toMatchObject({ sources, copies });
  expect(chooseSources({ ...found, files: found.files.toReversed() })).toMatchObject({ sources, copies });
});

test("counts definitions, and not their versions", () => {
  const file = (path: string, definitions: readonly string[]): FoundFile => ({
    kind: "definitions",
    path,
    definitions,
  });
  const files = [file("crds/a.yaml", ["a v1", "a v2", "b v1"]), file("more/a.yaml", ["a v3"])];
  expect(chooseSources({ files, leftOut: [], complete: true })).toEqual({
    sources: ["crds", "more"],
    definitions: 2,
    copies: [],
  });
});
