import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import { expect, it } from "vitest";
import type { Credentials } from "../../../src/runtime/config/cluster-config.ts";
import { readText } from "../../../src/runtime/transport/read-body.ts";
import { closed, httpServer, rawServer } from "./servers.ts";
import { get, nobody, read, transportTo } from "./transport-to.ts";

const reason = new Error("enough");
/** What looks like a failure of the network stays the reason that it is. */
const reset = Object.assign(new Error("enough"), { code: "ECONNRESET" });

/** Takes one request and does not answer it; resolves with it. */
async function silentServer() {
  let tell = (_: IncomingMessage): void => undefined;
  const request = new Promise<IncomingMessage>((resolve) => {
    tell = resolve;
  });
  const server = await httpServer((arrived, response) => {
    if (arrived.url === "/silent") tell(arrived);
    else response.end("answered");
  });
  return { ...server, request };
}

it.each([reason, "enough", undefined])(
  "before the request: nothing is asked for, and the reason is %s",
  async (given) => {
    const server = await silentServer();
    let asked = 0;
    const credentials = async (): Promise<Credentials> => {
      asked += 1;
      return nobody;
    };
    const signal = AbortSignal.abort(given);
    await expect(transportTo(server.origin, { credentials }).request(get("/", { signal }))).rejects.toBe(signal.reason);
    expect([asked, server.connections.length]).toEqual([0, 0]);
  },
);

it("while credentials are asked for: others still get them", async () => {
  const { origin } = await silentServer();
  const controller = new AbortController();
  let give = (_: Credentials): void => undefined;
  const given = new Promise<Credentials>((resolve) => {
    give = resolve;
  });
  const transport = transportTo(origin, { credentials: () => given });
  const [first, second] = [transport.request(get("/", { signal: controller.signal })), transport.request(get("/"))];
  controller.abort(reason);
  await expect(first).rejects.toBe(reason);
  give(nobody);
  expect(await read(second)).toBe("200 answered");
});

it("while the connection is made: at once", async () => {
  const server = await rawServer("https:", () => undefined);
  const controller = new AbortController();
  const answer = transportTo(server.origin).request(get("/", { signal: controller.signal }));
  await server.connected();
  controller.abort(reason);
  await expect(answer).rejects.toBe(reason);
});

it("while another request has the connection: at once, and that other is left alone", async () => {
  const server = await silentServer();
  const controllers = [new AbortController(), new AbortController()];
  const transport = transportTo(server.origin, { connections: 1 });
  const [first, second] = controllers.map(({ signal }) => transport.request(get("/silent", { signal })));
  const { socket } = await server.request;
  controllers[1]?.abort(reason);
  await expect(second).rejects.toBe(reason);
  expect(socket.destroyed).toBe(false);
  controllers[0]?.abort("the first too");
  await expect(first).rejects.toBe("the first too");
  expect(await read(transport.request(get("/")))).toBe("200 answered");
});

it.each([reason, reset, "enough"])("before the answer: the connection ends, and the reason is %s", async (given) => {
  const server = await silentServer();
  const controller = new AbortController();
  const transport = transportTo(server.origin);
  const answer = transport.request(get("/silent", { signal: controller.signal }));
  const { socket } = await server.request;
  controller.abort(given);
  await expect(answer).rejects.toBe(given);
  await closed(socket);
  expect(await read(transport.request(get("/")))).toBe("200 answered");
  await transport.close();
});

it.each([
  ["identity", reason],
  ["identity", reset],
  ["identity", "enough"],
  ["gzip", reason],
  ["gzip", "enough"],
])("while the content is read in %s: the connection ends, and the reason is %s", async (encoding, given) => {
  const server = await silentServer();
  const controller = new AbortController();
  const transport = transportTo(server.origin);
  const answer = transport.request(get("/silent", { signal: controller.signal }));
  const request = await server.request;
  // The server says nothing but that there will be more.
  request.socket.write(`HTTP/1.1 200 OK\r\ncontent-length: 100\r\ncontent-encoding: ${encoding}\r\n\r\n`);
  const text = readText(await answer);
  controller.abort(given);
  await expect(text).rejects.toBe(given);
  await closed(request.socket);
  await transport.close();
});

it("before the content is read: the reason, where it is read", async () => {
  const server = await silentServer();
  const controller = new AbortController();
  const answer = transportTo(server.origin).request(get("/silent", { signal: controller.signal }));
  const { socket } = await server.request;
  socket.write("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\na beginning");
  const response = await answer;
  controller.abort(reason);
  if (!socket.closed) await once(socket, "close");
  await expect(readText(response)).rejects.toBe(reason);
});

it("after the content was read: without effect, and without a listener left", async () => {
  const { origin } = await silentServer();
  const transport = transportTo(origin);
  const controller = new AbortController();
  const warnings: Error[] = [];
  const hear = (warning: Error): number => warnings.push(warning);
  process.on("warning", hear);
  for (let sent = 0; sent < 20; sent++) {
    expect(await read(transport.request(get("/", { signal: controller.signal })))).toBe("200 answered");
  }
  controller.abort(reason);
  expect(await read(transport.request(get("/")))).toBe("200 answered");
  process.off("warning", hear);
  expect(warnings).toEqual([]);
});
