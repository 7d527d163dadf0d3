import { readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { describe, expect, it, test } from "vitest";
import { formatDiagnostic } from "../src/diagnostic.ts";
import { completeRun, duplicatedDefinitions, generate, generatePart } from "../src/generate.ts";
import type { Generated, GenerateOptions } from "../src/generated.ts";
import { readDocuments } from "../src/read/documents.ts";
import type { RawDocument } from "../src/read/raw-document.ts";
import { definition, rawDocument } from "./definition.ts";

const fixtures = path.resolve(import.meta.dirname, "../fixtures");

interface ReadFolder {
  readonly documents: RawDocument[];
  readonly messages: string[];
  readonly sources: string[];
}

/** Reads what a run over a folder would read; sources are named relative to it. */
function readFolder(folder: string): ReadFolder {
  const read: ReadFolder = { documents: [], messages: [], sources: [] };
  for (const source of readdirSync(path.join(fixtures, folder), { recursive: true, encoding: "utf8" }).sort()) {
    if (!/\.(?:json|ya?ml)$/.test(source)) continue;
    const { documents, diagnostics } = readDocuments(readFileSync(path.join(fixtures, folder, source), "utf8"), source);
    read.documents.push(...documents);
    read.messages.push(...errors(diagnostics));
    read.sources.push(source);
  }
  return read;
}

function errors(diagnostics: Generated["diagnostics"]): string[] {
  return diagnostics.filter(({ severity }) => severity === "error").map(formatDiagnostic);
}

function paths({ files }: Generated): string[] {
  return files.map((file) => file.path);
}

function anvils(parts: Parameters<typeof definition>[0] = {}, source = "anvils.yaml"): RawDocument {
  return rawDocument(definition(parts), { source });
}

function hammers(source = "hammers.yaml"): RawDocument {
  const spec = { group: "forge.example.com", names: { kind: "Hammer", plural: "hammers" } };
  return rawDocument(definition({ metadata: { name: "hammers.forge.example.com" }, spec }), { source });
}

const valid = ["mycoolapp", ...readdirSync(path.join(fixtures, "features")).map((name) => `features/${name}`)];
const invalid = readdirSync(path.join(fixtures, "invalid"));

describe("a valid fixture generates without an error", () => {
  test.each(valid)("%s", async (folder) => {
    const { documents, messages } = readFolder(folder);
    const generated = await generate(documents);
    expect([...messages, ...errors(generated.diagnostics)]).toEqual([]);
    expect(generated.resources.length).toBeGreaterThan(0);
    const kinds = generated.resources.flatMap((resource) => resource.kinds);
    expect(paths(generated)).toEqual(expect.arrayContaining(["clientset.ts", ...kinds.map(({ file }) => file.path)]));
    expect(new Set(paths(generated).map((name) => name.toLowerCase())).size).toBe(generated.files.length);
  });
});

describe("an invalid fixture gives its messages and no files", () => {
  test.each(invalid)("%s", async (name) => {
    const { documents, messages, sources } = readFolder(`invalid/${name}`);
    const generated = completeRun([await generatePart(documents)], {}, { sources });
    // What could not be read is the reason why nothing was found, and the command does not say it twice.
    const said = generated.diagnostics.filter(({ code }) => messages.length === 0 || code !== "nothing-found");
    const expected = readFileSync(path.join(fixtures, "invalid", name, "expected.txt"), "utf8");
    expect([...messages, ...errors(said)].sort()).toEqual(expected.split("\n").slice(0, -1).sort());
    if (messages.length === 0) expect(generated.files).toEqual([]);
  });
});

describe("the documents of all features in one run", () => {
  const { documents } = readFolder("features");
  const whole = generate(documents);

  it("give the same bytes in any order", async () => {
    const { files, resources, diagnostics } = await whole;
    const other = await generate([...documents].reverse());
    expect(files.length).toBeGreaterThan(250);
    expect(other.files).toEqual(files);
    expect(other.resources).toEqual(resources);
    expect(other.diagnostics.map(formatDiagnostic)).toEqual(diagnostics.map(formatDiagnostic));
  });

  it("give the same generated in parts", async () => {
    const bySource = groupBySource(documents);
    const parts = await Promise.all([...bySource.values()].map((some) => generatePart(some)));
    const again = duplicatedDefinitions(parts);
    expect([...again]).toEqual([]);
    expect(completeRun(parts)).toEqual(await whole);
  });
});

function groupBySource(documents: readonly RawDocument[]): Map<string, RawDocument[]> {
  const groups = new Map<string, RawDocument[]>();
  for (const document of documents) {
    groups.set(document.source, [...(groups.get(document.source) ?? []), document]);
  }
  return groups;
}

describe("definitions in more than one part", () => {
  it("are named, so that they can be generated again from all their documents", async () => {
    const parts = await Promise.all(
      [[anvils()], [hammers()], [anvils({}, "again.yaml")]].map((some) => generatePart(some)),
    );
    expect([...duplicatedDefinitions(parts)]).toEqual(["anvils.forge.example.com"]);
  });

  it("count once where they are equal, with every place they were read from", async () => {
    const { resources, files } = await generate([anvils({}, "b.yaml"), anvils({}, "a.yaml")]);
    expect(resources.map(({ crd, sources }) => ({ crd, sources: sources.map(({ source }) => source) }))).toEqual([
      { crd: "anvils.forge.example.com", sources: ["a.yaml", "b.yaml"] },
    ]);
    expect(files).toEqual((await generate([anvils()])).files);
  });
});

describe("files", () => {
  it("are those of each kind, the index files, the clientset and the union of all kinds", async () => {
    expect(paths(await generate([hammers(), anvils()]))).toEqual([
      "clientset.ts",
      "forge.example.com/index.ts",
      "forge.example.com/v1/anvils.ts",
      "forge.example.com/v1/hammers.ts",
      "forge.example.com/v1/index.ts",
      "kinds.ts",
    ]);
  });

  it("of a run for types only have no clientset but what the interfaces are made of", async () => {
    const { files, resources } = await generate([anvils()], { typesOnly: true });
    expect(files.map((file) => file.path)).toContain("core.ts");
    expect(files.map((file) => file.path)).not.toContain("clientset.ts");
    expect(resources.flatMap(({ kinds }) => kinds.map(({ types, values }) => ({ types, values })))).toEqual([
      { types: ["Anvil", "AnvilInput"], values: [] },
    ]);
    expect(files.map(({ content }) => content).join("")).not.toContain("@crd-gen/runtime");
  });

  it("are one for each definition more, where definitions are asked for, which no other file imports", async () => {
    const versions = [{}, { name: "v2", storage: false, served: false }];
    const documents = [hammers(), anvils({ versions })];
    const { files, resources } = await generate(documents, { definitions: true, versions: ["v1"] });
    const without = await generate(documents, { versions: ["v1"] });
    const more = files.filter(({ path: file }) => !paths(without).includes(file));
    expect(more.map((file) => file.path)).toEqual([
      "forge.example.com/anvils.crd.ts",
      "forge.example.com/hammers.crd.ts",
    ]);
    expect(more).toEqual(resources.map((resource) => resource.definition));
    expect(more[0]?.content).toContain('"name": "v2"');
    expect(files.filter((file) => !more.includes(file))).toEqual(without.files);
  });

  it("have no definition of which nothing is generated", async () => {
    const unserved = { metadata: { name: "tongs.forge.example.com" }, names: { plural: "tongs", kind: "Tong" } };
    const documents = [anvils(), anvils({ ...unserved, versions: [{ served: false }] })];
    expect(paths(await generate(documents, { definitions: true }))).not.toContain("forge.example.com/tongs.crd.ts");
    expect(paths(await generate(documents, { definitions: true, unserved: true }))).toContain(
      "forge.example.com/tongs.crd.ts",
    );
  });

  it("of a definition that is wrong have nothing said of them", async () => {
    const documents = [anvils({}, "a.yaml"), anvils({ names: { shortNames: ["an"] } }, "b.yaml")];
    const wanted = await generate(documents);
    expect(await generate(documents, { definitions: true })).toEqual(wanted);
  });

  it("for types only have no definitions, and asking for both is an error", async () => {
    const { files, diagnostics } = await generate([anvils()], { definitions: true, typesOnly: true });
    expect(files).toEqual([]);
    expect(errors(diagnostics)).toEqual([
      "typesOnly and definitions: wanted one of them, got both; the type of an exported definition is the runtime's",
    ]);
  });

  it("never stand where a folder has to be, whatever a group is called", async () => {
    const groups = ["clientset.ts", "core.ts", "kinds.ts"];
    const documents = groups.map((group) =>
      rawDocument(definition({ metadata: { name: `anvils.${group}` }, spec: { group } })),
    );
    const { files } = await generate(documents, { definitions: true });
    const folders = new Set(files.map((file) => file.path.split("/")[0]));
    const atTop = files.filter((file) => !file.path.includes("/")).map((file) => file.path);
    expect(atTop).toEqual(["clientset.ts", "kinds.ts"]);
    expect(folders.size).toBe(groups.length + atTop.length);
  });
});

describe("selection", () => {
  const versions = [
    { name: "v1" },
    { name: "v1beta1", storage: false },
    { name: "v1alpha1", storage: false, served: false },
  ];
  const all = [anvils({ versions }), hammers()];
  const anvil = ["v1/anvils.ts", "v1beta1/anvils.ts"];
  test.each<[GenerateOptions, string[]]>([
    [{}, ["v1/anvils.ts", "v1/hammers.ts", "v1beta1/anvils.ts"]],
    [{ kinds: ["Anvil"] }, anvil],
    [{ kinds: ["anvil", "Hammer"] }, ["v1/hammers.ts"]],
    [{ crds: ["hammers.forge.example.com"] }, ["v1/hammers.ts"]],
    [{ groups: ["forge.example.com"], kinds: [] }, ["v1/anvils.ts", "v1/hammers.ts", "v1beta1/anvils.ts"]],
    [{ versions: ["v1beta1"] }, ["v1beta1/anvils.ts"]],
    [{ kinds: ["Anvil"], unserved: true }, ["v1/anvils.ts", "v1alpha1/anvils.ts", "v1beta1/anvils.ts"]],
  ])("%j", async (options, expected) => {
    const { resources, diagnostics } = await generate(all, options);
    expect(errors(diagnostics)).toEqual([]);
    const files = resources.flatMap(({ kinds }) =>
      kinds.map(({ file }) => file.path.replace("forge.example.com/", "")),
    );
    expect(files.sort()).toEqual(expected);
  });

  test.each<[string, GenerateOptions, RawDocument[], string]>([
    [
      "no definition",
      {},
      [rawDocument({ kind: "Pod" }), rawDocument(3)],
      "no CustomResourceDefinition among 2 documents of crd.yaml; name a source that holds one",
    ],
    ["no documents", {}, [], "no CustomResourceDefinition among 0 documents; name a source that holds one"],
    [
      "none served",
      {},
      [anvils({ versions: [{ served: false }] })],
      "no version of anvils.forge.example.com is both served and selected; see --unserved and --api-version",
    ],
    [
      "no such version",
      { versions: ["v2"], kinds: ["Anvil"] },
      all,
      "no version of anvils.forge.example.com is both served and selected; see --unserved and --api-version",
    ],
  ])("that leaves nothing is an error: %s", async (_, options, documents, message) => {
    const { files, diagnostics } = await generate(documents, options);
    expect(errors(diagnostics)).toEqual([message]);
    expect(files).toEqual([]);
  });
});

describe("reports", () => {
  it("a mapped type that no interface has, and uses one that exists", async () => {
    const schema = {
      type: "object",
      properties: { spec: { type: "object", properties: { size: { type: "string" } } } },
    };
    const types = { AnvilSpec: { from: "./mine.js", name: "Mine" }, AnvilSpce: { from: "./mine.js", name: "Mine" } };
    const { diagnostics, files } = await generate([anvils({ schema })], { types });
    expect(diagnostics.map(formatDiagnostic)).toEqual([
      "types names AnvilSpce, which is no generated interface; check its spelling",
    ]);
    expect(files.find((file) => file.path.endsWith("anvils.ts"))?.content).toContain(
      "export type AnvilSpec = _AnvilSpec;",
    );
  });

  it("what is said in comments only: counted, and listed on demand", async () => {
    const schema = { type: "object", properties: { spec: { type: "string", minLength: 1 } } };
    const [counted] = (await generate([anvils({ schema })])).resources;
    expect(counted).toMatchObject({ jsdocCounts: { minLength: 1 }, losses: [] });
    const [listed] = (await generate([anvils({ schema })], { listJsdoc: true })).resources;
    expect(listed?.losses).toEqual([
      {
        class: "jsdoc",
        crd: "anvils.forge.example.com",
        version: "v1",
        path: "spec.versions[0].schema.openAPIV3Schema.properties.spec",
        what: "minLength",
        emitted: "@minLength 1",
      },
    ]);
  });

  it("the documents that it skips", async () => {
    const pod = { apiVersion: "v1", kind: "Pod", metadata: { name: "web" } };
    const { skipped, diagnostics } = await generate([rawDocument(pod, { document: 4 }), anvils()]);
    expect(skipped).toEqual([{ location: { source: "crd.yaml", document: 4 }, what: "v1/Pod web" }]);
    expect(diagnostics).toEqual([]);
  });
});
