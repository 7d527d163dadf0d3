import { expect, expectTypeOf, it, test } from "vitest";
import { DynamicClient } from "../../../src/runtime/client/dynamic-client.ts";
import { type Lease, type LeaseInput, LeaseResource } from "../../../src/runtime/kinds/lease.ts";
import { isKind } from "../../../src/runtime/unstructured/is-kind.ts";
import { json, MemoryTransport } from "../memory-transport.ts";

const renewTime = "2030-01-02T03:04:05.000000Z";

test("a lease goes where leases are, with what it is", async () => {
  const transport = new MemoryTransport(() => json({ metadata: {} }));
  const leases = new DynamicClient({ transport }).resource(LeaseResource).namespace("default");
  await leases.create({ metadata: { name: "a" }, spec: { holderIdentity: "me", leaseDurationSeconds: 15, renewTime } });
  await leases.patch("a", { merge: { spec: { holderIdentity: null } } });
  const path = "/apis/coordination.k8s.io/v1/namespaces/default/leases";
  expect(transport.paths).toEqual([path, `${path}/a`]);
  expect(JSON.parse(transport.requests[0]?.body ?? "")).toEqual({
    apiVersion: "coordination.k8s.io/v1",
    kind: "Lease",
    metadata: { name: "a" },
    spec: { holderIdentity: "me", leaseDurationSeconds: 15, renewTime },
  });
});

it.each([
  ["coordination.k8s.io/v1", "Lease", true],
  ["coordination.k8s.io/v1beta1", "Lease", false],
  ["coordination.k8s.io/v1", "LeaseCandidate", false],
])("an object that is a %s %s: %s", (apiVersion, kind, is) => {
  expect(isKind(LeaseResource, { apiVersion, kind, metadata: {} })).toBe(is);
});

test("one that was read can be written again, and its duration is a number", () => {
  expectTypeOf<Lease>().toExtend<LeaseInput>();
  // @ts-expect-error: seconds are no text.
  const spec: LeaseInput["spec"] = { leaseDurationSeconds: "15" };
  expect(spec).toBeDefined();
});
