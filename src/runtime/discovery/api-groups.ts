import type { GroupVersionResource } from "../client/names.ts";
import type { GroupVersion, GroupVersionKind } from "../unstructured/group-version-kind.ts";

/** What else can be reached below an object, such as its status (a metav1.APIResource whose name has a slash). */
export interface ApiSubresource {
  /** Without the resource, as `status`. */
  readonly name: string;
  /** The kind of what is read and written there; empty where the server does not say. */
  readonly kind: string;
  /** In the words of RBAC. */
  readonly verbs: readonly string[];
}

/**
 * One resource of one version of an API group, as the server tells of it (metav1.APIResource). `client.resource` takes it and
 * gives the untyped client, which knows by it whether there are namespaces.
 */
export interface ApiResource extends GroupVersionResource, GroupVersionKind {
  readonly singular: string;
  readonly scope: "Namespaced" | "Cluster";
  /** In the words of RBAC: `get`, `list`, `update`, `deletecollection`. */
  readonly verbs: readonly string[];
  readonly shortNames: readonly string[];
  readonly categories: readonly string[];
  readonly subresources: readonly ApiSubresource[];
}

/** One version of an API group. */
export interface ApiGroupVersion extends GroupVersion {
  readonly resources: readonly ApiResource[];
  /**
   * `Stale` where what serves the version did not answer the server, as an aggregated API whose pods are down: the
   * resources are those from before, or none.
   */
  readonly freshness: "Current" | "Stale";
}

/** One API group of a server (metav1.APIGroup). */
export interface ApiGroup {
  /** Empty for the core group. */
  readonly name: string;
  /** The one that the server prefers comes first. */
  readonly versions: readonly ApiGroupVersion[];
}
