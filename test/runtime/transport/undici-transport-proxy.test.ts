import type { IncomingHttpHeaders } from "node:http";
import type { TLSSocket } from "node:tls";
import { describe, expect, it } from "vitest";
import type { TlsIdentity } from "../../../src/runtime/config/cluster-config.ts";
import { createAuthority } from "../../cluster/certificate.ts";
import { type ProxyOptions, proxyServer } from "./proxies.ts";
import { httpServer, httpsServer, rawServer, type TestServer, unusedOrigin } from "./servers.ts";
import { get, read, type TransportParts, transportTo } from "./transport-to.ts";

const authority = createAuthority("an authority");
const ca = authority.certificate;
const { certificate: cert, key } = authority.server({ commonName: "a server" });
const user = authority.client({ commonName: "a user" });
const as = (tls: TlsIdentity): TransportParts => ({ credentials: async () => ({ headers: {}, tls }) });

/** A server of TLS that answers with method, path, the name that it was asked for, and who asks. */
const secureServer = (): Promise<TestServer> =>
  httpsServer({ cert, key, ca, requestCert: true, rejectUnauthorized: false }, (request, response) => {
    const socket = request.socket as TLSSocket & { servername?: unknown };
    const { CN } = socket.getPeerCertificate().subject ?? {};
    response.end(`${request.method} ${request.url} at ${socket.servername} by ${CN}`);
  });

/** The address of a proxy with credentials in it. */
const withUser = (origin: string, credentials: string): string => origin.replace("//", `//${credentials}@`);

describe("a server of https", () => {
  it.each(["http", "https"])(
    "is reached through a tunnel of an %s proxy, with certificates and names as without one",
    async (kind) => {
      const server = await secureServer();
      const proxy = await proxyServer(kind === "https" ? { tls: { cert, key } } : {});
      const tls = { ca, cert: user.certificate, key: user.key, servername: "localhost" };
      const transport = transportTo(`${server.origin}/prefix`, { ...as(tls), proxy: proxy.origin });
      const path = "/a/%2e%2e/../b//c?limit=5";
      expect(await read(transport.request(get(path)))).toBe(`200 GET /prefix${path} at localhost by a user`);
      expect(await proxy.seen()).toEqual({
        asked: [`CONNECT ${new URL(server.origin).host}`],
        authorizations: [null],
        // The proxy is called by its own name, which an address is none of.
        names: kind === "https" ? [false] : [],
        connections: 1,
      });
      await transport.close();
      await Promise.all([proxy.ended(), server.ended()]);
    },
  );

  it("needs no address here, only at the proxy", async () => {
    const server = await secureServer();
    // The proxy's own certificate is for neither of the names that it is asked for.
    const proxy = await proxyServer({
      tls: { cert, key },
      servers: { "api.invalid:443": server.origin, "[fd00::1]:6443": server.origin },
    });
    const parts = { ...as({ ca, servername: "localhost" }), proxy: proxy.origin };
    for (const origin of ["https://api.invalid", "https://[fd00::1]:6443"]) {
      expect(await read(transportTo(origin, parts).request(get("/")))).toBe("200 GET / at localhost by undefined");
    }
    expect((await proxy.seen()).asked).toEqual(["CONNECT api.invalid:443", "CONNECT [fd00::1]:6443"]);
  });

  it("is asked over tunnels that are used again, and watched over others", async () => {
    const server = await secureServer();
    const proxy = await proxyServer();
    const transport = transportTo(server.origin, { ...as({ ca }), proxy: proxy.origin, connections: 2 });
    const calls = Array.from({ length: 20 }, (_, number) => read(transport.request(get(`/${number}`))));
    expect(await Promise.all(calls)).toHaveLength(20);
    const before = (await proxy.seen()).asked.length;
    expect(before).toBeLessThanOrEqual(2);
    await read(transport.request(get("/?watch=true")));
    expect((await proxy.seen()).asked).toHaveLength(before + 1);
    await transport.close();
    await proxy.ended();
  });

  it("is not trusted for its proxy's sake", async () => {
    const server = await secureServer();
    const proxy = await proxyServer();
    const transport = transportTo(server.origin, { proxy: proxy.origin });
    await expect(transport.request(get("/"))).rejects.toMatchObject({
      code: "untrusted",
      message: expect.stringContaining(`${server.origin} (a test) through the proxy ${proxy.origin}: wanted a cert`),
    });
    await transport.close();
    await proxy.ended();
  });

  it("is left alone where the request is aborted while the proxy is silent", async () => {
    const proxy = await rawServer("http:", () => undefined);
    const controller = new AbortController();
    const transport = transportTo("https://api.invalid", { proxy: proxy.origin });
    const answer = transport.request(get("/", { signal: controller.signal }));
    await proxy.connected();
    controller.abort("enough");
    await expect(answer).rejects.toBe("enough");
  });
});

describe("a server of http", () => {
  it("is asked in absolute form, with the server's own host", async () => {
    let seen: IncomingHttpHeaders = {};
    const server = await httpServer((request, response) => {
      seen = request.headers;
      response.end(`${request.method} ${request.url}`);
    });
    const proxy = await proxyServer({ user: "ada:word" });
    const parts = { proxy: withUser(proxy.origin, "ada:word") };
    const transport = transportTo(`${server.origin}/prefix`, parts);
    expect(await read(transport.request(get("/a/%2e%2e/b?c=d")))).toBe("200 GET /prefix/a/%2e%2e/b?c=d");
    expect(await proxy.seen()).toMatchObject({
      asked: [`GET ${server.origin}/prefix/a/%2e%2e/b?c=d`],
      authorizations: [`Basic ${btoa("ada:word")}`],
    });
    expect(seen).toMatchObject({ host: new URL(server.origin).host });
    expect(seen).not.toHaveProperty("proxy-authorization");
    await transport.close();
    await proxy.ended();
  });

  it("is asked over more than one connection at a time, also through an https proxy", async () => {
    let waiting = 0;
    let open = (): void => undefined;
    const all = new Promise<void>((resolve) => {
      open = resolve;
    });
    const server = await httpServer(async (_, response) => {
      waiting += 1;
      if (waiting === 3) open();
      await all;
      response.end("answered");
    });
    const proxy = await proxyServer({ tls: { cert, key } });
    const transport = transportTo(server.origin, { ...as({ ca, servername: "another" }), proxy: proxy.origin });
    const paths = ["/1", "/2", "/3?watch=true"];
    const answers = paths.map((path) => read(transport.request(get(path))));
    expect(await Promise.all(answers)).toEqual(Array(3).fill("200 answered"));
    expect((await proxy.seen()).connections).toBe(3);
    await transport.close();
    await proxy.ended();
  });
});

describe("credentials for the proxy", () => {
  it.each([
    ["ada:word", "ada:word"],
    ["a%40b:w%3Ard%25", "a@b:w:rd%"],
    ["ada", "ada:"],
    [":word", ":word"],
  ])("are sent to it, and to nobody else: %s", async (written, user) => {
    let seen: IncomingHttpHeaders = {};
    const server = await httpsServer({ cert, key }, (request, response) => {
      seen = request.headers;
      response.end("known");
    });
    const proxy = await proxyServer({ user });
    const transport = transportTo(server.origin, { ...as({ ca }), proxy: withUser(proxy.origin, written) });
    expect(await read(transport.request(get("/")))).toBe("200 known");
    expect(Object.keys(seen)).toEqual(["host", "connection", "accept-encoding"]);
    expect((await proxy.seen()).authorizations).toEqual([`Basic ${btoa(user)}`]);
  });
});

const credentials = "put user name and password that it knows into its address, as http://user:password@10.0.0.2:3128";
const checkProxy = "check the proxy, and its address in proxy-url of the cluster, or else in HTTPS_PROXY or HTTP_PROXY";
const orWithout = "or have NO_PROXY name the server, if it can be reached without";

describe("no way through the proxy", () => {
  const to = (proxy: string, parts: TransportParts = {}) => transportTo("https://10.0.0.1:6443", { proxy, ...parts });
  const subject = (proxy: string): string => `https://10.0.0.1:6443 (a test) through the proxy ${proxy}`;

  it("is unreachable where it is not there, and a name without an address is told", async () => {
    await expect(to(withUser(unusedOrigin, "ada:canary")).request(get("/"))).rejects.toMatchObject({
      name: "ConnectionError",
      code: "unreachable",
      message: `${subject(unusedOrigin)}: of the proxy wanted a connection, but nothing listens there (ECONNREFUSED); ${checkProxy}`,
    });
    const plain = transportTo("http://10.0.0.1:8001", { proxy: unusedOrigin });
    await expect(plain.request(get("/"))).rejects.toMatchObject({
      code: "unreachable",
      message: expect.stringContaining("of the proxy wanted a connection, but nothing listens there"),
    });
    await expect(to("http://a-proxy.invalid").request(get("/"))).rejects.toMatchObject({ code: "unknown-host" });
  });

  it.each<[ProxyOptions, string, string]>([
    [{ user: "grace:word" }, "proxy", `but it does not know who asks (407); ${credentials}`],
    ...[401, 403, 418, 511].map((status): [ProxyOptions, string, string] => [
      { status },
      "proxy",
      `but it lets nothing through to the server (${status}); have the server allowed in the proxy's rules, ${orWithout}`,
    ]),
    ...[408, 429, 500, 507, 520].map((status): [ProxyOptions, string, string] => [
      { status },
      "unreachable",
      `but it lets nothing through at the moment (${status}); try again later, and if it stays so look at the proxy, ${orWithout}`,
    ]),
    ...[502, 503, 504].map((status): [ProxyOptions, string, string] => [
      { status },
      "unreachable",
      `but it reaches no server there (${status}); check that the proxy's network leads to the server, ${orWithout}`,
    ]),
  ])("is told from the answer: %j", async (options, code, told) => {
    const { origin } = await proxyServer(options);
    const transport = to(withUser(origin, "ada:canary"));
    await expect(transport.request(get("/"))).rejects.toMatchObject({
      name: "ConnectionError",
      code,
      message: `${subject(origin)}: wanted a way through the proxy, ${told}`,
    });
    await transport.close();
  });

  it("leaves no connection to a proxy that refuses and would keep it", async () => {
    const refusal = "HTTP/1.1 403 No\r\ncontent-length: 0\r\n\r\n";
    const proxy = await rawServer("http:", (socket) => socket.once("data", () => socket.write(refusal)));
    await expect(to(proxy.origin).request(get("/"))).rejects.toMatchObject({ code: "proxy" });
    await proxy.ended();
  });

  it("is told where a proxy of requests in absolute form does not know who asks", async () => {
    const { origin } = await proxyServer({ user: "grace:word" });
    const transport = transportTo("http://10.0.0.1:8001", { proxy: withUser(origin, "ada:canary") });
    await expect(transport.request(get("/"))).rejects.toMatchObject({
      code: "proxy",
      message: `http://10.0.0.1:8001 (a test) through the proxy ${origin}: wanted a way through the proxy, but it does not know who asks (407); ${credentials}`,
    });
    await transport.close();
  });

  it("is told where a server that is no proxy listens there", async () => {
    const hangsUp = await httpServer(() => undefined);
    await expect(to(hangsUp.origin).request(get("/"))).rejects.toMatchObject({
      code: "unreachable",
      message: `${subject(hangsUp.origin)}: wanted a way through the proxy, but it ended the connection without an answer; ${checkProxy}, ${orWithout}`,
    });
    for (const status of [400, 404, 405, 501, 505]) {
      const { origin } = await proxyServer({ status });
      await expect(to(origin).request(get("/"))).rejects.toMatchObject({
        code: "proxy",
        message: `${subject(origin)}: wanted a proxy, but what answers there knows no CONNECT (${status}); ${checkProxy}`,
      });
    }
    const other = await rawServer("http:", (socket) => socket.once("data", () => socket.write("SSH-2.0-canary\r\n")));
    await expect(to(other.origin).request(get("/"))).rejects.toMatchObject({
      code: "proxy",
      message: `${subject(other.origin)}: wanted a proxy, but what answers there does not speak HTTP; ${checkProxy}`,
    });
  });

  it("is a timeout where it does not answer, before and after it has TLS", async () => {
    const silent = await rawServer("http:", () => undefined);
    const timeout = { name: "TimeoutError", phase: "connect", timeoutMs: 20 };
    const parts = { connectTimeoutMs: 20 };
    await expect(to(silent.origin, parts).request(get("/"))).rejects.toMatchObject(timeout);
    const tls = silent.origin.replace("http:", "https:");
    await expect(to(tls, parts).request(get("/"))).rejects.toMatchObject(timeout);
  });

  it("is untrusted where its certificate is from nobody that is trusted", async () => {
    const { origin } = await proxyServer({ tls: { cert, key } });
    const transport = to(origin, as({ ca: createAuthority("another").certificate }));
    await expect(transport.request(get("/"))).rejects.toMatchObject({
      code: "untrusted",
      message: expect.stringContaining(`${subject(origin)}: of the proxy wanted a certificate`),
    });
    await transport.close();
  });

  it("fails all that wait for it, and the next request tries again", async () => {
    const server = await secureServer();
    const proxy = await proxyServer({ servers: { "api.invalid:443": unusedOrigin } });
    const parts = { ...as({ ca, servername: "localhost" }), proxy: proxy.origin, connections: 1 };
    const transport = transportTo("https://api.invalid", parts);
    const answers = await Promise.allSettled(Array.from({ length: 5 }, () => transport.request(get("/"))));
    const wanted = { status: "rejected", reason: expect.objectContaining({ code: "unreachable" }) };
    expect(answers).toEqual(Array(5).fill(wanted));
    await proxy.learn({ "api.invalid:443": server.origin });
    expect(await read(transport.request(get("/")))).toMatch(/^200 /);
    await transport.close();
    await proxy.ended();
  });
});

it.each([
  ["socks5://canary:canary@10.0.0.2:1080", "got one for SOCKS, which is not supported"],
  ["10.0.0.2:3128", "got something else"],
  ["ftp://canary@10.0.0.2", "got something else"],
])("an address that leads to no proxy is refused: %s", (proxy, got) => {
  const wanted = "wanted the address of an http or https proxy as http://10.0.0.2:3128";
  const message = `a test: proxy: ${wanted}, ${got}; mend it, or remove it`;
  expect(() => transportTo("https://10.0.0.1", { proxy })).toThrow(
    expect.objectContaining({ name: "ConfigError", code: "invalid", message }),
  );
});

it("content that comes through a tunnel may be left", async () => {
  const server = await httpsServer({ cert, key }, (_, response) => void response.write("a beginning"));
  const proxy = await proxyServer();
  const transport = transportTo(server.origin, { ...as({ ca }), proxy: proxy.origin });
  const parts = (await transport.request(get("/"))).body[Symbol.asyncIterator]();
  expect((await parts.next()).value).toEqual(Buffer.from("a beginning"));
  await parts.return?.();
  await transport.close();
  await Promise.all([proxy.ended(), server.ended()]);
});
