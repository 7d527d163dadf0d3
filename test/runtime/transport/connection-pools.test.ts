import type { ServerResponse } from "node:http";
import type { TLSSocket } from "node:tls";
import { describe, expect, it } from "vitest";
import type { TlsIdentity } from "../../../src/runtime/config/cluster-config.ts";
import { ConnectionPools } from "../../../src/runtime/transport/connection-pools.ts";
import { createAuthority } from "../../cluster/certificate.ts";
import { httpsServer } from "./servers.ts";
import { get, read, transportTo } from "./transport-to.ts";

const authority = createAuthority("an authority");
const ca = authority.certificate;
const identityOf = (commonName: string): TlsIdentity => {
  const { certificate: cert, key } = authority.client({ commonName });
  return { ca, cert, key };
};
const one = identityOf("one");
const two = identityOf("two");

const poolsTo = (origin: string): ConnectionPools =>
  new ConnectionPools({ origin, name: "a test", connectTimeoutMs: 10_000, headersTimeoutMs: 60_000, connections: 2 });

/** A server that answers with the user that the client's certificate is for; it keeps requests for `/held`. */
async function serverOfUsers() {
  const { certificate: cert, key } = authority.server({ commonName: "a server" });
  let tell = (_: ServerResponse): void => undefined;
  const held = new Promise<ServerResponse>((resolve) => {
    tell = resolve;
  });
  const server = await httpsServer({ cert, key, ca, requestCert: true }, ({ url, socket }, response) => {
    const user = (socket as TLSSocket).getPeerCertificate().subject.CN;
    response.statusCode = url === "/two-only" && user !== "two" ? 401 : 200;
    response.write(`${user}`);
    if (url === "/held") tell(response);
    else response.end();
  });
  return { ...server, held };
}

type Pool = Awaited<ReturnType<ConnectionPools["poolFor"]>>;

async function ask(pool: Pool, path: string): Promise<string> {
  const { body } = await pool.request({ method: "GET", path });
  return body.text();
}

describe("the pool for an identity", () => {
  it("is the one of all identities with the same content", async () => {
    const pools = poolsTo("https://127.0.0.1");
    const pool = await pools.poolFor({ ca: Buffer.from(ca), servername: "localhost" }, "call");
    expect(await pools.poolFor({ ca: Buffer.from(ca), servername: "localhost" }, "call")).toBe(pool);
    expect(await pools.poolFor({ servername: "localhost", ca: Buffer.from(ca) }, "call")).toBe(pool);
    expect(pool.closed).toBe(false);
  });

  it("is known without waiting where the very same identity had it last", async () => {
    const pools = poolsTo("https://127.0.0.1");
    expect(pools.knownFor(one, "call")).toBeUndefined();
    const pool = await pools.poolFor(one, "call");
    expect(pools.knownFor(one, "call")).toBe(pool);
    expect(pools.knownFor(one, "watch")).toBe(await pools.poolFor(one, "watch"));
    expect(pools.knownFor({ ...one }, "call")).toBeUndefined();
    await pools.poolFor(two, "call");
    expect(pools.knownFor(one, "call")).toBeUndefined();
  });

  it.each<[string, TlsIdentity]>([
    ["ca", { ...one, ca: ca + ca }],
    ["cert", { ...one, cert: `${one.cert}${ca}` }],
    ["cert and key", two],
    ["passphrase", { ...one, passphrase: "a passphrase" }],
    ["servername", { ...one, servername: "localhost" }],
    ["rejectUnauthorized", { ...one, rejectUnauthorized: false }],
    ["nothing", {}],
  ])("is another where that has another %s", async (_, other) => {
    const pools = poolsTo("https://127.0.0.1");
    const pool = await pools.poolFor(one, "call");
    expect(await pools.poolFor({ ...one }, "call")).toBe(pool);
    expect(await pools.poolFor(other, "call")).not.toBe(pool);
    expect(pool.closed).toBe(true);
  });

  it("is the one before where its certificates cannot be read", async () => {
    const pools = poolsTo("https://127.0.0.1");
    const pool = await pools.poolFor(one, "call");
    await expect(pools.poolFor({ ...one, cert: "canary" }, "call")).rejects.toMatchObject({ code: "invalid" });
    expect(await pools.poolFor(one, "call")).toBe(pool);
    expect(pool.closed).toBe(false);
  });

  it("reads no certificates where there is no TLS", async () => {
    const pools = poolsTo("http://127.0.0.1");
    expect(await pools.poolFor({ cert: "none" }, "call")).toBeDefined();
  });
});

describe("another identity", () => {
  it("takes over; what the one before has under way comes to its end, and then its connections end", async () => {
    const server = await serverOfUsers();
    const pools = poolsTo(server.origin);
    const under = ask(await pools.poolFor(one, "call"), "/held");
    const response = await server.held;
    expect(await ask(await pools.poolFor(two, "call"), "/")).toBe("two");
    expect(server.connections.map((socket) => socket.destroyed)).toEqual([false, false]);
    response.end(" until the end");
    expect(await under).toBe("one until the end");
    const [first] = server.connections;
    if (first?.closed === false) await new Promise((resolve) => first.on("close", resolve));
    expect(await ask(await pools.poolFor(two, "call"), "/")).toBe("two");
    await pools.close();
    await server.ended();
  });

  it("is waited for by close, and so is the one before", async () => {
    const server = await serverOfUsers();
    const pools = poolsTo(server.origin);
    const order: string[] = [];
    const under = ask(await pools.poolFor(one, "call"), "/held").then((text) => order.push(text));
    const response = await server.held;
    await ask(await pools.poolFor(two, "call"), "/");
    const closed = pools.close().then(() => order.push("closed"));
    response.end();
    await Promise.all([under, closed]);
    expect(order).toEqual(["one", "closed"]);
    await server.ended();
  });

  it("comes with the credentials after a 401", async () => {
    const { origin } = await serverOfUsers();
    const given = [one, two];
    const credentials = async () => ({ headers: {}, tls: given.shift() ?? {} });
    const transport = transportTo(origin, { credentials });
    expect(await read(transport.request(get("/")))).toBe("200 one");
    expect(await read(transport.request(get("/two-only")))).toBe("401 one");
    expect(await read(transport.request(get("/two-only")))).toBe("200 two");
    expect(await read(transport.request(get("/")))).toBe("200 two");
    await transport.close();
  });
});
