import type { KindTypes } from "./v1.ts";

/** What the contract needs of an AbortSignal. Every AbortSignal is one; the type itself belongs to no ES library. */
export interface AbortSignalLike {
  readonly aborted: boolean;
  readonly reason?: unknown;
  /** Has the listener called when the signal aborts (DOM Standard, EventTarget). */
  addEventListener(type: "abort", listener: () => void): void;
  /** Has the listener called no more. */
  removeEventListener(type: "abort", listener: () => void): void;
}

/** What every call takes. An option that is undefined is one that was not given. */
export interface CallOptions {
  /** Ends the call, between retries too. */
  readonly signal?: AbortSignalLike | undefined;
  /** Milliseconds after which the call fails, its retries included; for `pages` those of each page. For a watch: after which it ends. */
  readonly timeoutMs?: number | undefined;
}

/**
 * How old an answer may be. Without a resourceVersion it is the newest state; with one, and no match, a state that is
 * not older. See the Kubernetes page "API Concepts", "Resource versions".
 */
export interface VersionOptions {
  readonly resourceVersion?: string | undefined;
}

/** What selects objects of a collection. Everything that is given must hold. */
export interface SelectorOptions<T extends KindTypes> {
  /** In the form of a query: `app=web,tier!=cache,env in (a,b),!legacy`. */
  readonly labelSelector?: string | undefined;
  /** Values that fields must have, or as `{ not: … }` must not have, by the field selectors that the kind knows. */
  readonly fieldSelector?:
    | { readonly [F in T["fieldSelectors"]]?: string | { readonly not: string | readonly string[] } | undefined }
    | undefined;
}

/** Options of `get`. */
export interface GetOptions extends CallOptions, VersionOptions {}

/** Options of `list` and `pages` (metav1.ListOptions). */
export interface ListOptions<T extends KindTypes> extends CallOptions, VersionOptions, SelectorOptions<T> {
  /** Wants a resourceVersion: the state must be exactly this one, or not older. */
  readonly resourceVersionMatch?: "Exact" | "NotOlderThan" | undefined;
  /** The most objects of an answer. Not beside the resourceVersion `0`: the server does not heed it there. */
  readonly limit?: number | undefined;
  /** The `metadata.continue` of the page before; the selectors must be the same as then. */
  readonly continue?: string | undefined;
}

/** Options of `watch`. The call's time limit counts for the watch as a whole, whatever connections it takes. */
export interface WatchOptions<T extends KindTypes> extends CallOptions, VersionOptions, SelectorOptions<T> {
  /**
   * Whether the objects that exist come first, as ADDED events. Left out, they do if there is no resourceVersion, and
   * with one the watch starts behind it.
   */
  readonly sendInitialEvents?: boolean | undefined;
}

/** What every call that writes takes. */
export interface WriteOptions extends CallOptions {
  /** The server checks the request and answers as usual, but stores nothing (`dryRun=All`). */
  readonly dryRun?: boolean | undefined;
}

/** What the calls take that write fields. */
export interface FieldWriteOptions extends WriteOptions {
  /** Who the fields are said to be managed by, up to 128 bytes. Left out, the server takes it from the user agent. */
  readonly fieldManager?: string | undefined;
  /**
   * What becomes of unknown and duplicate fields: dropped, dropped with a warning (the server's default), refused. An apply
   * with a field that the schema of a custom resource has not fails in any case.
   */
  readonly fieldValidation?: "Ignore" | "Warn" | "Strict" | undefined;
}

/** Options of `create` (metav1.CreateOptions). */
export interface CreateOptions extends FieldWriteOptions {}

/** Options of `replace` (metav1.UpdateOptions). */
export interface ReplaceOptions extends FieldWriteOptions {}

/** Options of `patch` (metav1.PatchOptions). */
export interface PatchOptions extends FieldWriteOptions {}

/** Options of `apply` (metav1.PatchOptions). */
export interface ApplyOptions extends FieldWriteOptions {
  /** The one whose fields these are, up to 128 bytes. What it applied before and leaves out now is removed. */
  readonly fieldManager: string;
  /** Takes fields over from other managers instead of failing with a conflict. */
  readonly force?: boolean | undefined;
}

/**
 * What becomes of the objects that the deleted one owns: they are left alone, deleted afterwards, or deleted first
 * (metav1.DeletionPropagation).
 */
export type PropagationPolicy = "Orphan" | "Background" | "Foreground";

/** The request fails with a conflict unless the object is this one (metav1.Preconditions). */
export interface Preconditions {
  readonly uid?: string | undefined;
  readonly resourceVersion?: string | undefined;
}

/** Options of `delete` (metav1.DeleteOptions). */
export interface DeleteOptions extends WriteOptions {
  /** Seconds that the object gets to end by itself; kinds that have nothing to end ignore it. */
  readonly gracePeriodSeconds?: number | undefined;
  readonly propagationPolicy?: PropagationPolicy | undefined;
  readonly preconditions?: Preconditions | undefined;
}

/** Options of `deleteCollection`. Without selectors it deletes every object of the kind in the namespace. */
export interface DeleteCollectionOptions<T extends KindTypes> extends WriteOptions, SelectorOptions<T> {
  /** Seconds that the objects get to end by themselves; kinds that have nothing to end ignore it. */
  readonly gracePeriodSeconds?: number | undefined;
  readonly propagationPolicy?: PropagationPolicy | undefined;
}
