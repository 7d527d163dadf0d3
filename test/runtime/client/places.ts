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

/** Parts that a descriptor tells of. */
const subresources: Place["subresources"] = ["status", "scale"];

/** A resource of the core group of which nothing else is known. */
export const configmaps: Resource = { group: "", version: "v1", plural: "configmaps" };

export const apps: Place = { resource: mycoolapps, namespace: "default", subresources };
export const appsEverywhere: Place = { resource: mycoolapps, subresources };
export const policies: Place = { resource: clusterpolicies, subresources };
export const configs: Place = { resource: configmaps, namespace: "kube-system" };
/** As discovery tells of it: with kind and scope, and without a descriptor. */
export const reviews: Place = {
  resource: {
    group: "authentication.k8s.io",
    version: "v1",
    plural: "selfsubjectreviews",
    kind: "SelfSubjectReview",
    scope: "Cluster",
  },
};
