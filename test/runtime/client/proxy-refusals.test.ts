import { afterEach, describe, expect, it, vi } from "vitest";
import type { ApiAttempt } from "../../../src/runtime/client/attempts.ts";
import { DynamicClient } from "../../../src/runtime/client/dynamic-client.ts";
import { createAuthority } from "../../cluster/certificate.ts";
import { type ProxyOptions, proxyServer } from "../transport/proxies.ts";
import { httpsServer } from "../transport/servers.ts";

const authority = createAuthority("an authority");
const { certificate: cert, key } = authority.server({ commonName: "a server" });
const map = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a" } };

afterEach(() => void vi.restoreAllMocks());

/** A client of a server behind a proxy, and what is told of its attempts. No pause takes time. */
async function behind(options: ProxyOptions) {
  vi.spyOn(Math, "random").mockReturnValue(0);
  const server = await httpsServer({ cert, key }, (request, response) => {
    const watch = request.url?.includes("watch=true") === true;
    response.end(`${JSON.stringify(watch ? { type: "ADDED", object: map } : map)}\n`);
  });
  const proxy = await proxyServer(options);
  const attempts: unknown[] = [];
  const onAttempt = ({ code, attempt, willRetry }: ApiAttempt): void => void attempts.push([code, attempt, willRetry]);
  const credentials = async () => ({ headers: {}, tls: { ca: authority.certificate } });
  const config = { server: server.origin, name: "a test", namespace: undefined, proxy: proxy.origin, credentials };
  const client = await DynamicClient.fromConfig(config, { onAttempt });
  const maps = client.resource({ group: "", version: "v1", plural: "configmaps" }).namespace("default");
  const first = async (): Promise<string | undefined> => {
    for await (const { type } of maps.watch()) return type;
    return undefined;
  };
  const end = async (): Promise<void> => {
    await client.close();
    await Promise.all([proxy.ended(), server.ended()]);
  };
  return { maps, first, attempts, server, end };
}

describe.each([408, 429, 500, 502, 503, 504, 520])("a proxy that lets nothing through for a moment (%i)", (status) => {
  const wanted = [
    ["unreachable", 1, true],
    ["unreachable", 2, true],
    [200, 3, false],
  ];

  it("is asked again by a call, of every verb", async () => {
    const { maps, attempts, end } = await behind({ status, times: 2 });
    expect((await maps.create(map)).getName()).toBe("a");
    expect(attempts).toEqual(wanted);
    await end();
  });

  it("is asked again by a watch", async () => {
    const { first, attempts, end } = await behind({ status, times: 2 });
    expect(await first()).toBe("ADDED");
    expect(attempts).toEqual(wanted);
    await end();
  });
});

it.each([401, 403, 404, 405, 407, 501, 511])("a proxy that says no (%i) is asked once", async (status) => {
  const { maps, first, attempts, server, end } = await behind({ status });
  const refusal = { name: "ConnectionError", code: "proxy" };
  await expect(maps.get("a")).rejects.toMatchObject(refusal);
  await expect(first()).rejects.toMatchObject(refusal);
  expect(attempts).toEqual(Array(2).fill(["proxy", 1, false]));
  expect(server.connections).toHaveLength(0);
  await end();
});
