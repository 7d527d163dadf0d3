import type { ObjectMeta } from "./core.ts";

/** The metadata of a list (metav1.ListMeta). */
export interface ListMeta {
  /** The state of the collection; a watch can start from it. It is opaque text. */
  resourceVersion: string;
  /** Leads to the next page. Absent or empty on the last one. */
  continue?: string;
  /** How many objects follow this page. The server leaves it out for lists with a selector, and it may be off. */
  remainingItemCount?: number;
  /** @deprecated Servers have left it empty since Kubernetes 1.20. */
  selfLink?: string;
}

/** A list of objects as the server returns it. */
export interface ResourceList<T> {
  apiVersion: string;
  /** The kind of the list, which is mostly the kind of the items followed by `List`. */
  kind: string;
  metadata: ListMeta;
  items: T[];
}

/** One reason for a failure, in most cases about one field (metav1.StatusCause). */
export interface StatusCause {
  /** A word for programs, such as `FieldValueInvalid`. */
  reason?: string;
  /** A text for people. It may quote the value that was refused. */
  message?: string;
  /** The field, as a path such as `spec.ports[0].name`. */
  field?: string;
}

/** What a Status is about (metav1.StatusDetails). */
export interface StatusDetails {
  name?: string;
  group?: string;
  /** The kind, or in many answers the plural, that the request was about. */
  kind?: string;
  uid?: string;
  causes?: StatusCause[];
  /** Seconds to wait before the request is tried again. */
  retryAfterSeconds?: number;
}

/** The server's answer where it has no object to return: a failure, or a deletion (metav1.Status). */
export interface Status {
  apiVersion: "v1";
  kind: "Status";
  /** With a 410 for a continue token that is too old, `continue` is one for the rest of the objects, as they are by then. */
  metadata?: Partial<ListMeta>;
  status?: "Success" | "Failure";
  /** A text for people. It may quote values of the object. */
  message?: string;
  /** A word for programs, such as `NotFound` or `Conflict`; absent where the server does not know one. */
  reason?: string;
  details?: StatusDetails;
  /** The HTTP status code. */
  code?: number;
}

/** The object of a bookmark: a state that the watch has reached, and nothing about any object. */
export interface Bookmark {
  apiVersion: string;
  kind: string;
  metadata: {
    resourceVersion: string;
    /** `k8s.io/initial-events-end: "true"` marks the end of the initial events. */
    annotations?: Record<string, string>;
  };
}

/**
 * One event of a watch (metav1.WatchEvent). An object that leaves the selection shows as DELETED; after an ERROR the
 * watch is over.
 */
export type WatchEvent<T> =
  | { type: "ADDED"; object: T }
  | { type: "MODIFIED"; object: T }
  | { type: "DELETED"; object: T }
  | { type: "BOOKMARK"; object: Bookmark }
  | { type: "ERROR"; object: Status };

/** Puts a value into a list or an object (RFC 6902, 4.1). A path that ends in `/-` appends. */
export interface JsonPatchAdd {
  readonly op: "add";
  /** JSON pointer (RFC 6901): `/` between keys, `~1` for a slash and `~0` for a tilde inside one. */
  readonly path: string;
  readonly value: unknown;
}

/** Removes what is at the path; the patch fails if nothing is there (RFC 6902, 4.2). */
export interface JsonPatchRemove {
  readonly op: "remove";
  readonly path: string;
}

/** Replaces what is at the path; the patch fails if nothing is there (RFC 6902, 4.3). */
export interface JsonPatchReplace {
  readonly op: "replace";
  readonly path: string;
  readonly value: unknown;
}

/** Moves or copies a value from one path to another (RFC 6902, 4.4 and 4.5). */
export interface JsonPatchMove {
  readonly op: "move" | "copy";
  readonly from: string;
  readonly path: string;
}

/** The patch fails unless this value is at the path (RFC 6902, 4.6). */
export interface JsonPatchTest {
  readonly op: "test";
  readonly path: string;
  readonly value: unknown;
}

/** One step of a JSON patch (RFC 6902). */
export type JsonPatchOperation = JsonPatchAdd | JsonPatchRemove | JsonPatchReplace | JsonPatchMove | JsonPatchTest;

/** How many replicas are wished for (autoscaling/v1 ScaleSpec). */
export interface ScaleSpec {
  /** Absent means 0. */
  replicas?: number;
}

/** How many replicas there are (autoscaling/v1 ScaleStatus). */
export interface ScaleStatus {
  replicas: number;
  /** Selects the pods of the replicas, in the form of a query such as `app=web`. */
  selector?: string;
}

/** The scale of an object (autoscaling/v1 Scale). */
export interface Scale {
  apiVersion: "autoscaling/v1";
  kind: "Scale";
  metadata: ObjectMeta;
  spec: ScaleSpec;
  status: ScaleStatus;
}

/** A scale to write; one that was read is one. */
export interface ScaleInput {
  apiVersion?: "autoscaling/v1";
  kind?: "Scale";
  metadata: {
    name: string;
    namespace?: string;
    /** If given: the request fails with a conflict unless the object has this uid. */
    uid?: string;
    /** If given: the request fails with a conflict unless the object is in this state. */
    resourceVersion?: string;
  };
  spec: ScaleSpec;
}
