/*
 * The contract between generated code and the runtime. Types only: nothing here exists at run time. It names nothing
 * outside ES2022, so that it compiles in every program. From the first release it is frozen: what it lacks is added
 * beside, what is wrong becomes another module.
 */

import type { Apply, ApplyObjectMeta, MergePatch, MergePatchObjectMeta, ObjectMeta, ObjectMetaInput } from "./core.ts";
import type { PrinterColumn, ScalePaths } from "./definition.ts";
import type {
  ApplyOptions,
  CreateOptions,
  DeleteCollectionOptions,
  DeleteOptions,
  GetOptions,
  ListOptions,
  PatchOptions,
  ReplaceOptions,
  WatchOptions,
} from "./options.ts";
import type { JsonPatchOperation, ResourceList, Scale, ScaleInput, Status, WatchEvent } from "./wire.ts";

export type * from "./core.ts";
export type * from "./definition.ts";
export type * from "./options.ts";
export type * from "./wire.ts";

declare const types: unique symbol;

/** What every object of every kind has when it is read. */
export interface KubernetesObject {
  /** `<group>/<version>`; for the core group the version alone. */
  apiVersion: string;
  kind: string;
  metadata: ObjectMeta;
}

/** What every object of every kind has when it is written. */
export interface KubernetesObjectInput {
  /** `<group>/<version>`; the client fills it in. */
  apiVersion?: string;
  /** The client fills it in. */
  kind?: string;
  metadata: ObjectMetaInput;
}

/** What a kind's generated file says about it: an interface that ties its types together for the generic client. */
export interface KindTypes {
  /** What `get`, `list` and `watch` return: fields with a default are present. */
  read: KubernetesObject;
  /** What is written: fields with a default may be left out, and so is a status that is a subresource. */
  input: KubernetesObjectInput;
  scope: "Namespaced" | "Cluster";
  /** The subresources that the kind has; `never` where it has none. */
  subresources: "status" | "scale";
  /** The field selectors that the server knows for the kind. */
  fieldSelectors: string;
  /** The input view of the status, for a kind with the status subresource. Left out, it is the status as read. */
  statusInput?: unknown;
}

/**
 * One version of one kind, as data. The optional part holds what the CustomResourceDefinition says beyond what requests
 * need; absent means that it says nothing.
 */
export interface ResourceDescriptor<T extends KindTypes> {
  /** API group; empty for the core group. */
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  /** The resource's name in URLs and in RBAC rules. */
  readonly plural: string;
  readonly scope: T["scope"];
  readonly subresources: readonly T["subresources"][];
  readonly singular?: string;
  readonly listKind?: string;
  readonly shortNames?: readonly string[];
  readonly categories?: readonly string[];
  readonly printerColumns?: readonly PrinterColumn[];
  /** Paths of the `selectableFields`, without the leading dot. */
  readonly selectableFields?: readonly string[];
  readonly scale?: ScalePaths;
  /** Whether objects are stored in this version. */
  readonly storage?: boolean;
  readonly deprecated?: boolean;
  /** What the server says to clients of a deprecated version; absent, it says a standard text. */
  readonly deprecationWarning?: string;
  /** Carries the kind's types; no descriptor has it as a value. It makes a descriptor of any kind a `ResourceDescriptor<KindTypes>`. */
  readonly [types]?: T;
}

/** The metadata of an object to create. The server refuses a resourceVersion there, so an object just read is none. */
export interface CreateObjectMeta extends ObjectMetaInput {
  resourceVersion?: never;
}

/** The metadata of an object to replace: an object just read has it. */
export interface ReplaceObjectMeta extends ObjectMetaInput {
  name: string;
  /** The state that was read. The server answers a conflict if the object has changed since. */
  resourceVersion: string;
  /** If given: the request fails with a conflict unless the object has this uid. */
  uid?: string;
}

type WithoutMetadata<T> = { [P in keyof T as P extends "metadata" ? never : P]: T[P] };

/** What `create` takes: any value of the kind's input view, but no object that has a resourceVersion. */
export type CreateOf<T extends KindTypes> = T["input"] & { metadata: CreateObjectMeta };

/** What `replace` takes: the kind's input view with name and resourceVersion; an object just read is one. */
export type ReplaceOf<T extends KindTypes> = T["input"] & { metadata: ReplaceObjectMeta };

/** What `apply` takes: the fields that one field manager means to own, and nothing else. */
export type ApplyOf<T extends KindTypes> = Apply<WithoutMetadata<T["input"]>> & { metadata: ApplyObjectMeta };

/** The content of a merge patch of the kind. What names the kind can be said, and not be taken away. */
export type MergePatchOf<T extends KindTypes> = MergePatch<WithoutMetadata<T["input"]>> & {
  apiVersion?: string;
  kind?: string;
  metadata?: MergePatchObjectMeta;
};

/** The input view of the kind's status. */
export type StatusOf<T extends KindTypes> = T extends { statusInput: infer S }
  ? S
  : T["read"] extends { status?: infer S }
    ? S
    : unknown;

/** What `status.replace` takes: the metadata of an object just read, and its new status; the server ignores the rest. */
export interface StatusReplaceOf<T extends KindTypes> extends KubernetesObjectInput {
  metadata: ReplaceObjectMeta;
  status?: StatusOf<T>;
}

/** What `status.apply` takes. */
export interface StatusApplyOf<T extends KindTypes> {
  apiVersion?: string;
  kind?: string;
  metadata: ApplyObjectMeta;
  status?: Apply<StatusOf<T>>;
}

/** The content of a merge patch of the kind's status. */
export interface StatusMergePatchOf<T extends KindTypes> {
  metadata?: MergePatchObjectMeta;
  status?: MergePatch<StatusOf<T>> | null;
}

/**
 * A patch in one of the two forms that custom resources know beside apply: `merge` is a JSON merge patch (RFC 7386),
 * `json` a JSON patch (RFC 6902).
 */
export type Patch<Merge> =
  | { readonly merge: Merge; readonly json?: never }
  | { readonly json: readonly JsonPatchOperation[]; readonly merge?: never };

/**
 * What can be done with all objects of a kind, in one namespace or in all of them
 * (https://kubernetes.io/docs/reference/using-api/api-concepts/).
 *
 * Each call throws an ApiError where the server refuses; a ConnectionError, a TimeoutError or a ConfigError where there is no
 * answer; an InvalidArgumentError, before any request, where a name or an option cannot be right; an UnsafeIntegerError for an
 * integer that a number does not hold; and the signal's reason. What is said of a verb comes beside it.
 */
export interface CollectionVerbs<T extends KindTypes> {
  /**
   * Reads the objects, or the first `limit` of them; `metadata.continue` of the answer leads to the next.
   *
   * @throws ApiError 410 where the page or the state that is asked for is no longer there.
   */
  list(options?: ListOptions<T>): Promise<ResourceList<T["read"]>>;
  /**
   * Reads the objects page by page, `limit` at a time, as one consistent state of the collection. Where the server has forgotten
   * that state, as it does after some minutes, it ends with a 410: begin again, or go on in the state of then with the
   * `status.metadata.continue` of the error. `timeoutMs` counts for each page.
   */
  pages(options?: ListOptions<T>): AsyncIterable<ResourceList<T["read"]>>;
  /**
   * Follows changes until the caller leaves the loop, the signal aborts or the time is up. A server that is not there is tried
   * again until then; where there was no connection at all, it throws why.
   *
   * @throws ApiError where the server refuses to watch; an ERROR event, as for a state that is no longer there, is the last one.
   */
  watch(options?: WatchOptions<T>): AsyncIterable<WatchEvent<T["read"]>>;
}

/**
 * What can be done with one object of a kind, and with the collection that it is in. Calls throw what those of
 * {@link CollectionVerbs} do.
 */
export interface ObjectVerbs<T extends KindTypes> extends CollectionVerbs<T> {
  /**
   * Reads an object.
   *
   * @throws ApiError 404 where there is none.
   */
  get(name: string, options?: GetOptions): Promise<T["read"]>;
  /**
   * Creates an object (POST), and returns it as the server completed it.
   *
   * @throws ApiError 409 `AlreadyExists` where there is one of that name, 422 where it is invalid.
   */
  create(object: CreateOf<T>, options?: CreateOptions): Promise<T["read"]>;
  /**
   * Replaces an object as a whole (PUT; RBAC and client-go say update). What is not in `object` is removed.
   *
   * @throws ApiError 404 where there is none, 409 `Conflict` where it has changed since it was read, 422 where it is invalid.
   */
  replace(object: ReplaceOf<T>, options?: ReplaceOptions): Promise<T["read"]>;
  /**
   * Changes parts of an object (PATCH).
   *
   * @throws ApiError 404 where there is none, 409 where a precondition does not hold, 422 where the outcome is invalid.
   */
  patch(name: string, patch: Patch<MergePatchOf<T>>, options?: PatchOptions): Promise<T["read"]>;
  /**
   * Makes an object have these fields, and creates it where there is none (server-side apply).
   *
   * @throws ApiError 409 `Conflict` where others own fields that would change, unless `force` is set; 422 where it is invalid.
   */
  apply(object: ApplyOf<T>, options: ApplyOptions): Promise<T["read"]>;
  /**
   * Deletes an object. While finalizers run the answer is the object itself, else a Status.
   *
   * @throws ApiError 404 where there is none, 409 where a precondition does not hold.
   */
  delete(name: string, options?: DeleteOptions): Promise<Status | T["read"]>;
  /** Deletes every object that is selected, and returns them. */
  deleteCollection(options?: DeleteCollectionOptions<T>): Promise<ResourceList<T["read"]>>;
}

/**
 * The status subresource: it writes the status alone, while the verbs of the object itself write everything else. Calls throw
 * what the verbs of the object do.
 */
export interface StatusClient<T extends KindTypes> {
  /** Reads the whole object. */
  get(name: string, options?: GetOptions): Promise<T["read"]>;
  /** Replaces the status as a whole. */
  replace(object: StatusReplaceOf<T>, options?: ReplaceOptions): Promise<T["read"]>;
  /** Changes parts of the status. */
  patch(name: string, patch: Patch<StatusMergePatchOf<T>>, options?: PatchOptions): Promise<T["read"]>;
  /** Makes the status have these fields. */
  apply(object: StatusApplyOf<T>, options: ApplyOptions): Promise<T["read"]>;
}

/**
 * The scale subresource: the number of replicas, in the same form for every kind (autoscaling/v1, Scale). The server cannot
 * apply it. Calls throw what the verbs of the object do.
 */
export interface ScaleClient {
  /** Reads the scale. */
  get(name: string, options?: GetOptions): Promise<Scale>;
  /** Replaces the scale, which changes the number of replicas in the object. */
  replace(scale: ScaleInput, options?: ReplaceOptions): Promise<Scale>;
  /** Changes parts of the scale. */
  patch(name: string, patch: Patch<MergePatch<Pick<ScaleInput, "spec">>>, options?: PatchOptions): Promise<Scale>;
}

/** The clients of subresources by the name of the subresource. */
export interface SubresourceClients<T extends KindTypes> {
  readonly status: StatusClient<T>;
  readonly scale: ScaleClient;
}

/** A client for the objects of a cluster-scoped kind, or for those in one namespace. */
export type ObjectClient<T extends KindTypes> = ObjectVerbs<T> & Pick<SubresourceClients<T>, T["subresources"]>;

/** A client for a namespaced kind: it lists and watches over all namespaces, everything else needs one. */
export interface NamespacedClient<T extends KindTypes> extends CollectionVerbs<T> {
  /**
   * Returns a client for one namespace; it makes no request.
   *
   * @throws InvalidArgumentError where the name is no DNS label (RFC 1123).
   */
  namespace(name: string): ObjectClient<T>;
}

/** The clients by scope. A lookup here, unlike a conditional type, also works where `T` is not known yet. */
interface ClientByScope<T extends KindTypes> {
  Namespaced: NamespacedClient<T>;
  Cluster: ObjectClient<T>;
}

/** The client of a kind, by its scope. */
export type ResourceClient<T extends KindTypes> = ClientByScope<T>[T["scope"]];

/** What generated code needs of the runtime's client. */
export interface DynamicClient {
  /**
   * Returns the client for a kind; it makes no request.
   *
   * @throws InvalidArgumentError where group, version or plural cannot be right.
   */
  resource<T extends KindTypes>(descriptor: ResourceDescriptor<T>): ResourceClient<T>;
}
