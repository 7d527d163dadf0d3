import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import { MemoryTransport } from "../../../src/runtime/transport/memory-transport.ts";
import { type ContractHandler, describeTransport } from "./contract.ts";
import { httpServer } from "./servers.ts";
import { transportTo } from "./transport-to.ts";

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts).toString();
}

describeTransport("UndiciTransport", async (answer: ContractHandler) => {
  const { origin } = await httpServer(async (request, response) => {
    const { method = "", url = "" } = request;
    const { status = 200, headers = {}, after, pieces = [] } = answer(method, url, await textOf(request));
    await after;
    response.writeHead(status, headers).flushHeaders();
    for await (const piece of pieces) {
      if (response.destroyed) return;
      if (!response.write(piece)) await once(response, "drain");
    }
    response.end();
  });
  return transportTo(origin);
});

describeTransport("MemoryTransport", async (answer: ContractHandler) => {
  return new MemoryTransport(async ({ method, path, body = "" }) => {
    const { after, pieces = [], ...beginning } = answer(method, path, body);
    await after;
    return { ...beginning, body: Symbol.asyncIterator in pieces ? pieces : each(pieces) };
  });
});

async function* each(pieces: Iterable<string>): AsyncGenerator<string, void, undefined> {
  yield* pieces;
}
