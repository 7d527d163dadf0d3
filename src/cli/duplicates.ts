import { filesOfResource, type GenerateOptions, type Part } from "../generated.ts";
import { ClusterError } from "../read/cluster-error.ts";
import { metadataName, type RawDocument } from "../read/raw-document.ts";
import type { Source } from "../read/sources.ts";
import type { SourceDocuments, Stages } from "./stages.ts";

/** What it takes to read the sources of a definition again. */
export interface Rereading {
  readonly sources: readonly Source[];
  readonly options: GenerateOptions;
  readonly stages: Stages;
  /** Documents of the sources that cannot be read again as a file can. */
  readonly kept: ReadonlyMap<Source, SourceDocuments>;
  readonly signal: AbortSignal;
}

/** The parts with each definition in one of them only, and the paths of the files that are made anew. */
export interface MergedParts {
  readonly parts: readonly Part[];
  readonly obsoletePaths: ReadonlySet<string>;
}

/**
 * A definition that several sources hold was generated once for each, none knowing of the others. Its documents are read again and
 * generated together, which either makes them one or says where they differ; that takes the place of what the sources became alone.
 */
export async function mergeDuplicates(parts: readonly Part[], rereading: Rereading): Promise<MergedParts> {
  const { options, stages } = rereading;
  const names = stages.duplicatedDefinitions(parts);
  if (names.size === 0) return { parts, obsoletePaths: new Set() };
  const duplicates = parts.flatMap((part) => part.resources.filter((resource) => names.has(resource.crd)));
  const places = new Set(duplicates.flatMap((resource) => resource.sources.map((location) => location.source)));
  const documents: RawDocument[] = [];
  for (const source of rereading.sources) {
    if (!places.has(source.name)) continue;
    const read = await readAgain(source, rereading);
    // Only those concerned are kept while the next source is read.
    documents.push(...read.documents.filter((document) => names.has(metadataName(document.tree) ?? "")));
  }
  const merged = await stages.generatePart(documents, { ...options, crds: [...names].sort() });
  return {
    parts: [...parts.map((part) => without(part, names, places)), { ...merged, skipped: [] }],
    obsoletePaths: new Set(duplicates.flatMap(filesOfResource).map(({ path }) => path)),
  };
}

async function readAgain(source: Source, { stages, kept, signal }: Rereading): Promise<SourceDocuments> {
  const known = kept.get(source);
  if (known !== undefined) return known;
  if (source.kind === "file") return stages.readFileDocuments(source);
  // Its documents are kept wherever there is something beside it, and no cluster has a name twice.
  if (source.kind === "cluster") {
    const wanted = "wanted each definition of the cluster once, got one twice";
    throw new ClusterError(`${wanted}; run again, and if it stays so, look at what stands before the server`);
  }
  return stages.readSourceDocuments(source, signal);
}

function without(part: Part, names: ReadonlySet<string>, places: ReadonlySet<string>): Part {
  return {
    ...part,
    resources: part.resources.filter((resource) => !names.has(resource.crd)),
    // A source whose definition could not be read at all is not read again, and has its say here.
    diagnostics: part.diagnostics.filter(
      ({ crd, location }) => !names.has(crd ?? "") || !places.has(location?.source ?? ""),
    ),
  };
}
