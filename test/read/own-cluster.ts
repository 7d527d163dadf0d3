import { once } from "node:events";
import { createServer as createHttpServer, type RequestListener, type Server, type ServerResponse } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import type { Socket } from "node:net";
import { onTestFinished } from "vitest";
import type { Certificate } from "../cluster/certificate.ts";

/** The path of the definitions. */
export const collection = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";

/** A server of the test's own, for answers that no API server can be made to give. */
export interface OwnCluster {
  /** As `https://127.0.0.1:40123`. */
  readonly baseUrl: string;
  /** Method, path and query of each request, in the order of their arrival. */
  readonly requests: readonly string[];
  /** Resolves when all connections that there have been are closed. */
  readonly disconnected: () => Promise<unknown>;
}

/** Serves on the loopback interface until the test ends: over TLS where there is a certificate for it. */
export async function startOwnCluster(answer: RequestListener, certificate?: Certificate): Promise<OwnCluster> {
  const requests: string[] = [];
  const closings: Promise<unknown>[] = [];
  const listener: RequestListener = (request, response) => {
    requests.push(`${request.method} ${request.url}`);
    answer(request, response);
  };
  const server: Server =
    certificate === undefined
      ? createHttpServer(listener)
      : createHttpsServer({ cert: certificate.certificate, key: certificate.key }, listener);
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    closings.push(new Promise((resolve) => socket.once("close", resolve)));
  });
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("expected a port");
  return {
    baseUrl: `${certificate === undefined ? "http" : "https"}://127.0.0.1:${address.port}`,
    requests,
    disconnected: () => Promise.all(closings),
  };
}

/** The answer to one request. */
export type Answer = (response: ServerResponse) => void;

/** No answer, as long as the other side waits. */
export const silence: Answer = () => undefined;

/** An answer of JSON. */
export function json(body: unknown, code = 200): Answer {
  return (response) => response.writeHead(code, { "content-type": "application/json" }).end(JSON.stringify(body));
}

/** A refusal, as of an API server. */
export function refusal(code: number, reason: string, message: string): Answer {
  return json({ apiVersion: "v1", kind: "Status", metadata: {}, status: "Failure", reason, message, code }, code);
}

/** An answer of a page of HTML, as of something that stands before a server. */
export function html(code: number): Answer {
  return (response) => response.writeHead(code, { "content-type": "text/html" }).end("<html><h1>Sign in</h1></html>");
}

/** The beginning of an answer, and the end of the connection. */
export const cutOff: Answer = (response) => {
  response.writeHead(200, { "content-type": "application/json", "content-length": 1000 });
  response.write('{"apiVersion":"apiextensions.k8s.io/v1","items":[', () => response.destroy());
};

/** The page of a list, with the token of the one that follows. Its items are as of an API server: without apiVersion and kind. */
export function pageOf(
  items: readonly object[],
  metadata: { continue?: string; remainingItemCount?: number } = {},
): Answer {
  const list = { apiVersion: "apiextensions.k8s.io/v1", kind: "CustomResourceDefinitionList" };
  return json({ ...list, metadata: { resourceVersion: "7", ...metadata }, items });
}

/** Answers the list, page by page: the token of a page is its number, and the first has none. */
export function pages(...answers: readonly Answer[]): RequestListener {
  return ({ url }, response) => {
    const number = Number(new URL(url ?? "/", "http://localhost").searchParams.get("continue") ?? 0);
    const answer = answers[number] ?? refusal(404, "NotFound", "no such page");
    answer(response);
  };
}
