import { expect, it } from "vitest";
import { compareVersions } from "../../src/model/version-priority.ts";

// The order of https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definition-versioning/#version-priority.
const ordered = [
  "v20",
  "v10",
  "v2",
  "v1",
  "v0",
  "v11beta2",
  "v10beta3",
  "v3beta1",
  "v0beta1",
  "v12alpha1",
  "v11alpha10",
  "v11alpha2",
  "v1alpha1",
  "v0alpha2",
  "v0alpha1",
  "foo1",
  "foo10",
  "v1-alpha1",
  "v1beta",
  "v2gamma1",
];

it("orders versions by stability and number, and others by name behind them", () => {
  expect([...ordered].reverse().sort(compareVersions)).toEqual(ordered);
  for (const [index, left] of ordered.entries()) {
    for (const [other, right] of ordered.entries()) {
      expect(Math.sign(compareVersions(left, right)), `${left} and ${right}`).toBe(Math.sign(index - other));
    }
  }
});
