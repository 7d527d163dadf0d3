import { createServer as createHttpServer, type IncomingMessage, request as sendRequest } from "node:http";
import { createServer as createHttpsServer, type ServerOptions } from "node:https";
import { connect, type Socket } from "node:net";
import type { TLSSocket } from "node:tls";
import { listen, type TestServer } from "./servers.ts";

/** A proxy of one test, which has tunnels (CONNECT) and passes on requests in absolute form. */
export interface TestProxy extends TestServer {
  /** What it was asked for, as `CONNECT 127.0.0.1:6443` and `GET http://127.0.0.1:8001/api`. */
  readonly asked: readonly string[];
  /** For whom its own certificate was asked for, where it has one: the names, and `false` for addresses. */
  readonly names: readonly unknown[];
}

/** How a proxy differs from one that lets everything through. */
export interface ProxyOptions {
  /** What it needs to speak TLS itself. */
  readonly tls?: ServerOptions;
  /** Who may use it, as `user:password`. */
  readonly user?: string;
  /** Host and port of servers that only it knows, and where these are. */
  readonly servers?: Readonly<Record<string, string>>;
  /** What it answers instead. */
  readonly status?: number;
}

/** Starts a proxy. */
export async function proxyServer(options: ProxyOptions = {}): Promise<TestProxy> {
  const { tls, user, servers = {}, status } = options;
  const server = tls === undefined ? createHttpServer() : createHttpsServer(tls);
  const asked: string[] = [];
  const names: unknown[] = [];
  /** The status of a refusal; undefined where there is none. */
  const refusal = ({ method, url, socket, headers }: IncomingMessage): number | undefined => {
    asked.push(`${method} ${url}`);
    if (tls !== undefined) names.push((socket as TLSSocket & { servername?: unknown }).servername);
    const known = user === undefined || headers["proxy-authorization"] === `Basic ${btoa(user)}`;
    return known ? status : 407;
  };
  const place = (host: string): URL => new URL(servers[host] ?? `http://${host}`);

  server.on("connect", (request: IncomingMessage, client: Socket) => {
    const refused = refusal(request);
    client.on("error", () => undefined);
    if (refused !== undefined) {
      client.end(`HTTP/1.1 ${refused} No\r\nproxy-authenticate: Basic\r\ncontent-length: 0\r\n\r\n`);
      return;
    }
    const { hostname, port } = place(request.url ?? "");
    const upstream = connect(Number(port), hostname, () => client.write("HTTP/1.1 200 Connection established\r\n\r\n"));
    upstream.on("error", () => client.end("HTTP/1.1 503 No\r\n\r\n")).on("close", () => client.destroy());
    client.on("close", () => upstream.destroy());
    client.pipe(upstream).pipe(client);
  });

  server.on("request", (request, response) => {
    const refused = refusal(request);
    const url = new URL(request.url ?? "");
    if (refused !== undefined) {
      response.writeHead(refused, { "proxy-authenticate": "Basic" }).end("no");
      return;
    }
    const { hostname, port } = place(url.host);
    const path = request.url?.slice(url.origin.length) ?? "";
    const { "proxy-authorization": _, ...headers } = request.headers;
    const upstream = sendRequest({ host: hostname, port, path, method: request.method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    });
    upstream.on("error", () => response.writeHead(503).end());
    response.on("close", () => upstream.destroy());
    request.pipe(upstream);
  });

  return { ...(await listen(server, tls === undefined ? "http:" : "https:")), asked, names };
}
