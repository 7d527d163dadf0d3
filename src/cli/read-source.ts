import type { ClusterPage, ReadClusterOptions } from "../read/cluster.ts";
import { readDocuments } from "../read/documents.ts";
import { isReadError } from "../read/read-error.ts";
import { type ClusterSource, type FileSource, readFileSource, readSource, type TextSource } from "../read/sources.ts";
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

function unreadable(error: unknown): SourceDocuments {
  if (!isReadError(error)) throw error;
  const { code, message, cause } = error;
  // An answer that is not wanted, such as 404, is for the user to put right; that there is none at all, with a cause, is the network's.
  if (code === "source-url" && cause !== undefined) {
    return { documents: [], diagnostics: [], failure: { code: "network", message } };
  }
  return { documents: [], diagnostics: [error.diagnostic] };
}
