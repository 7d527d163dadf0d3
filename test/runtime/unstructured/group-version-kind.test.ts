import { expect, test } from "vitest";
import {
  apiVersionOf,
  type GroupVersion,
  parseApiVersion,
} from "../../../src/runtime/unstructured/group-version-kind.ts";

test.each<[GroupVersion, string]>([
  [{ group: "", version: "v1" }, "v1"],
  [{ group: "apps", version: "v1" }, "apps/v1"],
  [{ group: "stable.example.com", version: "v1beta1" }, "stable.example.com/v1beta1"],
])("%j is %s, there and back", (groupVersion, apiVersion) => {
  expect(apiVersionOf(groupVersion)).toBe(apiVersion);
  expect(parseApiVersion(apiVersion)).toEqual(groupVersion);
});

test.each<[string, GroupVersion | undefined]>([
  ["", { group: "", version: "" }],
  ["/", { group: "", version: "" }],
  ["/v1", { group: "", version: "v1" }],
  ["apps/", { group: "apps", version: "" }],
  ["a/b/v1", undefined],
  ["//", undefined],
])("%j is read as apimachinery reads it", (apiVersion, want) => {
  expect(parseApiVersion(apiVersion)).toEqual(want);
});
