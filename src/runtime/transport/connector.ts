import type { Socket } from "node:net";
import type { ConnectionOptions } from "node:tls";
import type { buildConnector } from "undici";
import type { TlsIdentity } from "../config/cluster-config.ts";
import type { ProxyAddress } from "../config/proxy-address.ts";
import type { RequestPlace } from "./connection-failure.ts";
import { ProxyFailure } from "./proxy-failure.ts";
import { secureContextOf } from "./secure-context.ts";

type Undici = typeof import("undici");
type Connector = buildConnector.connector;

/** Milliseconds of silence after which TCP asks whether the other side is still there. */
const keepAliveInitialDelay = 30_000;

/**
 * Makes what makes the connections to a place: to the server; through the proxy to a server of https; or to the proxy itself
 * where the server is one of http, since each request says there where it goes.
 *
 * @throws ConfigError where a certificate or key cannot be read.
 */
export function connectorTo(place: RequestPlace, tls: TlsIdentity, undici: Undici): Connector {
  const { origin, name, proxy, connectTimeoutMs: timeout } = place;
  const options = { allowH2: false, timeout, keepAlive: true, keepAliveInitialDelay };
  const secure = origin.startsWith("https:");
  const direct = undici.buildConnector({ ...(secure ? securityOf(tls, name) : {}), ...options });
  if (proxy === undefined) return direct;
  const toProxy = undici.buildConnector({ ...securityOfProxy(proxy, tls, name), ...options });
  // Its certificate is for its own host, and not for the one that is asked for.
  const connect: Connector = ({ servername: _, ...target }, callback) => toProxy(target, callback);
  return secure ? throughTunnel(direct, { undici, proxy, connect, timeout }) : explained(connect);
}

/** The way to a proxy. */
interface WayToProxy {
  readonly undici: Undici;
  readonly proxy: ProxyAddress;
  readonly connect: Connector;
  /** Milliseconds for the connection to it, and for its answer. */
  readonly timeout: number;
}

/** Has the proxy connect to the server (RFC 9110, 9.3.6), and secures what is between that and us. */
function throughTunnel(secured: Connector, { undici, proxy, connect, timeout }: WayToProxy): Connector {
  const { origin, authorization } = proxy;
  return (target, callback) => {
    const host = target.port === "" ? `${target.host}:443` : `${target.host}`;
    const headers = authorization === undefined ? { host } : { host, "proxy-authorization": authorization };
    const client = new undici.Client(origin, { connect, headersTimeout: timeout });
    client.connect({ path: host, headers }, (error, { statusCode: status, socket }) => {
      if (error !== null) {
        callback(new ProxyFailure({ error }), null);
      } else if (status < 200 || status > 299) {
        socket.on("error", ignore).destroy();
        callback(new ProxyFailure({ status }), null);
      } else {
        // It is the connection itself, which is told of in the terms of HTTP/2 too.
        secured({ ...target, httpSocket: socket as Socket }, callback);
      }
    });
  };
}

function explained(connect: Connector): Connector {
  return (target, callback) =>
    connect(target, (...result) => {
      if (result[0] === null) callback(...result);
      else callback(new ProxyFailure({ error: result[0] }), null);
    });
}

function ignore(): void {
  // It has said already that there is no way.
}

type Security = Pick<ConnectionOptions, "secureContext" | "servername" | "rejectUnauthorized">;

function securityOf(tls: TlsIdentity, name: string): Security {
  return {
    secureContext: secureContextOf(tls, name),
    servername: tls.servername,
    // Whatever the environment says: it is for the configuration to say for which cluster.
    rejectUnauthorized: tls.rejectUnauthorized ?? true,
  };
}

/** As in client-go, the cluster's authorities are those of its proxy too. The client's certificate is the server's business. */
function securityOfProxy({ origin }: ProxyAddress, { ca, rejectUnauthorized }: TlsIdentity, name: string): Security {
  if (!origin.startsWith("https:")) return {};
  const shared: TlsIdentity = ca === undefined ? {} : { ca };
  return securityOf(rejectUnauthorized === undefined ? shared : { ...shared, rejectUnauthorized }, name);
}
