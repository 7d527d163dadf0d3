import type { Generated, GenerateOptions, Part } from "../generated.ts";
import type { ClusterPage, ReadClusterOptions } from "../read/cluster.ts";
import type { DocumentsOfText } from "../read/documents.ts";
import type { RawDocument } from "../read/raw-document.ts";
import type { ClusterSource, FileSource, FoundSources, TextSource } from "../read/sources.ts";
import type { Failure } from "./failure.ts";

/** The documents of one source, and what is wrong with it. */
export interface SourceDocuments extends DocumentsOfText {
  /** Why there is nothing of the source, where that is nobody's mistake. */
  readonly failure?: Failure;
}

/** What a thread needs to turn source files into parts. */
export interface PartStages {
  readonly readFileDocuments: (source: FileSource) => SourceDocuments;
  readonly generatePart: (documents: readonly RawDocument[], options?: GenerateOptions) => Promise<Part>;
}

/** The stages that a run calls, from the sources to the generated files. */
export interface Stages extends PartStages {
  readonly findSources: (patterns: readonly string[], cwd: string) => Promise<FoundSources>;
  /** Reads a source that holds a text. */
  readonly readSourceDocuments: (source: TextSource, signal: AbortSignal) => Promise<SourceDocuments>;
  /** Reads a cluster, page by page. */
  readonly readCluster: (source: ClusterSource, options: ReadClusterOptions) => AsyncIterable<ClusterPage>;
  readonly completeRun: (parts: readonly Part[], options: GenerateOptions, sources: readonly string[]) => Generated;
  readonly duplicatedDefinitions: (parts: readonly Part[]) => ReadonlySet<string>;
}
