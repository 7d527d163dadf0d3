import { expect, it } from "vitest";
import { clusterPolicyClient } from "../../../generated-examples/mycoolapp/stable.example.com/v1/clusterpolicies.ts";
import { myCoolAppClient } from "../../../generated-examples/mycoolapp/stable.example.com/v1/mycoolapps.ts";
import { workQueueClient } from "../../../generated-examples/mycoolapp/stable.example.com/v1/workqueues.ts";
import { DynamicClient } from "../../../src/runtime/client/dynamic-client.ts";
import { failed, MemoryTransport } from "../memory-transport.ts";

// What must not compile is checked by `npm run types`, for the code that is generated; `gen/refused-uses.ts` has the long list.
const client = new DynamicClient({ transport: new MemoryTransport(() => failed(403, "Forbidden")) });
const apps = myCoolAppClient(client).namespace("default");
const queues = workQueueClient(client).namespace("default");
const policies = clusterPolicyClient(client);
const metadata = { name: "web" };
const manager = { fieldManager: "test" };

it.each<[string, () => Promise<unknown>]>([
  // @ts-expect-error: namespace() first.
  ["get before namespace()", async () => myCoolAppClient(client).get("web")],
  // @ts-expect-error: there are no namespaces for it.
  ["a namespace of a cluster-scoped kind", async () => policies.namespace("default")],
  // @ts-expect-error: an image is required.
  ["create without a required field", () => apps.create({ metadata, spec: { replicas: 1 } })],
  // @ts-expect-error: a queue needs a spec.
  ["create without a required object", () => queues.create({ metadata })],
  // @ts-expect-error: there is no such field.
  ["a misspelt field in create", () => apps.create({ metadata, spec: { image: "a:b", replicas: 1, replicaz: 2 } })],
  // @ts-expect-error: there is no such level.
  ["an enum value that is none", () => apps.apply({ metadata, spec: { config: { logLevel: "TRACE" } } }, manager)],
  // @ts-expect-error: there is no such field.
  ["a misspelt field in apply", () => apps.apply({ metadata, spec: { imagee: "a:b" } }, manager)],
  // @ts-expect-error: who applies?
  ["apply without a field manager", () => apps.apply({ metadata }, {})],
  // @ts-expect-error: it has no status subresource.
  ["the status of a kind without subresources", () => apps.status.get("web")],
  // @ts-expect-error: it has no scale subresource.
  ["the scale of a kind that has none", () => policies.scale.get("web")],
  // @ts-expect-error: the server cannot select by it.
  ["an unknown field selector", () => apps.list({ fieldSelector: { "spec.image": "a:b" } })],
  // @ts-expect-error: it is in no namespace.
  ["a namespace as a field selector", () => policies.list({ fieldSelector: { "metadata.namespace": "a" } })],
])("%s does not compile, and comes to an error where it is done all the same", async (_, call) => {
  await expect(call()).rejects.toThrow();
});

it("what is right compiles", async () => {
  const calls = [
    apps.create({ metadata, spec: { image: "a:b", replicas: 1, config: { anything: true } } }),
    apps.apply({ metadata, spec: { image: "a:b" } }, manager),
    queues.status.get("web"),
    queues.list({ fieldSelector: { "spec.queueName": "a" } }),
    policies.list({ fieldSelector: { "metadata.name": "a" } }),
  ];
  const outcomes = await Promise.allSettled(calls);
  expect(outcomes).toEqual(calls.map(() => ({ status: "rejected", reason: expect.objectContaining({ code: 403 }) })));
});
