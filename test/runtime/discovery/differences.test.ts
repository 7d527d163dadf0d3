import { expect, it } from "vitest";
import { differencesOf } from "../../../src/runtime/discovery/differences.ts";
import type { KindTypes, ResourceDescriptor } from "../../../src/runtime/gen/v1.ts";
import { groups } from "./answers.ts";

const queues: ResourceDescriptor<KindTypes> = {
  group: "stable.example.com",
  version: "v1",
  kind: "WorkQueue",
  plural: "workqueues",
  scope: "Namespaced",
  subresources: ["status", "scale"],
};

it.each<[string, Partial<ResourceDescriptor<KindTypes>>, readonly string[]]>([
  ["nothing", {}, []],
  ["nothing, in another version", { version: "v1beta1", subresources: [] }, []],
  [
    "the version",
    { version: "v2" },
    ["wanted version v2, the server serves it in v1, v1beta1; use a version that is served, and generate again"],
  ],
  [
    "the plural",
    { plural: "queues" },
    ["wanted version v1, the server has none in the group's v1, v1beta1; install its definition"],
  ],
  ["the kind", { kind: "Queue" }, ["wanted the kind Queue, got WorkQueue; generate again"]],
  ["the scope", { scope: "Cluster" }, ["wanted the scope Cluster, got Namespaced; generate again"]],
  [
    "the subresources",
    { version: "v1beta1", subresources: ["status", "scale"] },
    [
      "wanted the subresource status, got none; generate again",
      "wanted the subresource scale, got none; generate again",
    ],
  ],
  ["a subresource more", { subresources: ["scale"] }, ["wanted no subresource status, got one; generate again"]],
])("a server differs in %s", (_, part, want) => {
  expect(differencesOf({ ...queues, ...part }, groups)).toEqual(want);
});
