import type { Diagnostic, SourceLocation } from "../diagnostic.ts";
import type { Selection } from "../generated.ts";
import { compareText } from "../json.ts";
import { type CombinedResource, combine } from "../parse/combine.ts";
import type { CustomResource } from "../parse/custom-resource.ts";
import { parse, type SkippedDocument } from "../parse/parse.ts";
import { locate, type RawDocument } from "../read/raw-document.ts";
import { findSources, type Source } from "../read/sources.ts";
import { type ClusterPlace, type ReadPlaces, type SelectableNames, selectableNames, selectFrom } from "../selection.ts";
import type { Failure } from "./failure.ts";
import type { Input } from "./input.ts";
import type { Progress } from "./progress.ts";
import { readSources } from "./read-source.ts";

/** How to read definitions. */
export interface Reading {
  /** The working directory, absolute. */
  readonly cwd: string;
  readonly selection: Selection;
  /** Find out where in its text each definition stands, which takes about as long as reading it. */
  readonly positions: boolean;
  /** Ends a request when it is aborted. */
  readonly signal: AbortSignal;
  /** Told how far the reading of a cluster has come. */
  readonly onProgress: (progress: Progress) => void;
}

/** What the sources of a run hold. */
export interface ReadDefinitions extends ReadPlaces {
  /** The selected definitions, each name once. */
  readonly selected: readonly CombinedResource[];
  /** The names of all definitions that were read. */
  readonly definitions: readonly SelectableNames[];
  readonly skipped: readonly SkippedDocument[];
  readonly diagnostics: readonly Diagnostic[];
  /** Why sources could not be read, where it is nobody's mistake. */
  readonly failures: readonly Failure[];
}

/**
 * Reads all sources, one after the other, and looks at everything about their definitions but the schemas. What is wrong
 * with one source does not keep the others from being read.
 */
export async function readDefinitions(input: Input, reading: Reading): Promise<ReadDefinitions> {
  const found = await findSources(input.sources, reading.cwd);
  const sources: readonly Source[] = input.cluster === undefined ? found.sources : [input.cluster, ...found.sources];
  const shelf = new Shelf(reading.selection);
  shelf.diagnostics.push(...found.diagnostics);
  let cluster: ClusterPlace | undefined;
  for await (const { read } of readSources(sources, reading)) {
    shelf.diagnostics.push(...read.diagnostics);
    if (read.failure !== undefined) shelf.failures.push(read.failure);
    cluster ??= read.cluster;
    shelf.add(read.documents);
  }
  const { resources, definitions, skipped, diagnostics, failures } = shelf;
  const combined = combine(resources);
  return {
    selected: reading.positions ? withPositions(combined.resources, resources) : combined.resources,
    definitions,
    skipped,
    sources: sources.map(({ name }) => name),
    cluster,
    diagnostics: [...diagnostics, ...combined.diagnostics],
    failures,
  };
}

function withPositions(
  combined: readonly CombinedResource[],
  resources: readonly CustomResource[],
): readonly CombinedResource[] {
  const places = new Map<string, SourceLocation[]>();
  const sorted = [...resources].sort(
    ({ document: one }, { document: other }) => compareText(one.source, other.source) || one.document - other.document,
  );
  for (const { crd, document } of sorted) {
    const place = locate(document, ["metadata", "name"]);
    const others = places.get(crd);
    if (others === undefined) places.set(crd, [place]);
    else others.push(place);
  }
  return combined.map((one) => ({ ...one, sources: places.get(one.resource.crd) ?? one.sources }));
}

/** What has been read so far. */
class Shelf {
  readonly resources: CustomResource[] = [];
  readonly definitions: SelectableNames[] = [];
  readonly skipped: SkippedDocument[] = [];
  readonly diagnostics: Diagnostic[] = [];
  readonly failures: Failure[] = [];
  readonly #selection: Selection;

  constructor(selection: Selection) {
    this.#selection = selection;
  }

  /** Keeps the documents of selected definitions, and of the others the names. */
  add(documents: readonly RawDocument[]): void {
    const parsed = parse(documents);
    const selected = selectFrom(parsed, this.#selection);
    this.resources.push(...selected.resources);
    this.diagnostics.push(...selected.diagnostics);
    this.definitions.push(...parsed.resources.map(selectableNames));
    this.skipped.push(...parsed.skipped);
  }
}
