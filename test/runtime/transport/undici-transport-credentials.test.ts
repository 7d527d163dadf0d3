import { writeFileSync } from "node:fs";
import * as path from "node:path";
import type { TLSSocket } from "node:tls";
import { expect, it } from "vitest";
import { loadKubeconfig } from "../../../src/runtime/config/kubeconfig.ts";
import { ConfigError } from "../../../src/runtime/errors/config-error.ts";
import { UndiciTransport } from "../../../src/runtime/transport/undici-transport.ts";
import { createAuthority } from "../../cluster/certificate.ts";
import { temporaryFolder } from "../../temporary-folder.ts";
import { expectGone, hangingPlugin } from "../config/hanging-plugin.ts";
import { kubeconfigText } from "../config/kubeconfig-text.ts";
import { httpServer, httpsServer } from "./servers.ts";
import { get, read, transportTo } from "./transport-to.ts";

/** A server that knows one token, and credentials that give token 1, token 2 and so on. */
async function guarded(known: string) {
  const state = { asked: 0, requests: [] as string[] };
  const server = await httpServer((request, response) => {
    request.setEncoding("utf8");
    let body = "";
    request.on("data", (part) => {
      body += part;
    });
    request.on("end", () => {
      const token = request.headers.authorization ?? "none";
      state.requests.push(`${request.method} ${request.url} ${body} by ${token}`);
      response.statusCode = token === known ? 200 : 401;
      response.end(`${token} in ${request.url}`);
    });
  });
  const transport = transportTo(server.origin, {
    credentials: async () => {
      state.asked += 1;
      return { headers: { authorization: `token ${state.asked}` }, tls: {} };
    },
  });
  return { ...server, state, transport };
}

it("asks once for the requests of ten seconds", async () => {
  const { state, transport } = await guarded("token 1");
  const answers = Array.from({ length: 16 }, (_, number) => read(transport.request(get(`/${number}`))));
  expect(await Promise.all(answers)).toEqual(answers.map((_, number) => `200 token 1 in /${number}`));
  expect(await read(transport.request(get("/again")))).toBe("200 token 1 in /again");
  expect(state.asked).toBe(1);
});

it("asks again after the server did not know them, and says that sending once more is worthwhile", async () => {
  const { state, transport } = await guarded("token 2");
  const request = { method: "POST", path: "/a", headers: {}, body: '{"b":1}' } as const;
  const refusal = await transport.request(request);
  expect(refusal).toMatchObject({ status: 401, renewsCredentials: true });
  expect(await read(refusal)).toBe("401 token 1 in /a");
  const response = await transport.request(request);
  expect(response).not.toHaveProperty("renewsCredentials");
  expect(await read(response)).toBe("200 token 2 in /a");
  expect(state.requests).toEqual(['POST /a {"b":1} by token 1', 'POST /a {"b":1} by token 2']);
});

it("asks once for all that were refused at the same time", async () => {
  const { state, transport } = await guarded("token 2");
  const all = (): Promise<string[]> =>
    Promise.all(Array.from({ length: 16 }, () => read(transport.request(get("/a")))));
  expect(await all()).toEqual(Array(16).fill("401 token 1 in /a"));
  expect(await all()).toEqual(Array(16).fill("200 token 2 in /a"));
  expect(state.asked).toBe(2);
});

it("reads a token and a certificate anew where the server does not know them, as they may have been replaced", async () => {
  const authority = createAuthority("an authority");
  const ca = authority.certificate;
  const { certificate: cert, key } = authority.server({ commonName: "a server" });
  const seen: unknown[] = [];
  const server = await httpsServer({ cert, key, ca, requestCert: true }, (request, response) => {
    const { CN } = (request.socket as TLSSocket).getPeerCertificate().subject;
    seen.push(`${CN} ${request.headers.authorization}`);
    response.writeHead(CN === "two" ? 200 : 401).end("known");
  });
  const [one, two] = ["one", "two"].map((commonName) => authority.client({ commonName }));
  const user = "{ tokenFile: token, client-certificate: user.crt, client-key: user.key }";
  const folder = temporaryFolder({
    kubeconfig: kubeconfigText({ cluster: `{ server: '${server.origin}', certificate-authority: ca.crt }`, user }),
    "ca.crt": ca,
    token: "one",
    "user.crt": one?.certificate ?? "",
    "user.key": one?.key ?? "",
  });
  const config = await loadKubeconfig({ path: path.join(folder, "kubeconfig") });
  const transport = new UndiciTransport(config);
  expect(await read(transport.request(get("/")))).toBe("401 known");
  writeFileSync(path.join(folder, "token"), "two");
  writeFileSync(path.join(folder, "user.crt"), two?.certificate ?? "");
  writeFileSync(path.join(folder, "user.key"), two?.key ?? "");
  expect(await read(transport.request(get("/")))).toBe("200 known");
  expect(seen).toEqual(["one Bearer one", "two Bearer two"]);
  await transport.close();
  await server.ended();
});

it("fails where there are none, and makes no connection", async () => {
  const server = await httpServer((_, response) => response.end());
  const failure = new ConfigError("plugin", "no credentials");
  const transport = transportTo(server.origin, { credentials: () => Promise.reject(failure) });
  await expect(transport.request(get("/"))).rejects.toBe(failure);
  expect(server.connections).toHaveLength(0);
});

it("ends what is running for credentials when it is closed, and refuses the requests that wait for them", async () => {
  const { exec, pid } = hangingPlugin();
  const { origin, connections } = await httpServer((_, response) => response.end());
  const user = JSON.stringify({ exec });
  const cluster = `{ server: '${origin.replace("http:", "https:")}' }`;
  const config = await loadKubeconfig({ text: kubeconfigText({ cluster, user }), execTimeoutMs: 0 });
  const transport = new UndiciTransport(config, { connectTimeoutMs: 50 });
  const left = new AbortController();
  const requests = [get("/a", { signal: left.signal }), get("/b"), get("/c")].map((request) =>
    transport.request(request).catch((error: unknown) => error),
  );
  const process = await pid();
  left.abort(new RangeError("left"));
  await transport.close();
  const closed = expect.objectContaining({ name: "ConnectionError", code: "closed" });
  expect(await Promise.all(requests)).toEqual([new RangeError("left"), closed, closed]);
  await expectGone(process);
  expect(connections).toHaveLength(0);
});

it("is closed where credentials never come and nothing ends what they are asked of", async () => {
  const credentials = (): Promise<never> => new Promise(() => undefined);
  const transport = transportTo("http://127.0.0.1:9", { credentials, connectTimeoutMs: 50 });
  const waiting = expect(transport.request(get("/"))).rejects.toMatchObject({
    name: "ConnectionError",
    code: "closed",
    message: "http://127.0.0.1:9 (a test): wanted a request sent, but the client has been closed; make another client",
  });
  await transport.close();
  await waiting;
});
