/*
 * The types that a kind's interfaces are made of: metadata, the core API's shared shapes, and the views that are
 * derived from others. This file stands by itself: it imports nothing and names nothing outside ES2022.
 */

declare const listKeys: unique symbol;
declare const atomic: unique symbol;

/** A number or a string, as `x-kubernetes-int-or-string` allows: a port or its name, a count or a percentage. */
export type IntOrString = number | string;

/**
 * An amount with an optional suffix, such as `500m`, `2Gi` or `1.5`; see the Kubernetes reference under "Quantity".
 *
 * @pattern ^(\+|-)?(([0-9]+(\.[0-9]*)?)|(\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE](\+|-)?(([0-9]+(\.[0-9]*)?)|(\.[0-9]+))))?$
 */
export type Quantity = IntOrString;

/**
 * A list whose items are told apart by the fields `K` (`x-kubernetes-list-type: map`). Any ordinary array is one; the
 * mark, which no value ever carries, tells the apply view that owners of single items can share the list.
 */
export interface MapList<T, K extends keyof T> extends Array<T> {
  readonly [listKeys]?: K;
}

/**
 * An object that server-side apply owns and replaces as a whole (`x-kubernetes-map-type: atomic`). Any ordinary object
 * of type `T` is one; no value ever carries the mark.
 */
export type Atomic<T> = T & { readonly [atomic]?: true };

type EveryObject = typeof Object.prototype;

/**
 * The value of a property that is called like something in every object, such as `toString`. An object without the
 * property has the function that it inherits, and TypeScript takes that for the property's value. What a cluster holds is
 * never a function: where one is read, the property is absent.
 */
export type OrInherited<T, K extends keyof EveryObject> = T | EveryObject[K];

/** One owner of an object; the garbage collector deletes the object after its last owner (metav1.OwnerReference). */
export interface OwnerReference {
  /** API version of the owner, such as `apps/v1`. */
  apiVersion: string;
  /** Kind of the owner. */
  kind: string;
  /** Name of the owner, which is cluster-scoped or in the same namespace. */
  name: string;
  /** The owner's uid: an owner that was deleted and made again under its old name is another one. */
  uid: string;
  /** Whether this owner is the object's controller. At most one owner may be. */
  controller?: boolean;
  /** Whether a foreground deletion of the owner waits for this object. */
  blockOwnerDeletion?: boolean;
}

/** Which fields one client last wrote by one kind of operation (metav1.ManagedFieldsEntry). The server keeps these. */
export interface ManagedFieldsEntry {
  /** Name of the field manager. */
  manager?: string;
  /** `Apply` for server-side apply, `Update` for every other write. */
  operation?: "Apply" | "Update";
  /** The version of the kind that the field names below belong to. */
  apiVersion?: string;
  /**
   * When the entry last changed.
   *
   * @format date-time
   */
  time?: string;
  /** The layout of `fieldsV1`. */
  fieldsType?: "FieldsV1";
  /** The fields as a tree of keys such as `f:spec`, `k:{"name":"web"}` and `.`. */
  fieldsV1?: Record<string, unknown>;
  /** The subresource that the write went to; empty or absent for the object itself. */
  subresource?: string;
}

/**
 * The metadata of an object as it is written (metav1.ObjectMeta): the fields that belong to the client. What only the
 * server sets, and the resourceVersion that only `replace` takes, are not among them.
 */
export interface ObjectMetaInput {
  /** Name of the object, unique for its kind in its namespace or cluster. It can never be changed. */
  name?: string;
  /** Where `name` is left out: the beginning of a name that the server completes with a random ending. */
  generateName?: string;
  /** Namespace of the object. Left out, it is the one that the client was asked to write to. */
  namespace?: string;
  /** Short values to select objects by. */
  labels?: Record<string, string>;
  /** Other values that tools and people attach; they cannot be selected by. At most 256 KiB together. */
  annotations?: Record<string, string>;
  /** The objects that this one depends on; told apart by uid. */
  ownerReferences?: MapList<Atomic<OwnerReference>, "uid">;
  /** Names of those who have to act before a deleted object goes away. Nothing new may be added once it is deleted. */
  finalizers?: string[];
  /** Who wrote which fields. Written only in order to reset it; server-side apply refuses it. */
  managedFields?: ManagedFieldsEntry[];
}

/** The metadata of an object as the server returns it (metav1.ObjectMeta). */
export interface ObjectMeta extends ObjectMetaInput {
  name: string;
  /** Identifies this object among all that ever existed in the cluster. */
  uid: string;
  /** Names this state of the object. It is opaque text: hand it back, and do not calculate with it. */
  resourceVersion: string;
  /**
   * When the server created the object.
   *
   * @format date-time
   */
  creationTimestamp: string;
  /** Counts the changes of what is wished for. For a kind with the status subresource, status does not count. */
  generation?: number;
  /**
   * When the deletion was asked for, plus the grace period. An object that has it waits for its finalizers.
   *
   * @format date-time
   */
  deletionTimestamp?: string;
  /** Seconds that the object was given to end by itself; present together with `deletionTimestamp`. */
  deletionGracePeriodSeconds?: number;
  /** @deprecated Servers have left it empty since Kubernetes 1.20. */
  selfLink?: string;
}

/** The metadata of a namespaced object as the server returns it. */
export interface NamespacedObjectMeta extends ObjectMeta {
  namespace: string;
}

/** The metadata of an object for server-side apply: what one field manager may own, and the preconditions. */
export interface ApplyObjectMeta {
  /** Names the object that is applied, and creates it under that name if there is none. */
  name: string;
  namespace?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  /** Each owner is written whole; owners that others wrote stay. */
  ownerReferences?: OwnerReference[];
  /** Finalizers that others wrote stay. */
  finalizers?: string[];
  /** If given: the apply fails with a conflict unless the object has this uid. */
  uid?: string;
  /** If given: the apply fails with a conflict unless the object is in this state. */
  resourceVersion?: string;
  /** Server-side apply needs a name: there is nothing that it could be generated for. */
  generateName?: never;
  /** Server-side apply refuses an object that says who manages it; apply the fields that you mean, not what was read. */
  managedFields?: never;
}

/** The metadata part of a merge patch: what may change, and the preconditions. `null` removes. */
export interface MergePatchObjectMeta {
  labels?: Record<string, string | null> | null;
  annotations?: Record<string, string | null> | null;
  /** The whole list: a merge patch cannot change single items. */
  ownerReferences?: OwnerReference[] | null;
  /** The whole list: a merge patch cannot change single items. */
  finalizers?: string[] | null;
  /** If given: the patch fails with a conflict unless the object has this uid. */
  uid?: string;
  /** If given: the patch fails with a conflict unless the object is in this state. */
  resourceVersion?: string;
}

/** What the views below leave as it is: scalars, and the functions of {@link OrInherited}. */
type Whole = string | number | boolean | null | undefined | EveryObject[keyof EveryObject];

/**
 * The view of server-side apply, derived from an input view: whatever is granular is optional, items of keyed lists
 * keep their keys, and everything that one manager owns as a whole (other lists, atomic maps) keeps its type.
 */
export type Apply<T> = unknown extends T
  ? T
  : T extends Whole
    ? T
    : T extends { readonly [listKeys]?: infer K } & readonly (infer Item)[]
      ? typeof listKeys extends keyof T
        ? ApplyItem<Item, K>[]
        : T
      : typeof atomic extends keyof T
        ? T
        : { [P in keyof T]?: Apply<T[P]> };

/** An item of a keyed list in the apply view. Key remapping, unlike Pick and Omit, keeps the fields of open items. */
type ApplyItem<Item, K> = unknown extends Item
  ? Item
  : Item extends Whole
    ? Item
    : typeof atomic extends keyof Item
      ? Item
      : { [P in keyof Item as P extends K ? P : never]: Item[P] } & {
          [P in keyof Item as P extends K ? never : P]?: Apply<Item[P]>;
        };

/**
 * The view of a JSON merge patch (RFC 7386), derived from an input view: arrays are whole, and `null` removes what may
 * be absent. It never stands for a null that is kept, so a property that is required and nullable does not take it.
 */
export type MergePatch<T> = unknown extends T
  ? T
  : T extends Whole | readonly unknown[]
    ? T
    : {
        [P in keyof T]?: Record<never, never> extends Pick<T, P>
          ? MergePatch<T[P]> | null
          : NonNullable<MergePatch<T[P]>>;
      };

/** A condition in the form that is common to Kubernetes' kinds (metav1.Condition). */
export interface Condition {
  /**
   * What the condition is about, in CamelCase; it may have a DNS prefix, as in `example.com/Ready`.
   *
   * @maxLength 316
   * @pattern ^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\/)?(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])$
   */
  type: string;
  /** Whether the condition holds. */
  status: "True" | "False" | "Unknown";
  /**
   * The `metadata.generation` that the condition was found for. If it is behind, so is the condition.
   *
   * @format int64
   * @minimum 0
   */
  observedGeneration?: number;
  /**
   * When `status` last changed.
   *
   * @format date-time
   */
  lastTransitionTime: string;
  /**
   * One word for programs that says why the condition is as it is.
   *
   * @minLength 1
   * @maxLength 1024
   * @pattern ^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$
   */
  reason: string;
  /**
   * The same for people; it may be empty.
   *
   * @maxLength 32768
   */
  message: string;
}

/**
 * One requirement of a selector (metav1.LabelSelectorRequirement). Node selectors use the same shape
 * (corev1.NodeSelectorRequirement).
 */
export interface LabelSelectorRequirement {
  /** The label. */
  key: string;
  /** `In`, `NotIn`, `Exists` or `DoesNotExist`; in a node selector also `Gt` and `Lt`. */
  operator: string;
  /** The values to compare with; none with `Exists` and `DoesNotExist`. */
  values?: string[];
}

/** Selects objects by their labels; all that it says must hold (metav1.LabelSelector). Empty, it selects everything. */
export interface LabelSelector {
  matchLabels?: Record<string, string>;
  matchExpressions?: LabelSelectorRequirement[];
}

/** Refers to an object in the same namespace by its name (corev1.LocalObjectReference), as read. */
export interface LocalObjectReference {
  /** @default "" */
  name: string;
}

/** The input view of {@link LocalObjectReference}. */
export interface LocalObjectReferenceInput {
  /** @default "" */
  name?: string;
}

/**
 * Selects one key of an object in the same namespace, as read. corev1.SecretKeySelector and
 * corev1.ConfigMapKeySelector both have this shape.
 */
export interface KeySelector {
  /** The key. */
  key: string;
  /**
   * Name of the object.
   *
   * @default ""
   */
  name: string;
  /** Whether the object, or the key in it, may be missing. */
  optional?: boolean;
}

/** The input view of {@link KeySelector}. */
export interface KeySelectorInput {
  /** The key. */
  key: string;
  /**
   * Name of the object.
   *
   * @default ""
   */
  name?: string;
  /** Whether the object, or the key in it, may be missing. */
  optional?: boolean;
}

/** Selects one key of a Secret (corev1.SecretKeySelector), as read. */
export type SecretKeySelector = KeySelector;
/** The input view of {@link SecretKeySelector}. */
export type SecretKeySelectorInput = KeySelectorInput;
/** Selects one key of a ConfigMap (corev1.ConfigMapKeySelector), as read. */
export type ConfigMapKeySelector = KeySelector;
/** The input view of {@link ConfigMapKeySelector}. */
export type ConfigMapKeySelectorInput = KeySelectorInput;

/** Refers to any object, or to a part of one (corev1.ObjectReference). */
export interface ObjectReference {
  apiVersion?: string;
  kind?: string;
  namespace?: string;
  name?: string;
  uid?: string;
  resourceVersion?: string;
  /** The part that is meant, as a path such as `spec.containers{web}`. */
  fieldPath?: string;
}

/** Refers to an object of any kind in the same namespace (corev1.TypedLocalObjectReference). */
export interface TypedLocalObjectReference {
  /** API group of the object; absent for the core group. */
  apiGroup?: string;
  kind: string;
  name: string;
}

/** Refers to an object of any kind, in any namespace where that is allowed (corev1.TypedObjectReference). */
export interface TypedObjectReference {
  /** API group of the object; absent for the core group. */
  apiGroup?: string;
  kind: string;
  name: string;
  /** Namespace of the object; absent for the namespace of the object that refers. */
  namespace?: string;
}

/** Tolerates the node taints that it matches (corev1.Toleration). */
export interface Toleration {
  /** The taint's key; absent, with the operator `Exists`, for all keys. */
  key?: string;
  /** `Exists` or `Equal`; absent, it is `Equal`. Newer servers know further ones. */
  operator?: string;
  /** The taint's value, for the operators that compare values. */
  value?: string;
  /** The taint's effect: `NoSchedule`, `PreferNoSchedule` or `NoExecute`; absent for all. */
  effect?: string;
  /**
   * Seconds that a `NoExecute` taint is tolerated for; absent for ever.
   *
   * @format int64
   */
  tolerationSeconds?: number;
}

/** A claim of the pod that a container uses (corev1.ResourceClaim). */
export interface ResourceClaim {
  /** Name of the claim in the pod's `spec.resourceClaims`. */
  name: string;
  /** The request in that claim; absent for all of them. */
  request?: string;
}

/** What a container needs and may use at most (corev1.ResourceRequirements). */
export interface ResourceRequirements {
  /** Claims of the pod that the container uses. */
  claims?: MapList<ResourceClaim, "name">;
  /** The most that may be used, by resource name such as `cpu`, `memory` or `nvidia.com/gpu`. */
  limits?: Record<string, Quantity>;
  /** The least that must be available; where it is absent, `limits` counts. */
  requests?: Record<string, Quantity>;
}
