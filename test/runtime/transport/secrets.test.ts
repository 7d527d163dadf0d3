import { inspect } from "node:util";
import { expect, it } from "vitest";
import { readText } from "../../../src/runtime/transport/read-body.ts";
import { UndiciTransport, type UndiciTransportOptions } from "../../../src/runtime/transport/undici-transport.ts";
import { createAuthority } from "../../cluster/certificate.ts";
import { proxyServer } from "./proxies.ts";
import { httpServer, httpsServer, rawAnswer, rawServer, unusedOrigin } from "./servers.ts";

/** In everything that may be secret: token, key, query, body, content of the answer. */
const canary = "canary7f3a";
const authority = createAuthority("an authority");
const { certificate: cert, key } = authority.client({ commonName: "a user" });
const keyText = key.split("\n")[1] ?? "";

const credentials = async () => ({
  headers: { authorization: `Bearer ${canary}`, "impersonate-user": canary, "impersonate-group": [canary, canary] },
  tls: { ca: authority.certificate, cert, key, passphrase: canary },
});

interface FailureOptions extends UndiciTransportOptions {
  readonly proxy?: string;
}

async function failureAt(server: string, { proxy, ...options }: FailureOptions = {}): Promise<unknown> {
  const transport = new UndiciTransport({ server, name: "a test", namespace: undefined, proxy, credentials }, options);
  try {
    const response = await transport.request({
      method: "POST",
      path: `/api/v1/secrets?continue=${canary}`,
      headers: { "x-canary": canary },
      body: JSON.stringify({ data: canary }),
    });
    await readText(response, { limit: 1_000 });
  } catch (error) {
    expect(inspect(transport, { showHidden: true, depth: Number.POSITIVE_INFINITY })).not.toContain(canary);
    return error;
  }
  throw new Error("wanted a failure, got an answer");
}

const ok = "HTTP/1.1 200 OK\r\n";
const servers: Readonly<Record<string, () => Promise<unknown>>> = {
  "nothing that listens": () => failureAt(unusedOrigin),
  "a host without an address": () => failureAt("https://a-test.invalid"),
  "no TLS": async () =>
    failureAt((await rawServer("https:", (socket) => socket.write(`HTTP/1.1 200 ${canary}`))).origin),
  "no HTTP": async () => failureAt((await rawAnswer(`${canary}\r\n\r\n`)).origin),
  "a header that is too large": async () =>
    failureAt((await rawAnswer(`${ok}x: ${canary.repeat(5_000)}\r\n\r\n`)).origin),
  "a connection that ends": async () => failureAt((await rawAnswer("", (socket) => socket.end())).origin),
  "no answer": async () => failureAt((await rawServer("http:", () => undefined)).origin, { headersTimeoutMs: 10 }),
  "half of the content": async () =>
    failureAt((await rawAnswer(`${ok}content-length: 100\r\n\r\n${canary}`, (socket) => socket.end())).origin),
  "chunks that are none": async () =>
    failureAt((await rawAnswer(`${ok}transfer-encoding: chunked\r\n\r\n${canary}\r\n`)).origin),
  "gzip that is none": async () =>
    failureAt((await rawAnswer(`${ok}content-length: 10\r\ncontent-encoding: gzip\r\n\r\n${canary}`)).origin),
  "another encoding": async () => failureAt((await rawAnswer(`${ok}content-encoding: ${canary}\r\n\r\n`)).origin),
  "too much content": async () =>
    failureAt((await rawAnswer(`${ok}content-length: 1010\r\n\r\n${canary.repeat(101)}`)).origin),
  "a certificate of another authority": async () => {
    const other = createAuthority("another").server({ commonName: "a server" });
    const { origin } = await httpsServer({ cert: other.certificate, key: other.key }, () => undefined);
    return failureAt(origin);
  },
};

/** With a user and a password for the proxy, which is asked for a server that nobody reaches. */
const failureThrough = (proxy: string, server = "https://10.0.0.1:6443", options: FailureOptions = {}) =>
  failureAt(server, { ...options, proxy: proxy.replace("//", `//${canary}:${canary}@`) });

const proxies: Readonly<Record<string, () => Promise<unknown>>> = {
  "a proxy that is not there": () => failureThrough(unusedOrigin),
  "a proxy without an address": () => failureThrough("http://a-proxy.invalid"),
  "a proxy for others": async () => failureThrough((await proxyServer({ user: "grace:word" })).origin),
  "a proxy for others, asked in absolute form": async () =>
    failureThrough((await proxyServer({ user: "grace:word" })).origin, "http://10.0.0.1:8001"),
  "a proxy that refuses": async () => failureThrough((await proxyServer({ status: 403 })).origin),
  "a proxy that reaches no server": async () => failureThrough((await proxyServer({ status: 502 })).origin),
  "a server that is no proxy": async () => failureThrough((await httpServer(() => undefined)).origin),
  "a proxy that speaks no HTTP": async () => failureThrough((await rawAnswer(`${canary}\r\n\r\n`)).origin),
  "a proxy that says nothing": async () =>
    failureThrough((await rawServer("http:", () => undefined)).origin, undefined, { connectTimeoutMs: 10 }),
  "a proxy of another authority": async () => {
    const { certificate, key } = createAuthority("another").server({ commonName: "a proxy" });
    return failureThrough((await proxyServer({ tls: { cert: certificate, key } })).origin);
  },
  "a server of another authority behind a proxy": async () => {
    const { certificate, key } = createAuthority("another").server({ commonName: "a server" });
    const { origin } = await httpsServer({ cert: certificate, key }, () => undefined);
    return failureThrough((await proxyServer({ user: `${canary}:${canary}` })).origin, origin);
  },
  "an address that is no proxy": () => failureThrough("socks5://10.0.0.2").catch((error: unknown) => error),
};

const all = { ...servers, ...proxies };

it.each(Object.keys(all))("%s is told without a secret", async (name) => {
  const error = await all[name]?.();
  expect(error).toMatchObject({ message: expect.stringMatching(/\S/) });
  const inspected = inspect(error, { showHidden: true, depth: Number.POSITIVE_INFINITY });
  const shown = `${inspected} ${(error as Error).stack} ${JSON.stringify(error)}`;
  expect(shown).toContain("Error: ");
  // A buffer is printed in hexadecimal digits.
  for (const secret of [
    canary,
    Buffer.from(`${canary}:${canary}`).toString("base64"),
    Buffer.from(canary)
      .toString("hex")
      .replaceAll(/..(?!$)/g, "$& "),
    keyText,
  ]) {
    expect(shown).not.toContain(secret);
  }
});
