import { expect, test } from "vitest";
import { mergeDuplicates } from "../../src/cli/duplicates.ts";
import type { SourceDocuments, Stages } from "../../src/cli/stages.ts";
import type { Part } from "../../src/generated.ts";
import type { ClusterSource, Source } from "../../src/read/sources.ts";
import { fakeStages, resourceNamed } from "./fake-stages.ts";

const cluster: ClusterSource = { kind: "cluster", name: "<cluster>" };
const file: Source = { kind: "file", name: "a.yaml", path: "/a.yaml" };

function partOf(source: string, ...names: readonly string[]): Part {
  return {
    resources: names.map((name) => resourceNamed(name, [source])),
    definitions: [],
    skipped: [],
    diagnostics: [],
  };
}

/** Stages that read the file alone: a cluster is not to be read a second time. */
const stages: Stages = fakeStages(
  { "a.yaml": ["x", "y"] },
  {
    readCluster: () => {
      throw new Error("expected the documents that were kept");
    },
  },
);

function merge(parts: readonly Part[], kept: ReadonlyMap<Source, SourceDocuments>) {
  const { signal } = new AbortController();
  return mergeDuplicates(parts, { sources: [cluster, file], options: {}, stages, kept, signal });
}

function documentNamed(name: string): SourceDocuments["documents"][number] {
  return { tree: { metadata: { name } }, source: cluster.name, document: 1, prefix: [] };
}

test("takes what was kept of a cluster, and reads a file again", async () => {
  const kept = new Map([[cluster, { documents: ["y", "z"].map(documentNamed), diagnostics: [] }]]);
  const { parts, obsoletePaths } = await merge([partOf("a.yaml", "x", "y"), partOf("<cluster>", "y", "z")], kept);
  expect(parts.flatMap((part) => part.resources)).toEqual([
    resourceNamed("x", ["a.yaml"]),
    resourceNamed("z", ["<cluster>"]),
    resourceNamed("y", ["<cluster>", "a.yaml"]),
  ]);
  expect(obsoletePaths).toEqual(new Set(["y.ts"]));
});

test("makes the file that exports a definition anew, too", async () => {
  const part = partOf("a.yaml", "y");
  const withDefinition = {
    ...part,
    resources: part.resources.map((resource) => ({ ...resource, definition: { path: "y.crd.ts", content: "" } })),
  };
  const kept = new Map([[cluster, { documents: [documentNamed("y")], diagnostics: [] }]]);
  const { obsoletePaths } = await merge([withDefinition, partOf("<cluster>", "y")], kept);
  expect(obsoletePaths).toEqual(new Set(["y.ts", "y.crd.ts"]));
});

test("asks for nothing where no definition is there twice", async () => {
  const parts = [partOf("a.yaml", "x"), partOf("<cluster>", "z")];
  expect(await merge(parts, new Map())).toEqual({ parts, obsoletePaths: new Set() });
});

test("refuses a cluster by itself that has one name twice, whose documents are kept nowhere", async () => {
  const twice = merge([partOf("<cluster>", "y"), partOf("<cluster>", "y")], new Map());
  await expect(twice).rejects.toMatchObject({
    name: "ClusterError",
    message:
      "wanted each definition of the cluster once, got one twice; run again, and if it stays so, look at what stands before the server",
  });
});
