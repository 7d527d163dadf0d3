import { expect, it } from "vitest";
import type { ApiAttempt } from "../../../src/runtime/client/attempts.ts";
import { type ClientOptions, DynamicClient } from "../../../src/runtime/client/dynamic-client.ts";
import { httpServer } from "../transport/servers.ts";

const configmaps = { group: "", version: "v1", plural: "configmaps" };
const map = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a" } };

/** A server that knows one token, and a client that has token 1, token 2 and so on; what is told of its attempts. */
async function guarded(known: string, options: ClientOptions = {}) {
  const requests: string[] = [];
  const server = await httpServer((request, response) => {
    const token = request.headers.authorization ?? "none";
    const chunks: Buffer[] = [];
    request.on("data", (chunk) => chunks.push(chunk));
    request.on("end", () => {
      requests.push(`${request.method} ${Buffer.concat(chunks)} by ${token}`);
      const watch = request.url?.includes("watch=true") === true;
      if (token !== known) response.writeHead(401, { "content-type": "application/json" }).end('{"kind":"Status"}');
      else response.end(`${JSON.stringify(watch ? { type: "ADDED", object: map } : map)}\n`);
    });
  });
  const attempts: unknown[] = [];
  let asked = 0;
  const credentials = async () => {
    asked += 1;
    return { headers: { authorization: `token ${asked}` }, tls: {} };
  };
  const config = { server: server.origin, name: "a test", namespace: undefined, credentials };
  const onAttempt = ({ verb, code, attempt, willRetry }: ApiAttempt): void =>
    void attempts.push([verb, code, attempt, willRetry]);
  const client = await DynamicClient.fromConfig(config, { ...options, onAttempt });
  return { client, maps: client.resource(configmaps).namespace("default"), server, requests, attempts };
}

it("a call whose credentials are refused is sent once more with new ones, over the same connection", async () => {
  const { client, maps, server, requests, attempts } = await guarded("token 2");
  expect((await maps.create(map)).getName()).toBe("a");
  expect(requests).toEqual(["token 1", "token 2"].map((token) => `POST ${JSON.stringify(map)} by ${token}`));
  expect(attempts).toEqual([
    ["create", 401, 1, true],
    ["create", 200, 2, false],
  ]);
  expect(server.connections).toHaveLength(1);
  await client.close();
  await server.ended();
});

it("calls at the same time have one try more each", async () => {
  const { client, maps, attempts } = await guarded("token 2");
  const names = await Promise.all(Array.from({ length: 16 }, async () => (await maps.get("a")).getName()));
  expect(names).toEqual(Array(16).fill("a"));
  expect(attempts.filter((attempt) => String(attempt) === "get,401,1,true")).toHaveLength(16);
  expect(attempts).toHaveLength(32);
  await client.close();
});

it("a second refusal is the answer, and the next call asks anew", async () => {
  const { client, maps, attempts } = await guarded("token 3");
  await expect(maps.get("a")).rejects.toMatchObject({ name: "ApiError", code: 401 });
  expect((await maps.get("a")).getName()).toBe("a");
  expect(attempts).toEqual([
    ["get", 401, 1, true],
    ["get", 401, 2, false],
    ["get", 200, 1, false],
  ]);
  await client.close();
});

it("a watch whose credentials are refused is opened once more with new ones", async () => {
  const { client, maps, requests, attempts } = await guarded("token 2");
  for await (const { type } of maps.watch()) {
    expect(type).toBe("ADDED");
    break;
  }
  expect(requests).toEqual(["GET  by token 1", "GET  by token 2"]);
  expect(attempts).toEqual([
    ["watch", 401, 1, true],
    ["watch", 200, 2, false],
  ]);
  await client.close();
});

it("a watch ends with the second refusal", async () => {
  const { client, maps, attempts } = await guarded("token 3");
  await expect(maps.watch()[Symbol.asyncIterator]().next()).rejects.toMatchObject({ name: "ApiError", code: 401 });
  expect(attempts).toEqual([
    ["watch", 401, 1, true],
    ["watch", 401, 2, false],
  ]);
  await client.close();
});

it("the rate limit counts both, within the time of the call", async () => {
  const { client, maps, requests } = await guarded("token 2", { rateLimit: { qps: 0.01, burst: 1 } });
  await expect(maps.get("a", { timeoutMs: 100 })).rejects.toMatchObject({ name: "TimeoutError", phase: "call" });
  expect(requests).toEqual(["GET  by token 1"]);
  await client.close();
});
