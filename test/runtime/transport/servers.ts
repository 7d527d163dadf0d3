import { once } from "node:events";
import { createServer as createHttpServer, type RequestListener } from "node:http";
import { createServer as createHttpsServer, type ServerOptions } from "node:https";
import { createServer, type Server, type Socket } from "node:net";
import { onTestFinished } from "vitest";

/** A server of one test, on the loopback interface. It goes when the test ends. */
export interface TestServer {
  /** As `https://127.0.0.1:40123`. */
  readonly origin: string;
  /** Every connection that was made to it, the ended ones too. */
  readonly connections: readonly Socket[];
  /** Resolves when a connection is there that has this number, from 0. */
  connected(number?: number): Promise<Socket>;
  /** Resolves when none of the connections that were made is open. */
  ended(): Promise<void>;
  /** Ends every connection and listens no longer. */
  stop(): Promise<void>;
}

/** Where nothing listens. A port that was free a moment ago may be another test's by now, or that of the connection itself. */
export const unusedOrigin = "http://127.0.0.1:1";

/** Serves plain HTTP. */
export function httpServer(answer: RequestListener): Promise<TestServer> {
  return listen(createHttpServer(answer), "http:");
}

/** Serves HTTP over TLS. */
export function httpsServer(options: ServerOptions, answer: RequestListener): Promise<TestServer> {
  return listen(createHttpsServer(options, answer).on("tlsClientError", ignore), "https:");
}

/** Serves whatever is done with each connection; the protocol is the one that clients are told. */
export function rawServer(protocol: "http:" | "https:", use: (socket: Socket) => void): Promise<TestServer> {
  return listen(createServer(use), protocol);
}

/** Serves one answer as it is written, and then does something with the connection. */
export function rawAnswer(text: string, end: (socket: Socket) => void = ignore): Promise<TestServer> {
  return rawServer("http:", (socket) => {
    // What was written has to arrive before the end does.
    socket.once("data", () => socket.write(text, "latin1", () => setImmediate(() => end(socket))));
  });
}

/** Resolves when a connection has ended, in whatever way. */
export async function closed(socket: Socket): Promise<void> {
  if (!socket.closed) await new Promise((resolve) => socket.on("close", resolve));
}

function ignore(): void {
  // Whoever connects hears of it.
}

/** Has a server listen on the loopback interface. */
async function listen(server: Server, protocol: "http:" | "https:"): Promise<TestServer> {
  const connections: Socket[] = [];
  server.on("connection", (socket) => {
    socket.on("error", ignore);
    connections.push(socket);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const stop = async (): Promise<void> => {
    for (const socket of connections) socket.destroy();
    if (!server.listening) return;
    server.close();
    await once(server, "close");
  };
  onTestFinished(stop);
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("wanted the port of a listener, got none");
  return {
    origin: `${protocol}//127.0.0.1:${address.port}`,
    connections,
    async connected(number = 0) {
      for (;;) {
        const socket = connections[number];
        if (socket !== undefined) return socket;
        await once(server, "connection");
      }
    },
    async ended() {
      await Promise.all(connections.map(closed));
    },
    stop,
  };
}
