import { inspect } from "node:util";
import { expect, it } from "vitest";
import { readText } from "../../../src/runtime/transport/read-body.ts";
import { UndiciTransport, type UndiciTransportOptions } from "../../../src/runtime/transport/undici-transport.ts";
import { createAuthority } from "../../cluster/certificate.ts";
import { httpServer, httpsServer, rawAnswer, rawServer } from "./servers.ts";

/** In everything that may be secret: token, key, query, body, content of the answer. */
const canary = "canary7f3a";
const authority = createAuthority("an authority");
const { certificate: cert, key } = authority.client({ commonName: "a user" });
const keyText = key.split("\n")[1] ?? "";

const credentials = async () => ({
  headers: { authorization: `Bearer ${canary}`, "impersonate-user": canary },
  tls: { ca: authority.certificate, cert, key, passphrase: canary },
});

async function failureAt(server: string, options: UndiciTransportOptions = {}): Promise<unknown> {
  const transport = new UndiciTransport({ server, name: "a test", namespace: undefined, credentials }, options);
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
  "nothing that listens": async () => {
    const { origin, stop } = await httpServer(() => undefined);
    await stop();
    return failureAt(origin);
  },
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

it.each(Object.keys(servers))("%s is told without a secret", async (name) => {
  const error = await servers[name]?.();
  expect(error).toMatchObject({ message: expect.stringMatching(/\S/) });
  const shown = `${inspect(error, { showHidden: true, depth: Number.POSITIVE_INFINITY })} ${(error as Error).stack}`;
  expect(shown).toContain("Error: ");
  // A buffer is printed in hexadecimal digits.
  for (const secret of [
    canary,
    Buffer.from(canary)
      .toString("hex")
      .replaceAll(/..(?!$)/g, "$& "),
    keyText,
  ]) {
    expect(shown).not.toContain(secret);
  }
});
