import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { DynamicClient } from "../../../src/runtime/client/dynamic-client.ts";
import type { CustomResourceDefinitionToInstall } from "../../../src/runtime/gen/v1.ts";
import { ensureCrd } from "../../../src/runtime/kinds/ensure-crd.ts";
import { failed, json, type MemoryAnswer, MemoryTransport } from "../memory-transport.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const definition: CustomResourceDefinitionToInstall = {
  apiVersion: "apiextensions.k8s.io/v1",
  kind: "CustomResourceDefinition",
  metadata: { name: "queues.stable.example.com" },
  spec: {
    group: "stable.example.com",
    scope: "Namespaced",
    names: { kind: "Queue", plural: "queues" },
    versions: [{ name: "v1", served: false, storage: true }],
  },
};
const installed = { ...definition, status: { conditions: [{ type: "Established", status: "True" }] } };
const fieldManager = "installer";

function serverOf(apply: () => MemoryAnswer | Promise<MemoryAnswer>, event: object): MemoryTransport {
  return new MemoryTransport(({ method }) =>
    method === "PATCH" ? apply() : { body: `${JSON.stringify({ type: "ADDED", object: event })}\n` },
  );
}

test("a definition is applied and waited for", async () => {
  const transport = new MemoryTransport(({ method, path }) => {
    if (method === "PATCH") return json(definition);
    if (path.startsWith("/api")) {
      return path.includes("watch=true")
        ? { body: `${JSON.stringify({ type: "ADDED", object: installed })}\n` }
        : json({ kind: "APIGroupDiscoveryList" });
    }
    return {};
  });
  const client = new DynamicClient({ transport });
  expect(await ensureCrd(client, definition, { fieldManager, force: true })).toEqual(installed);
  expect(transport.requests[0]).toMatchObject({
    path: "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/queues.stable.example.com?fieldManager=installer&force=true",
    headers: { "content-type": "application/apply-patch+yaml" },
  });
});

test("what the server refuses is told, and not waited for", async () => {
  const transport = serverOf(() => failed(422, "Invalid"), installed);
  const client = new DynamicClient({ transport });
  await expect(ensureCrd(client, definition, { fieldManager })).rejects.toMatchObject({ code: 422 });
  expect(transport.requests).toHaveLength(1);
});

test("the time is for all of it", async () => {
  const transport = serverOf(async () => {
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    return json(definition);
  }, definition);
  const client = new DynamicClient({ transport });
  const ended = expect(ensureCrd(client, definition, { fieldManager, timeoutMs: 5_000 })).rejects.toMatchObject({
    name: "TimeoutError",
    timeoutMs: 2_000,
  });
  await vi.advanceTimersByTimeAsync(5_000);
  await ended;
  expect(vi.getTimerCount()).toBe(0);
});

test.each<[unknown, string]>([
  [undefined, "fieldManager: wanted the name of who applies, found none"],
  [
    { fieldManager, dryRun: true },
    "dryRun: ensureCrd has no such option; it has fieldManager, force, signal, timeoutMs",
  ],
  [{ fieldManager, force: "yes" }, "force: wanted true or false"],
  [{}, "fieldManager: wanted the name of who applies, found none"],
])("the options %j are refused, and nothing is installed", async (options, message) => {
  const transport = serverOf(() => json(definition), installed);
  const client = new DynamicClient({ transport });
  await expect(ensureCrd(client, definition, options as never)).rejects.toMatchObject({
    name: "InvalidArgumentError",
    message,
  });
  expect(transport.requests).toEqual([]);
});
