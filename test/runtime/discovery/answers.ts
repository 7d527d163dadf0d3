import type { ApiGroup } from "../../../src/runtime/discovery/api-groups.ts";
import { json, type MemoryAnswer } from "../memory-transport.ts";

const verbs = ["get", "list"];

/** Configmaps, in the aggregated form. */
export const coreAnswer: object = {
  kind: "APIGroupDiscoveryList",
  items: [
    {
      metadata: { creationTimestamp: null },
      versions: [
        {
          version: "v1",
          freshness: "Current",
          resources: [
            {
              resource: "configmaps",
              responseKind: { group: "", version: "", kind: "ConfigMap" },
              scope: "Namespaced",
              singularResource: "configmap",
              verbs,
              shortNames: ["cm"],
            },
          ],
        },
      ],
    },
  ],
};

/** An aggregated API that does not answer, in the aggregated form. */
const staleItem = {
  metadata: { name: "metrics.example.com" },
  versions: [{ version: "v1", freshness: "Stale" }],
};

function queueItem(version: string, more: object = {}): object {
  const responseKind = { group: "stable.example.com", version, kind: "WorkQueue" };
  return { resource: "workqueues", responseKind, scope: "Namespaced", singularResource: "workqueue", verbs, ...more };
}

/** Work queues and cluster policies, in the aggregated form. */
export const othersAnswer: object = {
  kind: "APIGroupDiscoveryList",
  items: [
    {
      metadata: { name: "stable.example.com" },
      versions: [
        {
          version: "v1",
          freshness: "Current",
          resources: [
            { resource: "clusterpolicies", responseKind: { kind: "ClusterPolicy" }, scope: "Cluster", verbs },
            queueItem("v1", {
              categories: ["all"],
              subresources: [
                { subresource: "status", responseKind: { kind: "WorkQueue" }, verbs: ["get", "patch"] },
                { subresource: "scale", responseKind: { group: "autoscaling", kind: "Scale" }, verbs: ["get"] },
              ],
            }),
          ],
        },
        {
          version: "v1beta1",
          freshness: "Current",
          resources: [
            queueItem("v1beta1"),
            { resource: "olds", responseKind: { kind: "Old" }, scope: "Cluster", verbs },
            { resource: "parents", responseKind: null, scope: "Namespaced", verbs: [], subresources: [] },
          ],
        },
      ],
    },
    staleItem,
  ],
};

const none = { shortNames: [], categories: [], subresources: [] };
const stable = "stable.example.com";
const queue = { group: stable, kind: "WorkQueue", plural: "workqueues", singular: "workqueue", scope: "Namespaced" };

/** What the two answers say. */
export const groups: readonly ApiGroup[] = [
  {
    name: "",
    versions: [
      {
        group: "",
        version: "v1",
        freshness: "Current",
        resources: [
          {
            group: "",
            version: "v1",
            plural: "configmaps",
            kind: "ConfigMap",
            singular: "configmap",
            scope: "Namespaced",
            verbs,
            ...none,
            shortNames: ["cm"],
          },
        ],
      },
    ],
  },
  {
    name: stable,
    versions: [
      {
        group: stable,
        version: "v1",
        freshness: "Current",
        resources: [
          {
            group: stable,
            version: "v1",
            plural: "clusterpolicies",
            kind: "ClusterPolicy",
            singular: "",
            scope: "Cluster",
            verbs,
            ...none,
          },
          {
            ...queue,
            scope: "Namespaced",
            version: "v1",
            verbs,
            shortNames: [],
            categories: ["all"],
            subresources: [
              { name: "status", kind: "WorkQueue", verbs: ["get", "patch"] },
              { name: "scale", kind: "Scale", verbs: ["get"] },
            ],
          },
        ],
      },
      {
        group: stable,
        version: "v1beta1",
        freshness: "Current",
        resources: [
          { ...queue, scope: "Namespaced", version: "v1beta1", verbs, ...none },
          {
            group: stable,
            version: "v1beta1",
            plural: "olds",
            kind: "Old",
            singular: "",
            scope: "Cluster",
            verbs,
            ...none,
          },
        ],
      },
    ],
  },
  {
    name: "metrics.example.com",
    versions: [{ group: "metrics.example.com", version: "v1", freshness: "Stale", resources: [] }],
  },
];

/** What a server answers to a path that nothing serves. */
export const unknownPath: MemoryAnswer = {
  status: 404,
  headers: { "content-type": "text/plain" },
  body: "404 page not found\n",
};

/** Answers discovery in the aggregated form, and everything else as a path that nothing serves. */
export function aggregated(path: string): MemoryAnswer {
  if (path === "/api") return json(coreAnswer);
  return path === "/apis" ? json(othersAnswer) : unknownPath;
}
