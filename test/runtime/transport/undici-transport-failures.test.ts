import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import type { TlsIdentity } from "../../../src/runtime/config/cluster-config.ts";
import { type Authority, type Certificate, createAuthority } from "../../cluster/certificate.ts";
import { temporaryFolder } from "../../temporary-folder.ts";
import { certificateValid } from "./certificates.ts";
import { httpsServer, rawAnswer, rawServer, type TestServer, unusedOrigin } from "./servers.ts";
import { get, read, transportTo } from "./transport-to.ts";

const authority = createAuthority("an authority");
const ca = authority.certificate;
const identity = { commonName: "a server" };
const as = (tls: TlsIdentity) => ({ credentials: async () => ({ headers: {}, tls }) });

const serve = ({ certificate: cert, key }: Certificate): Promise<TestServer> =>
  httpsServer({ cert, key }, (_, response) => response.end("hello"));

describe("a server's certificate", () => {
  it("is taken from the authority that is named, and from no other", async () => {
    const { origin } = await serve(authority.server(identity));
    expect(await read(transportTo(origin, as({ ca })).request(get("/")))).toBe("200 hello");
    const others: TlsIdentity[] = [{ ca: createAuthority("an authority").certificate }, {}];
    for (const tls of others) {
      await expect(transportTo(origin, as(tls)).request(get("/"))).rejects.toMatchObject({ code: "untrusted" });
    }
    const unchecked = transportTo(origin, as({ rejectUnauthorized: false }));
    expect(await read(unchecked.request(get("/")))).toBe("200 hello");
  });

  it("is checked whatever the environment says", async () => {
    const { origin } = await serve(authority.server(identity));
    vi.stubEnv("NODE_TLS_REJECT_UNAUTHORIZED", "0");
    // Node warns of what has no effect here.
    vi.spyOn(process, "emitWarning").mockReturnValue();
    onTestFinished(() => {
      vi.unstubAllEnvs();
      vi.restoreAllMocks();
    });
    await expect(transportTo(origin).request(get("/"))).rejects.toMatchObject({ code: "untrusted" });
  });

  it("has to be for the host, or for the name that is given instead", async () => {
    const { origin } = await serve(authority.server(identity));
    const named = transportTo(origin, as({ ca, servername: "localhost" }));
    expect(await read(named.request(get("/")))).toBe("200 hello");
    await expect(transportTo(origin, as({ ca, servername: "a.example.com" })).request(get("/"))).rejects.toMatchObject({
      code: "wrong-host",
      message: `${origin} (a test): wanted a certificate for this host, got one for another: DNS:localhost, IP Address:127.0.0.1 (ERR_TLS_CERT_ALTNAME_INVALID); use a name that it is for as the address, or as tls-server-name`,
    });
  });

  it.each([
    ["000101000000Z", "010101000000Z", "CERT_HAS_EXPIRED"],
    ["480101000000Z", "490101000000Z", "CERT_NOT_YET_VALID"],
  ])("has to be valid now, which from %s to %s it is not", async (from, to, code) => {
    const own = certificateValid(from, to);
    const { origin } = await serve(own);
    await expect(transportTo(origin, as({ ca: own.certificate })).request(get("/"))).rejects.toMatchObject({
      code: "expired",
      message: expect.stringContaining(`(${code})`),
    });
  });
});

/** A server of OpenSSL's own that wants a certificate of the client; those of Node hang up where they should say why. */
async function openssl(version: "tls1_2" | "tls1_3"): Promise<string> {
  const { certificate, key } = authority.server(identity);
  const cwd = temporaryFolder({ "ca.crt": ca, "server.crt": certificate, "server.key": key });
  const files = ["-cert", "server.crt", "-key", "server.key", "-CAfile", "ca.crt"];
  const args = ["s_server", `-${version}`, "-accept", "127.0.0.1:0", ...files, "-Verify", "2", "-verify_return_error"];
  const server = spawn("openssl", [...args, "-www"], { cwd, stdio: ["ignore", "pipe", "ignore"] });
  onTestFinished(async () => {
    server.kill();
    if (server.exitCode === null && server.signalCode === null) await once(server, "exit");
  });
  for await (const line of createInterface({ input: server.stdout })) {
    const [, address] = /^ACCEPT (\S+)/.exec(line) ?? [];
    if (address !== undefined) return `https://${address}`;
  }
  throw new Error("wanted a server of OpenSSL, but it ended");
}

const hasOpenssl = spawnSync("openssl", ["version"]).status === 0;
if (!hasOpenssl) console.warn("SKIPPED: servers that refuse a client's certificate need the program openssl");
const refusesCertificate = "wanted the client's certificate taken, but the server refuses it";

describe("a client's certificate", () => {
  const mutual = (trusted: Authority): Promise<TestServer> => {
    const { certificate: cert, key } = authority.server(identity);
    return httpsServer({ cert, key, ca: trusted.certificate, requestCert: true }, (_, response) =>
      response.end("known"),
    );
  };

  it("is shown to the server", async () => {
    const { origin } = await mutual(authority);
    const { certificate: cert, key } = authority.client({ commonName: "a user" });
    expect(await read(transportTo(origin, as({ ca, cert, key })).request(get("/")))).toBe("200 known");
  });

  it.each([
    ["unknown ca", 48, /\(ERR_SSL_TLSV1_ALERT_UNKNOWN_CA\)/],
    // From version 3.2 on OpenSSL names them by the latter.
    ["bad certificate", 42, /\(ERR_SSL_SSL(?:V3|\/TLS)_ALERT_BAD_CERTIFICATE\)/],
    ["certificate expired", 45, /\(ERR_SSL_SSL(?:V3|\/TLS)_ALERT_CERTIFICATE_EXPIRED\)/],
  ])("that the server refuses with the alert %s is refused-identity", async (_, alert, code) => {
    // A fatal alert of TLS 1.2 (RFC 8446, 6).
    const record = Buffer.from([21, 3, 3, 0, 2, 2, alert]);
    const { origin } = await rawServer("https:", (socket) => socket.once("data", () => socket.end(record)));
    await expect(transportTo(origin, as({ ca })).request(get("/"))).rejects.toMatchObject({
      code: "refused-identity",
      message: expect.stringMatching(code),
    });
  });

  const stranger = createAuthority("another").client({ commonName: "a stranger" });
  const shown: TlsIdentity = { ca, cert: stranger.certificate, key: stranger.key };
  it.skipIf(!hasOpenssl).each([
    ["tls1_2", "that it does not know", shown, "refused-identity", refusesCertificate],
    ["tls1_3", "that it does not know", shown, "refused-identity", refusesCertificate],
    ["tls1_3", "that is missing", { ca }, "refused-identity", refusesCertificate],
    ["tls1_2", "that is missing", { ca }, "unreachable", "and whether it wants a client's certificate"],
  ] as const)("is wanted by a server of %s, which refuses one %s", async (version, _, tls, code, told) => {
    const transport = transportTo(await openssl(version), as(tls));
    await expect(transport.request(get("/"))).rejects.toMatchObject({ code, message: expect.stringContaining(told) });
    await transport.close();
  });
});

describe("no connection", () => {
  it("is unreachable where nothing listens", async () => {
    await expect(transportTo(unusedOrigin).request(get("/"))).rejects.toMatchObject({
      name: "ConnectionError",
      code: "unreachable",
      message: `${unusedOrigin} (a test): wanted a connection, but nothing listens there (ECONNREFUSED); check that the server runs and that the address is right`,
    });
  });

  it("fails all that wait for one, at any limit", async () => {
    const transport = transportTo(unusedOrigin, { connections: 2 });
    const answers = await Promise.allSettled(Array.from({ length: 10 }, () => transport.request(get("/"))));
    const wanted = { status: "rejected", reason: expect.objectContaining({ code: "unreachable" }) };
    expect(answers).toEqual(Array(10).fill(wanted));
    await transport.close();
  });

  it("is unknown-host where the name has no address", async () => {
    await expect(transportTo("https://a-test.invalid").request(get("/"))).rejects.toMatchObject({
      code: "unknown-host",
    });
  });

  it.each(["ends", "is reset"])("is unreachable where it %s before TLS is agreed on", async (how) => {
    const { origin } = await rawServer("https:", (socket) => {
      socket.once("data", () => (how === "ends" ? socket.end() : socket.resetAndDestroy()));
    });
    await expect(transportTo(origin).request(get("/"))).rejects.toMatchObject({ code: "unreachable" });
  });

  it("is a timeout where TLS is not agreed on in time", async () => {
    const { origin } = await rawServer("https:", () => undefined);
    await expect(transportTo(origin, { connectTimeoutMs: 20 }).request(get("/"))).rejects.toMatchObject({
      name: "TimeoutError",
      phase: "connect",
      timeoutMs: 20,
    });
  });
});

describe("another protocol", () => {
  it.each([
    ["https:", "HTTP/1.1 400 Bad Request\r\n\r\n", "wanted a TLS connection, but what answers does not speak TLS"],
    ["https:", "SSH-2.0-canary\r\n", "wanted a TLS connection, but what answers does not speak TLS"],
    ["http:", "SSH-2.0-canary\r\n", "wanted an answer in HTTP, got something else"],
    ["http:", "\x15\x03\x03\0\x02\x02\x46", "wanted an answer in HTTP, got something else"],
  ] as const)("than %s is told apart: %j", async (protocol, text, what) => {
    const { origin } = await rawServer(protocol, (socket) => socket.once("data", () => socket.write(text)));
    await expect(transportTo(origin).request(get("/"))).rejects.toMatchObject({
      code: "not-json",
      message: expect.stringContaining(`${origin} (a test): ${what}`),
    });
  });

  it("than http: is suspected where a server of TLS hangs up", async () => {
    const { origin } = await serve(authority.server(identity));
    await expect(transportTo(origin.replace("https:", "http:")).request(get("/"))).rejects.toMatchObject({
      code: "broken",
      message: expect.stringContaining("check whether the address has to begin with https:"),
    });
  });
});

const withLength = "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n";
const chunked = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n";
const broken = { name: "ConnectionError", code: "broken" };

describe("an answer that does not come, or not whole", () => {
  it.each(["ends", "is reset"])("is broken where the connection %s before it", async (how) => {
    const { origin } = await rawServer("http:", (socket) => {
      socket.once("data", () => (how === "ends" ? socket.end() : socket.resetAndDestroy()));
    });
    await expect(transportTo(origin).request(get("/"))).rejects.toMatchObject(broken);
  });

  it("is a timeout where it does not begin in time", async () => {
    const { origin } = await rawServer("http:", () => undefined);
    await expect(transportTo(origin, { headersTimeoutMs: 20 }).request(get("/"))).rejects.toMatchObject({
      name: "TimeoutError",
      phase: "headers",
      timeoutMs: 20,
    });
  });

  it.each([
    ["with a length", `${withLength}\r\nhalf`],
    ["with a length, to be closed", `${withLength}connection: close\r\n\r\nhalf`],
    ["in chunks", `${chunked}\r\n4\r\nhalf\r\n`],
    ["in chunks, in the middle of one", `${chunked}\r\n8\r\nhalf`],
    ["in chunks, to be closed", `${chunked}connection: close\r\n\r\n4\r\nhalf\r\n`],
    ["in gzip", `${withLength}content-encoding: gzip\r\n\r\n\x1f\x8b`],
  ])("is broken where the connection ends in its content %s", async (_, text) => {
    for (const reset of [false, true]) {
      const { origin } = await rawAnswer(text, (socket) => (reset ? socket.resetAndDestroy() : socket.end()));
      const transport = transportTo(origin);
      const answer = transport.request(get("/")).then(read);
      await expect(answer).rejects.toMatchObject(broken);
      await transport.close();
    }
  });

  it.each(["identity", "gzip"])("is broken for who reads it later too: %s", async (encoding) => {
    const text = `${withLength}content-encoding: ${encoding}\r\n\r\n\x1f\x8b`;
    const { origin, ended } = await rawAnswer(text, (socket) => socket.end());
    const response = await transportTo(origin).request(get("/"));
    await ended();
    // An error that nobody handles would fail the run, a turn of the loop later.
    await new Promise((resolve) => setImmediate(resolve));
    await expect(read(response)).rejects.toMatchObject(broken);
  });

  it.each([
    ["a chunk without a size", `${chunked}\r\nhalf\r\n`],
    ["gzip that is none", "HTTP/1.1 200 OK\r\ncontent-length: 4\r\ncontent-encoding: gzip\r\n\r\nhalf"],
    ["gzip that is cut", "HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-encoding: gzip\r\n\r\n\x1f\x8b"],
  ])("is broken where its content is %s", async (_, text) => {
    const { origin } = await rawAnswer(text);
    await expect(transportTo(origin).request(get("/")).then(read)).rejects.toMatchObject(broken);
  });
});

it.each([
  "ftp://canary@10.0.0.1",
  "canary",
  "//10.0.0.1",
  "",
  "https://me:canary@10.0.0.1",
  "https://canary@10.0.0.1",
  "https://10.0.0.1/?canary",
  "https://10.0.0.1/#canary",
])("an address that leads to no server is refused: %j", (server) => {
  const message =
    "a test: wanted the address of a server as https://10.0.0.1:6443, without user name, password and query, got something else; mend the cluster";
  const error = { name: "ConfigError", code: "invalid", message };
  expect(() => transportTo(server)).toThrow(expect.objectContaining(error));
});
