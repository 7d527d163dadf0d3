import { expect, expectTypeOf, it, test } from "vitest";
import { DynamicClient } from "../../../src/runtime/client/dynamic-client.ts";
import { type Secret, type SecretInput, SecretResource } from "../../../src/runtime/kinds/secret.ts";
import { isKind } from "../../../src/runtime/unstructured/is-kind.ts";
import { json, MemoryTransport } from "../memory-transport.ts";

test("a secret goes where secrets are, with what it is", async () => {
  const transport = new MemoryTransport(() => json({ metadata: {}, items: [] }));
  const secrets = new DynamicClient({ transport }).resource(SecretResource);
  const object = { metadata: { name: "a" }, type: "Opaque", data: { a: "YQ==" }, stringData: { b: "b" } };
  await secrets.namespace("default").create(object);
  await secrets.list({ fieldSelector: { type: "kubernetes.io/tls" } });
  expect(transport.paths).toEqual([
    "/api/v1/namespaces/default/secrets",
    "/api/v1/secrets?fieldSelector=type%3Dkubernetes.io%2Ftls",
  ]);
  expect(JSON.parse(transport.requests[0]?.body ?? "")).toEqual({ apiVersion: "v1", kind: "Secret", ...object });
});

it.each([
  ["v1", "Secret", true],
  ["v1", "ConfigMap", false],
])("an object that is a %s %s: %s", (apiVersion, kind, is) => {
  expect(isKind(SecretResource, { apiVersion, kind, metadata: {} })).toBe(is);
});

test("one that was read can be written again, and has no texts", () => {
  expectTypeOf<Secret>().toExtend<SecretInput>();
  expectTypeOf<Secret>().not.toHaveProperty("stringData");
});
