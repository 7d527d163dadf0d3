import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { readText } from "../../../src/runtime/transport/read-body.ts";
import { closed, httpServer, type TestServer } from "./servers.ts";
import { get, read, transportTo } from "./transport-to.ts";

/** Answers with what was asked. */
const echo = (request: IncomingMessage, response: ServerResponse): void => {
  request.setEncoding("utf8");
  let body = "";
  request.on("data", (part) => {
    body += part;
  });
  request.on("end", () => response.end(`${request.method} ${request.url} ${body}`));
};

/** Takes requests and keeps them. */
async function heldServer(): Promise<
  TestServer & { readonly held: ServerResponse[]; arrived(number: number): Promise<void> }
> {
  const held: ServerResponse[] = [];
  let tell = (): void => undefined;
  const server = await httpServer((_, response) => {
    held.push(response);
    tell();
  });
  const arrived = async (number: number): Promise<void> => {
    while (held.length < number)
      await new Promise<void>((resolve) => {
        tell = resolve;
      });
  };
  return { ...server, held, arrived };
}

describe("a request", () => {
  it.each([
    ["", "/apis/a.example.com/v1/things?limit=5&continue=a%2Fb"],
    ["", "/a/%2e%2e/b"],
    ["", "/a/../b/./c//d"],
    ["", "/a?b=http://c.example.com/#d"],
    ["/prefix", "/api/v1/namespaces"],
    ["/prefix/", "/a/%2e%2e/b"],
    ["/k8s/clusters/c-1", "/apis"],
  ])("to a server with the path %j has the path %j as it stands", async (prefix, path) => {
    const { origin } = await httpServer(echo);
    const transport = transportTo(origin + prefix);
    expect(await read(transport.request(get(path)))).toBe(`200 GET ${prefix.replace(/\/$/, "")}${path} `);
  });

  it("has method, body and headers, and the credentials' headers above all", async () => {
    let seen: IncomingHttpHeaders = {};
    const { origin } = await httpServer((request, response) => {
      seen = request.headers;
      response.setHeader("warning", ['299 - "one"', '299 - "two"']);
      response.statusCode = 201;
      echo(request, response);
    });
    const credentials = async () => ({ headers: { authorization: "Bearer right" }, tls: {} });
    const response = await transportTo(origin, { credentials }).request({
      method: "PATCH",
      path: "/a",
      headers: { "content-type": "application/json", authorization: "Bearer wrong", "user-agent": "a test" },
      body: '{"ä":1}',
    });
    expect(await readText(response)).toBe('PATCH /a {"ä":1}');
    expect(response).toMatchObject({ status: 201, headers: { warning: ['299 - "one"', '299 - "two"'] } });
    expect(seen).toMatchObject({
      authorization: "Bearer right",
      "content-type": "application/json",
      "content-length": "8",
      "user-agent": "a test",
    });
  });

  it.each([
    ["gzip", {}, {}],
    [undefined, { compression: false }, {}],
    ["identity", {}, { "accept-encoding": "identity" }],
  ])("asks for %s with %j and %j", async (want, options, headers) => {
    const { origin } = await httpServer((request, response) => response.end(request.headers["accept-encoding"]));
    const answer = await read(transportTo(origin, options).request(get("/", { headers })));
    expect(answer).toBe(`200 ${want ?? ""}`);
  });

  it("is answered by what comes after the informational answers", async () => {
    const { origin } = await httpServer((_, response) => {
      response.writeEarlyHints({ link: "</a>; rel=preload" });
      response.writeProcessing();
      response.statusCode = 201;
      response.end("made");
    });
    expect(await read(transportTo(origin).request(get("/")))).toBe("201 made");
  });

  it("follows no redirection, which is an answer like others", async () => {
    const other = await httpServer(echo);
    const { origin } = await httpServer((_, response) =>
      response.writeHead(307, { location: other.origin }).end("away"),
    );
    const response = await transportTo(origin).request(get("/"));
    expect(response).toMatchObject({ status: 307, headers: { location: other.origin } });
    expect(await readText(response)).toBe("away");
    expect(other.connections).toHaveLength(0);
  });
});

describe("an answer in another encoding", () => {
  const encoded = (encoding: string, content: Buffer) =>
    httpServer((_, response) => response.setHeader("content-encoding", encoding).end(content));

  it("is unpacked from gzip, in several members too", async () => {
    const content = Buffer.concat([gzipSync("one,".repeat(100_000)), gzipSync("two")]);
    const { origin } = await encoded("gzip", content);
    expect(await read(transportTo(origin).request(get("/")))).toBe(`200 ${"one,".repeat(100_000)}two`);
  });

  it("is taken as it is where that is the encoding", async () => {
    const { origin } = await encoded("identity", Buffer.from("as it is"));
    expect(await read(transportTo(origin).request(get("/")))).toBe("200 as it is");
  });

  it("is refused where it is none that was asked for, and its connection is given back", async () => {
    const { origin } = await encoded("br", Buffer.alloc(1_000_000));
    const transport = transportTo(origin);
    await expect(transport.request(get("/"))).rejects.toMatchObject({
      code: "not-json",
      message: `${origin} (a test): wanted content as it is or in gzip, got another encoding; look at what stands before the server`,
    });
    // It would wait for content that nobody reads.
    await transport.close();
  });
});

describe("connections", () => {
  it("serve one request after the other", async () => {
    const { origin, connections } = await httpServer(echo);
    const transport = transportTo(origin);
    for (let sent = 0; sent < 20; sent++) await read(transport.request(get("/")));
    // Undici rests a connection for a turn of the loop after each request, so that two of them take turns.
    expect(connections.length).toBeLessThanOrEqual(2);
  });

  it("are used again by requests at the same time", async () => {
    const server = await heldServer();
    const transport = transportTo(server.origin);
    for (let round = 1; round <= 5; round++) {
      const answers = Array.from({ length: 16 }, (_, number) => read(transport.request(get(`/${number}`))));
      await server.arrived(round * 16);
      for (const response of server.held.slice(-16)) response.end(response.req.url);
      expect(await Promise.all(answers)).toEqual(answers.map((_, number) => `200 /${number}`));
    }
    expect(server.connections.length).toBeLessThanOrEqual(32);
  });

  it("are no more than the limit, but watches have theirs", async () => {
    const server = await heldServer();
    const transport = transportTo(server.origin, { connections: 2 });
    const calls = ["/1", "/2", "/3", "/4?watch=false"].map((path) => read(transport.request(get(path))));
    const watches = ["/5?watch=true", "/6?limit=1&watch=1&a=b"].map((path) => read(transport.request(get(path))));
    await server.arrived(4);
    expect(server.connections).toHaveLength(4);
    for (let answered = 0; answered < 6; answered++) {
      await server.arrived(answered + 1);
      server.held[answered]?.end();
    }
    expect(await Promise.all([...calls, ...watches])).toEqual(Array(6).fill("200 "));
    expect(server.connections).toHaveLength(4);
  });
});

describe("leaving the content early", () => {
  const encodings = ["identity", "gzip"];
  const endless = async (encoding: string) => {
    const used: Socket[] = [];
    const server = await httpServer(({ socket }, response) => {
      used.push(socket);
      response.setHeader("content-encoding", encoding);
      const part = encoding === "gzip" ? gzipSync("x".repeat(100_000)) : Buffer.alloc(100_000, "x");
      const more = (): void => {
        while (!response.destroyed && response.write(part));
      };
      response.on("drain", more);
      more();
    });
    return { ...server, used };
  };

  it.each(encodings)("ends the connection, and the next request has another: %s", async (encoding) => {
    const { origin, used } = await endless(encoding);
    const transport = transportTo(origin);
    for (let round = 1; round <= 2; round++) {
      let parts = 0;
      for await (const part of (await transport.request(get("/"))).body) {
        parts += 1;
        if (part.length > 0) break;
      }
      expect([parts, used.length]).toEqual([1, round]);
      await Promise.all(used.map(closed));
    }
    await transport.close();
  });

  it.each(encodings)("ends it before the first part too: %s", async (encoding) => {
    const { origin, used } = await endless(encoding);
    const transport = transportTo(origin);
    const { body } = await transport.request(get("/"));
    await body[Symbol.asyncIterator]().return?.();
    expect(used).toHaveLength(1);
    await Promise.all(used.map(closed));
    await transport.close();
  });
});

it.each(["identity", "gzip"])("content that is left while nothing comes ends its connection: %s", async (encoding) => {
  const used: Socket[] = [];
  const { origin } = await httpServer(({ socket }, response) => {
    used.push(socket);
    response.setHeader("content-encoding", encoding).flushHeaders();
  });
  const transport = transportTo(origin);
  const parts = (await transport.request(get("/"))).body[Symbol.asyncIterator]();
  const waiting = parts.next().catch(() => undefined);
  await parts.return?.();
  await Promise.all(used.map(closed));
  await waiting;
  await transport.close();
});

it("content much larger than what may wait arrives whole, read slowly too", async () => {
  const content = Buffer.alloc(3_000_000, "0123456789");
  const { origin } = await httpServer((_, response) => response.end(content));
  const transport = transportTo(origin);
  const parts: Uint8Array[] = [];
  for await (const part of (await transport.request(get("/"))).body) {
    parts.push(part);
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(Buffer.concat(parts).equals(content)).toBe(true);
  await transport.close();
});

it.each(["identity", "gzip"])("content that has arrived may be left unread: %s", async (encoding) => {
  const content = encoding === "gzip" ? gzipSync("a text") : "a text";
  const { origin } = await httpServer((_, response) => response.setHeader("content-encoding", encoding).end(content));
  const transport = transportTo(origin);
  const { body } = await transport.request(get("/"));
  await transport.close();
  await body[Symbol.asyncIterator]().return?.();
  // An error that nobody handles would fail the run, a turn of the loop later.
  await new Promise((resolve) => setImmediate(resolve));
});

describe("close", () => {
  it("waits for the requests under way with their content, and ends the connections", async () => {
    const server = await heldServer();
    const transport = transportTo(server.origin, { connections: 1 });
    const order: string[] = [];
    const first = transport.request(get("/first"));
    const second = read(transport.request(get("/second"))).then((text) => order.push(text));
    await server.arrived(1);
    const closed = transport.close().then(() => order.push("closed"));
    expect(transport.close()).toBe(transport.close());
    server.held[0]?.write("a beginning");
    const { body } = await first;
    server.held[0]?.end(" and an end");
    order.push(await readText({ body }));
    await server.arrived(2);
    server.held[1]?.end("second");
    await Promise.all([second, closed]);
    expect(order).toEqual(["a beginning and an end", "200 second", "closed"]);
    await server.ended();
  });

  it("waits for a request that has no credentials yet", async () => {
    const server = await httpServer(echo);
    let give = (): void => undefined;
    const given = new Promise<void>((resolve) => {
      give = resolve;
    });
    const transport = transportTo(server.origin, {
      credentials: async () => {
        await given;
        return { headers: {}, tls: {} };
      },
    });
    const order: string[] = [];
    const answer = read(transport.request(get("/"))).then((text) => order.push(text));
    const closed = transport.close().then(() => order.push("closed"));
    give();
    await Promise.all([answer, closed]);
    expect(order).toEqual(["200 GET / ", "closed"]);
    await server.ended();
  });

  it("refuses requests after it", async () => {
    const server = await httpServer(echo);
    const transport = transportTo(server.origin);
    await transport.close();
    await expect(transport.request(get("/?token=secret"))).rejects.toMatchObject({
      name: "ConnectionError",
      code: "closed",
      message: `${server.origin} (a test): wanted a request sent, but the client has been closed; make another client`,
    });
    expect(server.connections).toHaveLength(0);
  });
});
