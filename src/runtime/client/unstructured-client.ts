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
 *
 * Each call throws an ApiError where the server refuses; a ConnectionError, a TimeoutError or a ConfigError where there is no
 * answer; an InvalidArgumentError, before any request, where a name or an option cannot be right; an UnsafeIntegerError for an
 * integer that a number does not hold; and the signal's reason. What is said of a verb comes beside it.
 */
export interface UnstructuredVerbs {
  /**
   * Reads an object.
   *
   * @throws ApiError 404 where there is none.
   */
  get(name: string, options?: GetOptions): Promise<Unstructured>;
  /**
   * Reads the objects, or the first `limit` of them.
   *
   * @throws ApiError 410 where the page or the state that is asked for is no longer there.
   */
  list(options?: ListOptions<KindTypes>): Promise<UnstructuredList>;
  /**
   * Reads the objects page by page, `limit` at a time (default: 500), as one consistent state of the collection. Where the server
   * has forgotten that state it ends with a 410 (`isResourceExpired`). `timeoutMs` counts for each page.
   */
  pages(options?: ListOptions<KindTypes>): AsyncIterable<UnstructuredList>;
  /**
   * Follows changes until the caller leaves the loop, the signal aborts or the time is up. A server that is not there is tried
   * again until then; where there was no connection at all, it throws why.
   *
   * @throws ApiError where the server refuses to watch; an ERROR event, as for a state that is no longer there, is the last one.
   */
  watch(options?: WatchOptions<KindTypes>): AsyncIterable<WatchEvent<Unstructured>>;
  /**
   * Creates an object (POST), and returns it as the server completed it. A kind that is answered and not kept, such as a
   * SelfSubjectReview, needs no metadata.
   *
   * @throws ApiError 409 `AlreadyExists` where there is one of that name, 422 where it is invalid.
   */
  create(object: UnstructuredInput, options?: CreateOptions): Promise<Unstructured>;
  /**
   * Replaces an object as a whole (PUT; RBAC and client-go say update). With the resourceVersion that was read nothing of others is
   * lost. Without one the server refuses a custom resource, and replaces most built-in kinds, whatever they are at the time.
   *
   * @throws ApiError 404 where there is none, 409 `Conflict` where it has changed since it was read, 422 where it is invalid.
   */
  replace(object: UnstructuredInput, options?: ReplaceOptions): Promise<Unstructured>;
  /**
   * Changes parts of an object (PATCH).
   *
   * @throws ApiError 404 where there is none, 409 where a precondition does not hold, 422 where the outcome is invalid.
   */
  patch(name: string, patch: Patch<JsonObject>, options?: PatchOptions): Promise<Unstructured>;
  /**
   * Makes an object have these fields, and creates it where there is none (server-side apply).
   *
   * @throws ApiError 409 `Conflict` where others own fields that would change, unless `force` is set; 422 where it is invalid.
   */
  apply(object: UnstructuredInput, options: ApplyOptions): Promise<Unstructured>;
  /**
   * Deletes an object. While finalizers run the answer is the object itself, else a Status.
   *
   * @throws ApiError 404 where there is none, 409 where a precondition does not hold.
   */
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
  /**
   * Returns a client for one namespace; it makes no request.
   *
   * @throws InvalidArgumentError where the name is no DNS label (RFC 1123).
   */
  namespace(name: string): UnstructuredVerbs;
}
