import { expect, expectTypeOf, it, test } from "vitest";
import { DynamicClient } from "../../../src/runtime/client/dynamic-client.ts";
import { type Namespace, type NamespaceInput, NamespaceResource } from "../../../src/runtime/kinds/namespace.ts";
import { isKind } from "../../../src/runtime/unstructured/is-kind.ts";
import { json, MemoryTransport } from "../memory-transport.ts";

test("a namespace goes where namespaces are, with what it is", async () => {
  const transport = new MemoryTransport(() => json({ metadata: {}, items: [] }));
  const namespaces = new DynamicClient({ transport }).resource(NamespaceResource);
  await namespaces.create({ metadata: { generateName: "test-", labels: { team: "red" } } });
  await namespaces.list({ fieldSelector: { "status.phase": "Active", "metadata.name": "default" } });
  await namespaces.status.patch("default", { merge: { status: { phase: "Active" } } });
  expect(transport.paths).toEqual([
    "/api/v1/namespaces",
    "/api/v1/namespaces?fieldSelector=status.phase%3DActive%2Cmetadata.name%3Ddefault",
    "/api/v1/namespaces/default/status",
  ]);
  expect(transport.requests[0]?.body).toBe(
    '{"apiVersion":"v1","kind":"Namespace","metadata":{"generateName":"test-","labels":{"team":"red"}}}',
  );
});

it.each([
  ["v1", "Namespace", true],
  ["example.com/v1", "Namespace", false],
  ["v1", "ConfigMap", false],
])("an object that is a %s %s: %s", (apiVersion, kind, is) => {
  expect(isKind(NamespaceResource, { apiVersion, kind, metadata: {} })).toBe(is);
});

test("one that was read can be written again, and a phase is one of two", () => {
  expectTypeOf<Namespace>().toExtend<NamespaceInput>();
  // @ts-expect-error: there is no such phase.
  const status: Namespace["status"] = { phase: "Gone" };
  expect(status).toBeDefined();
});
