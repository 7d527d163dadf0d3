// node proxy-process.mjs, as a child with a channel to its parent, proxies.ts: has proxies on the loopback interface as the parent wants
// them, tells what they have seen, and ends with the parent. A proxy has tunnels (CONNECT) and passes on requests in absolute form.
import { once } from "node:events";
import { createServer, request as sendRequest } from "node:http";
import { createServer as createSecureServer } from "node:https";
import { connect } from "node:net";

const proxies = new Map();

const commands = {
  /** Gives the port, which the other commands know the proxy by. */
  async start({ tls, user, servers = {}, status, times = Infinity }) {
    const server = tls === undefined ? createServer() : createSecureServer(tls);
    const proxy = { server, user, servers, status, times, sockets: [], asked: [], authorizations: [], names: [] };
    server.on("connection", (socket) => void proxy.sockets.push(socket.on("error", ignore)));
    server.on("tlsClientError", ignore);
    server.on("connect", (request, client) => tunnel(proxy, request, client));
    server.on("request", (request, response) => passOn(proxy, request, response));
    await once(server.listen(0, "127.0.0.1"), "listening");
    const { port } = server.address();
    proxies.set(port, proxy);
    return port;
  },
  seen({ asked, authorizations, names, sockets }) {
    return { asked, authorizations, names, connections: sockets.length };
  },
  learn(proxy, servers) {
    proxy.servers = servers;
  },
  async ended({ sockets }) {
    const open = sockets.filter((socket) => !socket.closed);
    await Promise.all(open.map((socket) => new Promise((resolve) => socket.on("close", resolve))));
  },
  async stop({ server, sockets }) {
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, "close");
  },
};

process.on("message", async ({ id, command, proxy, argument }) => {
  const about = command === "start" ? argument : proxies.get(proxy);
  process.send({ id, answer: await commands[command](about, argument) });
});
process.on("disconnect", () => process.exit());

function tunnel(proxy, request, client) {
  const refused = refusal(proxy, request);
  client.on("error", ignore);
  if (refused !== undefined) {
    client.end(`HTTP/1.1 ${refused} No\r\nproxy-authenticate: Basic\r\ncontent-length: 0\r\n\r\n`);
    return;
  }
  const { hostname, port } = placeOf(proxy, request.url);
  const upstream = connect(Number(port), hostname, () => client.write("HTTP/1.1 200 Connection established\r\n\r\n"));
  upstream.on("error", () => client.end("HTTP/1.1 503 No\r\n\r\n")).on("close", () => client.destroy());
  client.on("close", () => upstream.destroy());
  client.pipe(upstream).pipe(client);
}

function passOn(proxy, request, response) {
  const refused = refusal(proxy, request);
  if (refused !== undefined) {
    response.writeHead(refused, { "proxy-authenticate": "Basic" }).end("no");
    return;
  }
  const url = new URL(request.url);
  const { hostname, port } = placeOf(proxy, url.host);
  const path = request.url.slice(url.origin.length);
  const { "proxy-authorization": _, ...headers } = request.headers;
  const upstream = sendRequest({ host: hostname, port, path, method: request.method, headers }, (answer) => {
    response.writeHead(answer.statusCode, answer.headers);
    answer.pipe(response);
  });
  upstream.on("error", () => response.writeHead(503).end());
  response.on("close", () => upstream.destroy());
  request.pipe(upstream);
}

/** Keeps what was asked for, and gives the status of a refusal; undefined where there is none. */
function refusal(proxy, { method, url, socket, headers }) {
  const authorization = headers["proxy-authorization"];
  proxy.asked.push(`${method} ${url}`);
  proxy.authorizations.push(authorization ?? null);
  if (socket.encrypted) proxy.names.push(socket.servername);
  if (proxy.user !== undefined && authorization !== `Basic ${btoa(proxy.user)}`) return 407;
  if (proxy.times === 0) return undefined;
  proxy.times -= 1;
  return proxy.status;
}

function placeOf({ servers }, host) {
  return new URL(servers[host] ?? `http://${host}`);
}

function ignore() {
  // Whoever connects hears of it.
}
