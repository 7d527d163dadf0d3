import { getEventListeners } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { pipeline, Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { DynamicClient } from "../../../src/runtime/client/dynamic-client.ts";
import type { UnstructuredVerbs } from "../../../src/runtime/client/unstructured-client.ts";
import { httpServer, rawServer, type TestServer, unusedOrigin } from "../transport/servers.ts";

/** What a call through a client comes to at a server that fails. */
interface Outcome {
  /** The result's name or the error. */
  readonly result: unknown;
  /** How many requests the server got. */
  readonly requests: number;
}

/** A server that fails in one way, and how many requests it got. */
interface FailingServer extends TestServer {
  readonly seen: { requests: number };
}

type Call = (things: UnstructuredVerbs, signal: AbortSignal) => Promise<unknown>;

const get: Call = async (things, signal) => (await things.get("web", { signal })).getName();
const create: Call = (things, signal) =>
  things.create({ apiVersion: "stable.example.com/v1", kind: "MyCoolApp", metadata: { name: "web" } }, { signal });

/** What keeps the process alive and did not before, by kind. What was there before may have gone meanwhile. */
function resourcesBeyond(before: readonly string[]): readonly string[] {
  const known = [...before];
  return process.getActiveResourcesInfo().filter((kind) => {
    const at = known.indexOf(kind);
    if (at !== -1) known.splice(at, 1);
    return at === -1;
  });
}

/** Makes a call, closes the client and stops the server; nothing may be left of them. */
async function outcomeAt(
  start: () => Promise<FailingServer>,
  { call = get, timeoutMs = 20_000 }: { readonly call?: Call; readonly timeoutMs?: number } = {},
): Promise<Outcome> {
  const before = process.getActiveResourcesInfo();
  const server = await start();
  const client = await DynamicClient.fromConfig(
    {
      server: server.origin,
      name: "a test",
      namespace: undefined,
      credentials: async () => ({ headers: {}, tls: {} }),
    },
    { timeoutMs },
  );
  const { signal } = new AbortController();
  const things = client.resource({ group: "stable.example.com", version: "v1", plural: "mycoolapps" });
  const result = await call(things.namespace("default"), signal).catch((error: unknown) => error);
  expect(getEventListeners(signal, "abort")).toEqual([]);
  await client.close();
  // No connection of the client waits for the server to end it.
  await server.ended();
  await server.stop();
  // Node lets go of a handle some turns after it was closed.
  for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
  expect(resourcesBeyond(before)).toEqual([]);
  return { result, requests: server.seen.requests };
}

/** Answers each request so; the number counts from 1. */
function answering(answer: (response: ServerResponse, number: number, request: IncomingMessage) => void) {
  return async (): Promise<FailingServer> => {
    const seen = { requests: 0 };
    const server = await httpServer((request, response) => {
      seen.requests += 1;
      answer(response, seen.requests, request);
    });
    return { ...server, seen };
  };
}

/** Does something with each connection after its request has come. */
function connected(use: (socket: Socket) => void) {
  return async (): Promise<FailingServer> => {
    const seen = { requests: 0 };
    const server = await rawServer("http:", (socket) => {
      socket.once("data", () => {
        seen.requests += 1;
        use(socket);
      });
    });
    return { ...server, seen };
  };
}

const beginning = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n{"kind":';
const web = JSON.stringify({ apiVersion: "stable.example.com/v1", kind: "MyCoolApp", metadata: { name: "web" } });
const broken = { name: "ConnectionError", code: "broken" };
const notJson = { name: "ConnectionError", code: "not-json" };

/** Writes as long as somebody reads. */
function endlessly(response: ServerResponse, piece: string | Buffer): void {
  async function* pieces(): AsyncGenerator<string | Buffer, void, undefined> {
    for (;;) {
      yield piece;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
  pipeline(Readable.from(pieces(), { objectMode: false }), response, () => undefined);
}

describe("no connection", () => {
  it("is an error after a few tries, for what writes too", async () => {
    const gone = async (): Promise<FailingServer> => ({
      ...(await answering(() => undefined)()),
      origin: unusedOrigin,
    });
    for (const call of [get, create]) {
      const { result } = await outcomeAt(gone, { call });
      expect(result).toMatchObject({ name: "ConnectionError", code: "unreachable" });
    }
  });
});

describe("a connection that ends", () => {
  const ways: Readonly<Record<string, (socket: Socket) => void>> = {
    "in a reset before the answer": (socket) => socket.resetAndDestroy(),
    "before the answer": (socket) => socket.end(),
    "in a reset inside the content": (socket) =>
      socket.write(beginning, () => setImmediate(() => socket.resetAndDestroy())),
    "inside the content": (socket) => socket.end(beginning),
  };

  it.each(Object.keys(ways))("%s is an error after a few tries, but at once for what writes", async (way) => {
    const start = connected(ways[way] ?? (() => undefined));
    expect(await outcomeAt(start)).toEqual({ result: expect.objectContaining(broken), requests: 4 });
    expect(await outcomeAt(start, { call: create })).toEqual({ result: expect.objectContaining(broken), requests: 1 });
  });

  it("once is not noticed by who reads", async () => {
    const start = answering((response, number) => {
      if (number === 1) response.destroy();
      else response.end(web);
    });
    expect(await outcomeAt(start)).toEqual({ result: "web", requests: 2 });
  });
});

describe("a deadline", () => {
  const ways: Readonly<Record<string, () => Promise<FailingServer>>> = {
    "that does not begin": answering(() => undefined),
    "that stops inside its content": answering((response) => void response.write("{")),
    "that comes byte by byte": answering((response) => endlessly(response, " ")),
    "that does not end": answering((response) => endlessly(response, Buffer.alloc(65_536, " "))),
    "that is put off again and again": answering(
      (response) => void response.writeHead(429, { "retry-after": "9" }).end(),
    ),
  };

  it.each(Object.keys(ways))("ends the wait for an answer %s", async (way) => {
    const { result, requests } = await outcomeAt(ways[way] ?? answering(() => undefined), { timeoutMs: 50 });
    expect(result).toMatchObject({ name: "TimeoutError", phase: "call", timeoutMs: 50 });
    expect(requests).toBeLessThanOrEqual(1);
  });
});

describe("an answer that refuses", () => {
  const status = (code: number): string => JSON.stringify({ kind: "Status", status: "Failure", code });

  it.each([
    [429, {}],
    [500, {}],
    [500, { "retry-after": "0" }],
    [502, {}],
    [503, {}],
    [504, {}],
  ])("with %i and %j is an error at once", async (code, headers) => {
    const start = answering((response) => response.writeHead(code, headers).end(status(code)));
    const result = expect.objectContaining({ name: "ApiError", code });
    for (const call of [get, create]) expect(await outcomeAt(start, { call })).toEqual({ result, requests: 1 });
  });

  it.each([429, 503, 504])("with %i and Retry-After is asked again", async (code) => {
    const start = answering((response, number) => {
      if (number === 1) response.writeHead(code, { "retry-after": "0" }).end(status(code));
      else response.end(web);
    });
    expect(await outcomeAt(start)).toEqual({ result: "web", requests: 2 });
  });
});

describe("an answer of something else", () => {
  const page = "<!DOCTYPE html><html><body>canary</body></html>";
  const contents = { "half of an object": web.slice(0, 20), nothing: "", "a list": "[]", "a page": page };

  it.each(Object.entries(contents))("with %s is no JSON of the server", async (_, content) => {
    const start = answering((response) => response.setHeader("content-type", "text/html").end(content));
    const { result, requests } = await outcomeAt(start);
    expect(result).toMatchObject(notJson);
    expect(`${result}`).not.toContain("canary");
    expect(requests).toBe(1);
  });

  it("with a page that says why is an error with its status only", async () => {
    const start = answering((response) => response.writeHead(502, { "content-type": "text/html" }).end(page));
    const { result } = await outcomeAt(start);
    const message = "get mycoolapps.stable.example.com default/web: 502";
    expect(result).toMatchObject({ name: "ApiError", code: 502, message });
  });

  it.each([301, 302, 303, 307, 308])("that redirects (%i) is told, and not followed", async (code) => {
    const other = await httpServer((_, response) => response.end(web));
    const location = `${other.origin}/sign-in?state=canary`;
    const start = answering((response) => response.writeHead(code, { location }).end(page));
    for (const call of [get, create]) {
      const { result, requests } = await outcomeAt(start, { call });
      expect(result).toMatchObject({
        ...notJson,
        message: expect.stringMatching(
          new RegExp(
            `^(?:get|create) mycoolapps\\.stable\\.example\\.com.* default.*: wanted an answer of the API server, got a redirection to ${other.origin} \\(${code}\\), which is not followed; check the address of the server, and whether what stands before it wants a sign-in$`,
          ),
        ),
      });
      expect(requests).toBe(1);
    }
    expect(other.connections).toEqual([]);
  });

  it.each(["/elsewhere?state=canary", "canary", "mailto:canary", "http://canary:x y"])(
    "that redirects to %j is told without where",
    async (location) => {
      const start = answering((response) => response.writeHead(302, { location }).end());
      const { result } = await outcomeAt(start);
      expect(result).toMatchObject({ message: expect.stringContaining("got a redirection (302), which is not") });
    },
  );

  it("that is larger than a text can be is too-large", async () => {
    const part = gzipSync(Buffer.alloc(8 * 1024 * 1024, " "));
    const start = answering((response) => {
      response.setHeader("content-encoding", "gzip").end(Buffer.concat(Array.from({ length: 65 }, () => part)));
    });
    const { result, requests } = await outcomeAt(start);
    expect(result).toMatchObject({ name: "ConnectionError", code: "too-large" });
    expect(requests).toBe(1);
  });
});
