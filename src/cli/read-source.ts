import { setImmediate } from "node:timers/promises";
import type { Selection } from "../generated.ts";
import type { ClusterPage, ReadClusterOptions } from "../read/cluster.ts";
import { readDocuments } from "../read/documents.ts";
import { isReadError } from "../read/read-error.ts";
import {
  type ClusterSource,
  type FileSource,
  readFileSource,
  readSource,
  type Source,
  type TextSource,
} from "../read/sources.ts";
import { failureOf } from "./failure.ts";
import type { Progress } from "./progress.ts";
import type { SourceDocuments } from "./stages.ts";

/** The documents of a file. What is wrong with the file is among the diagnostics. */
export function readFileDocuments(source: FileSource): SourceDocuments {
  try {
    const { text, digest } = readFileSource(source);
    return { ...readDocuments(text, source.name), digest };
  } catch (error) {
    return unreadable(error);
  }
}

/** The documents of a source that holds a text. What is wrong with it is among the diagnostics. */
export async function readSourceDocuments(source: TextSource, signal: AbortSignal): Promise<SourceDocuments> {
  try {
    const { text, digest } = await readSource(source, { signal });
    return { ...readDocuments(text, source.name), digest };
  } catch (error) {
    return unreadable(error);
  }
}

/** Reads a cluster, page by page. What it takes is loaded when it is needed: it brings the runtime. */
export async function* readCluster(
  source: ClusterSource,
  options: ReadClusterOptions,
): AsyncGenerator<ClusterPage, void, undefined> {
  yield* (await import("../read/cluster.ts")).readCluster(source, options);
}

/** How to read a source without threads. */
export interface ReadingInParts {
  readonly selection: Pick<Selection, "crds">;
  /** Ends a request when it is aborted. */
  readonly signal: AbortSignal;
  /** Told how far the reading of a cluster has come. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

/** Some documents of a source. */
export interface ReadPart {
  readonly source: Source;
  readonly read: SourceDocuments;
}

/**
 * The documents of all sources, one source after the other. What is wrong with one does not keep the others from being read; it ends
 * early where the signal is aborted.
 */
export async function* readSources(
  sources: readonly Source[],
  reading: ReadingInParts,
): AsyncGenerator<ReadPart, void, undefined> {
  for (const source of sources) {
    try {
      for await (const read of readInParts(source, reading)) yield { source, read };
    } catch (error) {
      if (reading.signal.aborted) return;
      yield { source, read: { documents: [], diagnostics: [], failure: failureOf(error, source.name) } };
    }
    // Signals are heard between sources.
    await setImmediate();
  }
}

/** The documents of any source: those of a text at once, those of a cluster page by page. */
async function* readInParts(
  source: Source,
  { selection, signal, onProgress }: ReadingInParts,
): AsyncGenerator<SourceDocuments, void, undefined> {
  if (source.kind === "file") {
    yield readFileDocuments(source);
    return;
  }
  if (source.kind !== "cluster") {
    yield await readSourceDocuments(source, signal);
    return;
  }
  let done = 0;
  for await (const { documents, remaining, cluster } of readCluster(source, { crds: selection.crds, signal })) {
    yield { documents, diagnostics: [], cluster };
    done += documents.length;
    const all = remaining === undefined ? undefined : done + remaining;
    onProgress?.({ what: `definitions of ${cluster.name} at ${cluster.server}`, done, all });
  }
}

function unreadable(error: unknown): SourceDocuments {
  if (!isReadError(error)) throw error;
  const { code, message, cause } = error;
  // An answer that is not wanted, such as 404, is for the user to put right; that there is none at all, with a cause, is the network's.
  if (code === "source-url" && cause !== undefined) {
    return { documents: [], diagnostics: [], failure: { code: "network", message } };
  }
  return { documents: [], diagnostics: [error.diagnostic] };
}
