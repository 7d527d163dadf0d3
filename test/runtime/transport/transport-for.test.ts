import { expect, test } from "vitest";
import { DynamicClient } from "../../../src/runtime/client/dynamic-client.ts";
import type { ClusterConfig } from "../../../src/runtime/config/cluster-config.ts";
import type { Transport } from "../../../src/runtime/transport/transport.ts";
import { transportFor } from "../../../src/runtime/transport/transport-for.ts";
import type { UndiciTransportOptions } from "../../../src/runtime/transport/undici-transport.ts";
import { httpServer, rawServer } from "./servers.ts";
import { get, nobody, read } from "./transport-to.ts";

const configmaps = { group: "", version: "v1", plural: "configmaps" };

function configOf(server: string): ClusterConfig {
  return { server, name: "a test", credentials: async () => nobody };
}

test("the transport of a cluster carries requests, as it is told to", async () => {
  const { origin } = await httpServer(({ headers }, response) => {
    response.end(`by ${headers["accept-encoding"]}`);
  });
  for (const [options, want] of [
    [{}, "200 by gzip"],
    [{ compression: false, connectTimeoutMs: 0, headersTimeoutMs: 0, connections: 1 }, "200 by undefined"],
  ] as const) {
    const transport = await transportFor(configOf(origin), options);
    expect(await read(transport.request(get("/a")))).toBe(want);
    await transport.close();
  }
});

test("a client of a cluster has it, with its own limits", async () => {
  const { origin } = await rawServer("http:", () => undefined);
  await using client = await DynamicClient.fromConfig(configOf(origin), { headersTimeoutMs: 20 });
  // What may have been done is not sent again.
  const object = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a" } };
  const call = client.resource(configmaps).namespace("a").create(object);
  await expect(call).rejects.toMatchObject({ name: "TimeoutError", phase: "headers", timeoutMs: 20 });
});

test("a client can have it in a transport of its own", async () => {
  const list = { apiVersion: "v1", kind: "ConfigMapList", metadata: {}, items: [] };
  const { origin } = await httpServer((_, response) => response.end(JSON.stringify(list)));
  const inner = await transportFor(configOf(origin));
  const seen: string[] = [];
  const transport: Transport = {
    request: (request) => {
      seen.push(`${request.method} ${request.path}`);
      return inner.request(request);
    },
    close: () => inner.close(),
  };
  const client = new DynamicClient({ transport });
  await client.resource(configmaps).list();
  await client.close();
  expect(seen).toEqual(["GET /api/v1/configmaps"]);
  await expect(inner.request(get("/a"))).rejects.toMatchObject({ name: "ConnectionError", code: "closed" });
});

const milliseconds = "wanted whole milliseconds up to 2147483647, or 0 for no limit";
const number = "wanted a whole number above 0";

test.each<[keyof UndiciTransportOptions, readonly unknown[], string]>([
  ["connectTimeoutMs", [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 31, "5"], milliseconds],
  ["headersTimeoutMs", [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 31, "5"], milliseconds],
  ["connections", [0, -1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, "5"], number],
])("%s that can mean nothing is refused: %j", async (argument, values, rule) => {
  for (const value of values) {
    const error = { name: "InvalidArgumentError", argument, message: `${argument}: ${rule}` };
    await expect(transportFor(configOf("http://127.0.0.1:1"), { [argument]: value })).rejects.toMatchObject(error);
  }
});
