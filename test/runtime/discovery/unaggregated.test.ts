import { expect, test } from "vitest";
import { groupsOfUnaggregated } from "../../../src/runtime/discovery/unaggregated.ts";
import { ConnectionError } from "../../../src/runtime/errors/connection-error.ts";
import { apiErrorOf } from "../../../src/runtime/errors/failed-answer.ts";
import { groups } from "./answers.ts";

const verbs = ["get", "list"];
const queue = { name: "workqueues", kind: "WorkQueue", singularName: "workqueue", namespaced: true, verbs };

const lists: Readonly<Record<string, object>> = {
  "/api/v1": {
    resources: [
      { name: "configmaps", kind: "ConfigMap", singularName: "configmap", namespaced: true, verbs, shortNames: ["cm"] },
    ],
  },
  "/apis/stable.example.com/v1": {
    resources: [
      { name: "clusterpolicies", kind: "ClusterPolicy", singularName: "", namespaced: false, verbs },
      { ...queue, categories: ["all"] },
      { name: "workqueues/status", kind: "WorkQueue", namespaced: true, verbs: ["get", "patch"] },
      { name: "workqueues/scale", kind: "Scale", group: "autoscaling", namespaced: true, verbs: ["get"] },
    ],
  },
  "/apis/stable.example.com/v1beta1": {
    resources: [
      queue,
      { name: "olds", kind: "Old", singularName: "", namespaced: false, verbs },
      { name: "parents", kind: "", namespaced: true },
    ],
  },
};

const answer = { versions: ["v1"] };
const others = {
  groups: [
    {
      name: "stable.example.com",
      versions: [{ version: "v1beta1" }, { version: "v1" }],
      preferredVersion: { version: "v1" },
    },
    { name: "metrics.example.com", versions: [{ version: "v1" }] },
  ],
};

test("the older form says the same, the preferred version first and what does not answer told of", async () => {
  const unavailable = apiErrorOf(
    { verb: "get", resource: "/" },
    { code: 503, status: undefined, retryAfterSeconds: 1 },
  );
  const list = async (path: string): Promise<object> => {
    const found = lists[path];
    if (found === undefined) throw unavailable;
    return found;
  };
  const read = [...(await groupsOfUnaggregated(answer, list)), ...(await groupsOfUnaggregated(others, list))];
  expect(read).toEqual(groups);
});

test("a connection that fails is no version that does not answer", async () => {
  const broken = new ConnectionError("broken", "it broke");
  await expect(groupsOfUnaggregated(answer, () => Promise.reject(broken))).rejects.toBe(broken);
});
