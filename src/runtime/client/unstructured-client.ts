import type {
  ApplyOptions,
  CreateOptions,
  DeleteCollectionOptions,
  DeleteOptions,
  GetOptions,
  KindTypes,
  ListOptions,
  Patch,
  PatchOptions,
  ReplaceOptions,
  ScaleClient,
  Status,
  WatchEvent,
  WatchOptions,
} from "../gen/v1.ts";
import type { JsonObject } from "../unstructured/json.ts";
import type { Unstructured } from "../unstructured/unstructured.ts";
import type { UnstructuredList } from "../unstructured/unstructured-list.ts";

/** What is written where no types say what it has to be. */
export type UnstructuredInput = Unstructured | JsonObject;

/**
 * The verbs of the contract for objects whose kind the compiler does not know: what they take and give is
 * {@link Unstructured}. The runtime checks what the types of a kind would.
 */
export interface UnstructuredVerbs {
  /** Reads an object. */
  get(name: string, options?: GetOptions): Promise<Unstructured>;
  /** Reads the objects, or the first `limit` of them. */
  list(options?: ListOptions<KindTypes>): Promise<UnstructuredList>;
  /**
   * Reads the objects page by page, `limit` at a time (default: 500), as one consistent state of the collection. Where the server
   * has forgotten that state it ends with a 410 (`isResourceExpired`). `timeoutMs` counts for each page.
   */
  pages(options?: ListOptions<KindTypes>): AsyncIterable<UnstructuredList>;
  /** Follows changes until the caller leaves the loop, the signal aborts or the time is up. */
  watch(options?: WatchOptions<KindTypes>): AsyncIterable<WatchEvent<Unstructured>>;
  /** Creates an object (POST), and returns it as the server completed it. */
  create(object: UnstructuredInput, options?: CreateOptions): Promise<Unstructured>;
  /** Replaces an object as a whole (PUT; RBAC and client-go say update). */
  replace(object: UnstructuredInput, options?: ReplaceOptions): Promise<Unstructured>;
  /** Changes parts of an object (PATCH). */
  patch(name: string, patch: Patch<JsonObject>, options?: PatchOptions): Promise<Unstructured>;
  /** Makes an object have these fields, and creates it where there is none (server-side apply). */
  apply(object: UnstructuredInput, options: ApplyOptions): Promise<Unstructured>;
  /** Deletes an object. While finalizers run the answer is the object itself, else a Status. */
  delete(name: string, options?: DeleteOptions): Promise<Status | Unstructured>;
  /** Deletes every object that is selected, and returns them. */
  deleteCollection(options?: DeleteCollectionOptions<KindTypes>): Promise<UnstructuredList>;
  /** The status subresource. Where the kind has none, the server answers that there is no such resource. */
  readonly status: Pick<UnstructuredVerbs, "get" | "replace" | "patch" | "apply">;
  /** The scale subresource, likewise. */
  readonly scale: ScaleClient;
}

/** A client for a resource by group, version and plural: in all namespaces or, for a cluster-scoped one, as it is. */
export interface UnstructuredClient extends UnstructuredVerbs {
  /** Returns a client for one namespace; it makes no request. */
  namespace(name: string): UnstructuredVerbs;
}
