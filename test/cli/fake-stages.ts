import type { Settings } from "../../src/cli/settings.ts";
import type { FirstStages, SourceDocuments, Stages } from "../../src/cli/stages.ts";
import type { Diagnostic } from "../../src/diagnostic.ts";
import { digestOf } from "../../src/digest.ts";
import type { Generated, GeneratedFile, GeneratedKind, GeneratedResource, Part } from "../../src/generated.ts";
import { generatedMark } from "../../src/output/mark.ts";
import type { RawDocument } from "../../src/read/raw-document.ts";
import type { FileSource, Source } from "../../src/read/sources.ts";

/** What a run does that is told its sources and nothing else. */
export const plainSettings: Settings = {
  sources: ["any"],
  out: "out",
  options: {},
  jobs: 1,
  mode: "write",
  diff: false,
  force: false,
  yes: false,
  json: false,
  quiet: false,
  verbose: false,
};

/** An error without a place. */
export function errorSaying(message: string): Diagnostic {
  return { severity: "error", code: "test", message };
}

/** A file source of this name; its documents come from what the stages are made with. */
function sourceNamed(name: string): FileSource {
  return { name, kind: "file", path: `/${name}`, size: name.length };
}

/** What one definition became: a file named after it, which says which revision it is and which sources went into it. */
export function resourceNamed(name: string, sources: readonly string[]): GeneratedResource {
  const [crd = ""] = name.split("@");
  const file: GeneratedFile = { path: `${crd}.ts`, content: `${generatedMark}. ${name} of ${sources.join(", ")}\n` };
  const kind: GeneratedKind = {
    group: "g",
    version: "v1",
    kind: crd,
    plural: crd,
    scope: "Cluster",
    typeName: crd,
    served: true,
    types: [],
    values: [],
    file,
  };
  const locations = sources.map((source) => ({ source, document: 1 }));
  return { crd, sources: locations, kinds: [kind], losses: [], jsdocCounts: { minimum: 1 } };
}

/** Those that are called first, and those that they load: these are the same object. */
export type FakeStages = FirstStages & Stages;

/**
 * Stages that take the names of definitions, by source, for documents: `a` and `a@2` are two revisions of one definition, one called `bad`
 * is an error, `crash` throws. They stand in for the real ones where a test is about what surrounds them.
 */
export function fakeStages(
  input: Readonly<Record<string, readonly string[]>>,
  overrides: Partial<FakeStages> = {},
): FakeStages {
  const digest = (name: string): string => digestOf((input[name] ?? []).join("\n"));
  const read = (source: Source): SourceDocuments => ({
    documents: (input[source.name] ?? []).map((name) => ({
      tree: { metadata: { name } },
      source: source.name,
      document: 1,
      prefix: [],
    })),
    diagnostics: [],
    ...(source.kind === "cluster" ? {} : { digest: digest(source.name) }),
  });
  const stages: FakeStages = {
    findSources: async () => ({
      sources: Object.keys(input).flatMap((name) => (name === "<cluster>" ? [] : [sourceNamed(name)])),
      diagnostics: [],
    }),
    digestOfFile: ({ name }) => digest(name),
    load: async () => stages,
    readFileDocuments: read,
    readSourceDocuments: async (source) => read(source),
    readCluster: async function* (source) {
      const { documents } = read(source);
      yield { documents, cluster: { name: "the fake cluster", server: "https://127.0.0.1" }, remaining: 0 };
    },
    generatePart: async (documents) => generatePart(documents),
    duplicatedDefinitions: (parts) => {
      const names = parts.flatMap((part) => part.resources.map((resource) => resource.crd));
      return new Set(names.filter((name, index) => names.indexOf(name) !== index));
    },
    completeRun,
    ...overrides,
  };
  return stages;
}

function generatePart(documents: readonly RawDocument[]): Part {
  const sources = new Map<string, string[]>();
  const diagnostics: Diagnostic[] = [];
  for (const { tree, source } of documents) {
    const name = JSON.stringify(tree).split('"')[5] ?? "";
    if (name === "crash") throw new TypeError("boom");
    if (name === "bad") diagnostics.push(errorSaying(`bad in ${source}`));
    else sources.set(name, [...(sources.get(name) ?? []), source]);
  }
  return {
    resources: [...sources].map(([name, places]) => resourceNamed(name, places)),
    definitions: [],
    skipped: [],
    diagnostics,
  };
}

function completeRun(parts: readonly Part[]): Generated {
  const resources = parts.flatMap((part) => part.resources);
  const diagnostics = parts.flatMap((part) => part.diagnostics);
  const files = resources.flatMap((resource) => resource.kinds.map((kind) => kind.file));
  const index: GeneratedFile = {
    path: "index.ts",
    content: `${generatedMark}. ${files.map((file) => file.path).join(", ")}\n`,
  };
  return {
    resources,
    definitions: [],
    skipped: [],
    diagnostics,
    files: diagnostics.length > 0 ? [] : [...files, index],
  };
}
