import type { Place, Resource } from "../../../src/runtime/client/requests.ts";

/** A namespaced resource of which the kind is known. */
export const mycoolapps: Resource = {
  group: "stable.example.com",
  version: "v1",
  plural: "mycoolapps",
  kind: "MyCoolApp",
  scope: "Namespaced",
};

/** A cluster-scoped resource of which the kind is known. */
const clusterpolicies: Resource = {
  group: "stable.example.com",
  version: "v1",
  plural: "clusterpolicies",
  kind: "ClusterPolicy",
  scope: "Cluster",
};

/** A resource of the core group of which nothing else is known. */
export const configmaps: Resource = { group: "", version: "v1", plural: "configmaps" };

export const apps: Place = { resource: mycoolapps, namespace: "default" };
export const appsEverywhere: Place = { resource: mycoolapps };
export const policies: Place = { resource: clusterpolicies };
export const configs: Place = { resource: configmaps, namespace: "kube-system" };
