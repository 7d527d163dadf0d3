import { describe, expect, it } from "vitest";
import { findResource, missOf, type ResourceQuery } from "../../../src/runtime/discovery/find-resource.ts";
import { groups } from "./answers.ts";

const group = "stable.example.com";
const kind = (name: string, more: Partial<ResourceQuery> = {}): ResourceQuery => ({ group, by: "kind", name, ...more });

describe("a resource is found", () => {
  it.each<[string, ResourceQuery, string]>([
    ["by its kind, in the preferred version", kind("WorkQueue"), "v1 workqueues"],
    ["by its kind, in the version that is named", kind("WorkQueue", { version: "v1beta1" }), "v1beta1 workqueues"],
    ["by its kind, in the only version that has it", kind("Old"), "v1beta1 olds"],
    ["by its plural", kind("clusterpolicies", { by: "plural" }), "v1 clusterpolicies"],
    ["in the core group", kind("ConfigMap", { group: "" }), "v1 configmaps"],
  ])("%s", (_, query, want) => {
    const found = findResource(groups, query);
    expect(`${found?.version} ${found?.plural}`).toBe(want);
  });
});

describe("what is not found", () => {
  it.each<[ResourceQuery, string]>([
    [
      kind("WorkQueue", { version: "v2" }),
      "stable.example.com/v2: wanted the kind WorkQueue, the server serves it in v1, v1beta1; use a version that is served, and generate again",
    ],
    [
      kind("nones", { by: "plural" }),
      'the group "stable.example.com": wanted the resource nones, the server has none in the group\'s v1, v1beta1; install its definition',
    ],
    [
      kind("A", { group: "none.example.com" }),
      'the group "none.example.com": wanted the kind A, the server has no group "none.example.com"; install its definition',
    ],
    [
      kind("NodeMetrics", { group: "metrics.example.com" }),
      'the group "metrics.example.com": wanted the kind NodeMetrics, got no answer from what serves v1; look at its APIService',
    ],
  ])("is told with what there is: %j", (query, want) => {
    expect(findResource(groups, query)).toBeUndefined();
    expect(missOf(groups, query)).toBe(want);
  });
});
