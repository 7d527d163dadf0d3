import { expect, expectTypeOf, it, test } from "vitest";
import { DynamicClient } from "../../../src/runtime/client/dynamic-client.ts";
import { type ConfigMap, type ConfigMapInput, ConfigMapResource } from "../../../src/runtime/kinds/config-map.ts";
import { isKind } from "../../../src/runtime/unstructured/is-kind.ts";
import { json, MemoryTransport } from "../memory-transport.ts";

test("a config map goes where config maps are, with what it is", async () => {
  const transport = new MemoryTransport(() => json({ metadata: {}, items: [] }));
  const maps = new DynamicClient({ transport }).resource(ConfigMapResource);
  await maps.namespace("default").create({ metadata: { name: "a" }, data: { "a.txt": "b" }, immutable: true });
  await maps.list({ fieldSelector: { "metadata.name": "a" } });
  expect(transport.paths).toEqual([
    "/api/v1/namespaces/default/configmaps",
    "/api/v1/configmaps?fieldSelector=metadata.name%3Da",
  ]);
  expect(transport.requests[0]?.body).toBe(
    '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"},"data":{"a.txt":"b"},"immutable":true}',
  );
});

it.each([
  ["v1", "ConfigMap", true],
  ["v1", "Secret", false],
])("an object that is a %s %s: %s", (apiVersion, kind, is) => {
  expect(isKind(ConfigMapResource, { apiVersion, kind, metadata: {} })).toBe(is);
});

test("one that was read can be written again, and holds texts", () => {
  expectTypeOf<ConfigMap>().toExtend<ConfigMapInput>();
  // @ts-expect-error: a number is no text.
  const content: ConfigMapInput["data"] = { a: 1 };
  expect(content).toBeDefined();
});
