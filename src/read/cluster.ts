import {
  type ClusterConfig,
  type CustomResourceDefinition,
  CustomResourceDefinitionResource,
  type CustomResourceDefinitionTypes,
  DynamicClient,
  defaultConfig,
  isInvalidArgument,
  isNotFound,
  type ResourceClient,
  type ResourceList,
} from "@crd-gen/runtime";
import { clusterError } from "./cluster-failure.ts";
import type { RawDocument } from "./raw-document.ts";
import type { ClusterSource } from "./sources.ts";

/** A part of what a cluster has. */
export interface ClusterPage {
  /** Where it is from. */
  readonly cluster: Pick<ClusterConfig, "name" | "server">;
  readonly documents: readonly RawDocument[];
  /** How many definitions follow, as far as the server tells. */
  readonly remaining: number | undefined;
}

/** How to read a cluster. */
export interface ReadClusterOptions {
  /** The names of the definitions that are wanted; empty or absent for all. */
  readonly crds?: readonly string[] | undefined;
  /** Ends a request when it is aborted. */
  readonly signal: AbortSignal;
  /** Milliseconds that a page may take. */
  readonly timeoutMs?: number;
}

/**
 * Definitions of a page. A larger page keeps more of the server's answer in memory at once, and the last one is worked on
 * when nothing travels any more; a smaller one is more requests. See docs/decisions/0020-from-cluster.md.
 */
export const pageSize = 250;

/** Definitions of the first page, which is waited for with nothing to do. */
export const firstPageSize = 50;

/** Milliseconds that a page may take by default: a page of large definitions is some 40 MB. */
const pageTimeout = 120_000;

/** Names are asked for one by one up to so many; beyond, the whole list is quicker. */
const mostNames = 50;
/** Requests for names that are under way at once. */
const inFlight = 8;

/**
 * Reads the definitions of a cluster as they are on the wire, page by page. The next page travels while the caller is at
 * work on one, so the caller has to let the event loop turn meanwhile.
 *
 * @throws ClusterError where there is no way to the cluster, or it does not answer as it should.
 */
export async function* readCluster(
  { name, context, kubeconfig }: ClusterSource,
  options: ReadClusterOptions,
): AsyncGenerator<ClusterPage, void, undefined> {
  const config = await defaultConfig({ context, kubeconfig }).catch((error) => {
    throw clusterError(error, undefined);
  });
  const { timeoutMs = pageTimeout } = options;
  // What is read is not written back, and files are read so too: a default of int64 becomes a text of TypeScript.
  const client = await DynamicClient.fromConfig(config, { userAgent: "crd-gen", timeoutMs, unsafeIntegers: "round" });
  const left = new AbortController();
  const leave = (): void => left.abort(options.signal.reason);
  options.signal.addEventListener("abort", leave);
  if (options.signal.aborted) leave();
  let document = 0;
  try {
    for await (const { items, metadata } of ahead(pagesOf(client, options.crds ?? [], left.signal))) {
      const documents = items.map((tree): RawDocument => ({ tree, source: name, document: ++document, prefix: [] }));
      yield { documents, cluster: config, remaining: remainingOf(metadata) };
    }
  } catch (error) {
    if (options.signal.aborted) throw options.signal.reason;
    throw clusterError(error, config);
  } finally {
    options.signal.removeEventListener("abort", leave);
    left.abort();
    await client.close();
  }
}

type Page = Pick<ResourceList<CustomResourceDefinition>, "items" | "metadata">;

/** The last page says nothing of the number (metav1.ListMeta). */
function remainingOf({ remainingItemCount, continue: token = "" }: Page["metadata"]): number | undefined {
  return remainingItemCount ?? (token === "" ? 0 : undefined);
}

function pagesOf(client: DynamicClient, names: readonly string[], signal: AbortSignal): AsyncIterable<Page> {
  const definitions = client.resource(CustomResourceDefinitionResource);
  if (names.length === 0 || names.length > mostNames) return allPages(definitions, signal);
  const get = (name: string): Promise<CustomResourceDefinition | undefined> =>
    definitions.get(name, { signal }).catch((error) => {
      // A name that the cluster does not have, or that no object can have, is for the selection to tell, which knows of all
      // sources. What is no API server says 404 without a reason.
      if (isInvalidArgument(error) || (isNotFound(error) && error.reason !== undefined)) return undefined;
      throw error;
    });
  return namedPages([...new Set(names)], get);
}

async function* allPages(
  definitions: ResourceClient<CustomResourceDefinitionTypes>,
  signal: AbortSignal,
): AsyncGenerator<Page, void, undefined> {
  const first = await definitions.list({ limit: firstPageSize, signal });
  yield first;
  const { continue: token = "" } = first.metadata;
  if (token !== "") yield* definitions.pages({ limit: pageSize, continue: token, signal });
}

async function* namedPages(
  names: readonly string[],
  get: (name: string) => Promise<CustomResourceDefinition | undefined>,
): AsyncGenerator<Page, void, undefined> {
  for (let begin = 0; begin < names.length; begin += inFlight) {
    const found = await Promise.all(names.slice(begin, begin + inFlight).map(get));
    const remainingItemCount = Math.max(0, names.length - begin - inFlight);
    yield {
      items: found.filter((definition) => definition !== undefined),
      metadata: { resourceVersion: "", remainingItemCount },
    };
  }
}

/** The same values, each next one asked for before the one before it is given out. */
async function* ahead<Value>(values: AsyncIterable<Value>): AsyncGenerator<Value, void, undefined> {
  const iterator = values[Symbol.asyncIterator]();
  let next = iterator.next();
  for (;;) {
    const step = await next;
    if (step.done === true) return;
    next = iterator.next();
    // Its error is thrown when it is waited for, and means nothing to those who have left by then.
    next.catch(() => undefined);
    yield step.value;
  }
}
