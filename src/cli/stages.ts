import type { Generated, GenerateOptions, Part } from "../generated.ts";
import type { ClusterPage, ReadClusterOptions } from "../read/cluster.ts";
import type { DocumentsOfText } from "../read/documents.ts";
import type { RawDocument } from "../read/raw-document.ts";
import type { ClusterSource, FileSource, FoundSources, TextSource } from "../read/sources.ts";
import type { ClusterPlace, ReadPlaces } from "../selection.ts";
import type { Failure } from "./failure.ts";

/** The documents of one source, and what is wrong with it. */
export interface SourceDocuments extends DocumentsOfText {
  /** Of the bytes of the source; undefined where it could not be read, and of a cluster. */
  readonly digest?: string;
  /** Why there is nothing of the source, where that is nobody's mistake. */
  readonly failure?: Failure;
  /** Where documents of a cluster are from. */
  readonly cluster?: ClusterPlace;
}

/** What a thread needs to turn source files into parts. */
export interface PartStages {
  readonly readFileDocuments: (source: FileSource) => SourceDocuments;
  readonly generatePart: (documents: readonly RawDocument[], options?: GenerateOptions) => Promise<Part>;
}

/** What is called before anything else, to find out whether there is something to do. */
export interface FirstStages {
  readonly findSources: (patterns: readonly string[], cwd: string) => Promise<FoundSources>;
  /** Of a file's bytes; undefined where it cannot be read. */
  readonly digestOfFile: (source: FileSource) => string | undefined;
  /** Loads the rest. */
  readonly load: () => Promise<Stages>;
}

/** The stages that a run calls, from the sources to the generated files. */
export interface Stages extends PartStages {
  /** Reads a source that holds a text. */
  readonly readSourceDocuments: (source: TextSource, signal: AbortSignal) => Promise<SourceDocuments>;
  /** Reads a cluster, page by page. */
  readonly readCluster: (source: ClusterSource, options: ReadClusterOptions) => AsyncIterable<ClusterPage>;
  readonly completeRun: (parts: readonly Part[], options: GenerateOptions, places: ReadPlaces) => Generated;
  readonly duplicatedDefinitions: (parts: readonly Part[]) => ReadonlySet<string>;
}
