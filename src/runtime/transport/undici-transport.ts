import type { Dispatcher } from "undici";
import { checkClusterConfig } from "../config/check-config.ts";
import type { ClusterConfig, Credentials } from "../config/cluster-config.ts";
import { checkMilliseconds } from "../config/milliseconds.ts";
import { type ProxyAddress, parseProxyAddress } from "../config/proxy-address.ts";
import { ConfigError } from "../errors/config-error.ts";
import { ConnectionError } from "../errors/connection-error.ts";
import { InvalidArgumentError } from "../errors/invalid-argument.ts";
import type { AbortSignalLike } from "../gen/v1.ts";
import { orAborted, throwIfAborted } from "./abort.ts";
import { connectionFailure, describePlace, type RequestPhase, type RequestPlace } from "./connection-failure.ts";
import { ConnectionPools, type ConnectionUse } from "./connection-pools.ts";
import { CredentialCache } from "./credential-cache.ts";
import { type ExchangeOptions, exchange } from "./exchange.ts";
import { ProxyFailure } from "./proxy-failure.ts";
import { discard, gunzipped } from "./response-content.ts";
import type { Transport, TransportRequest, TransportResponse } from "./transport.ts";

/** How connections are made. */
export interface UndiciTransportOptions {
  /**
   * Milliseconds until a connection is there, its TLS included; through a proxy for each step on the way; 0 for no limit.
   * Default: 10,000.
   */
  readonly connectTimeoutMs?: number;
  /** Milliseconds until the server begins to answer, from when the request was sent; 0 for no limit. Default: 60,000. */
  readonly headersTimeoutMs?: number;
  /**
   * The most connections at the same time; requests beyond wait for one of them. Watches have connections besides. Default:
   * 64. With that a burst of 2,000 reads takes a twentieth of the time that it takes with a connection for each.
   */
  readonly connections?: number;
  /** Whether large answers may come compressed. Default: true; on a fast network false saves time on both sides. */
  readonly compression?: boolean;
}

/** Who asks, and over which connections. */
interface Route {
  readonly credentials: Credentials;
  readonly pool: Dispatcher;
}

/** Carries requests over connections that are kept open, by HTTP/1.1: the HTTP/2 of undici is several times slower. */
export class UndiciTransport implements Transport {
  readonly #place: RequestPlace;
  readonly #prefix: string;
  readonly #headers: TransportRequest["headers"];
  readonly #credentials: CredentialCache;
  readonly #pools: ConnectionPools;
  /** How many requests have no answer yet. */
  #beginning = 0;
  #tellBegun = (): void => undefined;
  #closed: Promise<void> | undefined;

  /**
   * Makes no connection.
   *
   * @throws ConfigError where the address of the server or of the proxy is none; InvalidArgumentError for a limit that is none.
   */
  constructor(config: ClusterConfig, options: UndiciTransportOptions = {}) {
    checkClusterConfig(config);
    checkLimits(options);
    const { connectTimeoutMs = 10_000, headersTimeoutMs = 60_000, connections = 64, compression = true } = options;
    const { origin, prefix } = addressOf(config);
    const proxy = config.proxy === undefined ? undefined : parseProxyAddress(config.proxy, `${config.name}: proxy`);
    this.#place = { origin, name: config.name, proxy, connectTimeoutMs, headersTimeoutMs };
    const absolute = proxy === undefined || origin.startsWith("https:") ? undefined : absoluteForm(origin, proxy);
    this.#prefix = `${absolute?.prefix ?? ""}${prefix}`;
    this.#headers = { ...absolute?.headers, ...(compression ? { "accept-encoding": "gzip" } : {}) };
    this.#credentials = new CredentialCache(config);
    this.#pools = new ConnectionPools({ ...this.#place, connections });
  }

  async request(request: TransportRequest): Promise<TransportResponse> {
    if (this.#closed !== undefined) throw this.#refusal();
    this.#beginning += 1;
    try {
      const route = this.#knownRoute(request) ?? (await this.#findRoute(request));
      const response = this.#decoded(await this.#send(request, route), request.signal);
      if (response.status !== 401) return response;
      // What was refused may have expired a moment ago.
      this.#credentials.drop(route.credentials);
      return { ...response, renewsCredentials: true };
    } finally {
      this.#beginning -= 1;
      if (this.#beginning === 0) this.#tellBegun();
    }
  }

  close(): Promise<void> {
    if (this.#closed === undefined) {
      // A request may wait for credentials that never come, and nothing of it has been sent.
      const giveUp = (): void => this.#credentials.close(this.#refusal());
      const { connectTimeoutMs } = this.#place;
      const patience = connectTimeoutMs === 0 ? undefined : setTimeout(giveUp, connectTimeoutMs);
      this.#closed = this.#allBegun().then(() => {
        clearTimeout(patience);
        giveUp();
        return this.#pools.close();
      });
    }
    return this.#closed;
  }

  #refusal(): ConnectionError {
    const problem = "wanted a request sent, but the client has been closed; make another client";
    return new ConnectionError("closed", `${describePlace(this.#place)}: ${problem}`);
  }

  /** Waits until every request has an answer. */
  #allBegun(): Promise<void> {
    return new Promise((resolve) => {
      this.#tellBegun = resolve;
      if (this.#beginning === 0) resolve();
    });
  }

  /** The route of a request where nothing has to be waited for, as for all but a few: waiting costs each some turns. */
  #knownRoute({ path, signal }: TransportRequest): Route | undefined {
    throwIfAborted(signal);
    const credentials = this.#credentials.fresh;
    if (credentials === undefined) return undefined;
    const pool = this.#pools.knownFor(credentials.tls, useOf(path));
    return pool === undefined ? undefined : { credentials, pool };
  }

  async #findRoute({ path, signal }: TransportRequest): Promise<Route> {
    const credentials = await orAborted(this.#credentials.get(), signal);
    const pool = await this.#pools.poolFor(credentials.tls, useOf(path));
    throwIfAborted(signal);
    return { credentials, pool };
  }

  #send(
    { method, path, headers, body, signal }: TransportRequest,
    { credentials, pool }: Route,
  ): Promise<TransportResponse> {
    const sent: Dispatcher.DispatchOptions = {
      method,
      // Never by way of a URL: it would fold `.` and `%2e`, and so lead to another object or to all of them.
      path: this.#prefix + path,
      // To spread three objects into one takes ten times as long.
      headers: Object.assign({}, this.#headers, headers, credentials.headers),
      body: body ?? null,
    };
    const explain: ExchangeOptions["explain"] = (error, phase) =>
      this.#failure(error, this.#pools.neverConnected(error) ? "connect" : phase, signal);
    return exchange(pool, sent, { signal, explain });
  }

  /** The answer with its content unpacked. */
  #decoded(response: TransportResponse, signal: AbortSignalLike | undefined): TransportResponse {
    if (response.status === 407 && this.#place.proxy !== undefined) {
      void discard(response.body);
      throw this.#failure(new ProxyFailure({ status: 407 }), "connect", signal);
    }
    const encoding = response.headers["content-encoding"] ?? "identity";
    if (encoding === "identity") return response;
    if (encoding === "gzip") {
      return { ...response, body: gunzipped(response.body, (error) => this.#failure(error, "body", signal)) };
    }
    void discard(response.body);
    const problem = "wanted content as it is or in gzip, got another encoding; look at what stands before the server";
    throw new ConnectionError("not-json", `${describePlace(this.#place)}: ${problem}`);
  }

  #failure(error: unknown, phase: RequestPhase, signal: AbortSignalLike | undefined): unknown {
    return signal?.aborted === true ? signal.reason : connectionFailure(error, phase, this.#place);
  }
}

function checkLimits({ compression, connectTimeoutMs, headersTimeoutMs, ...rest }: UndiciTransportOptions): void {
  checkMilliseconds("connectTimeoutMs", connectTimeoutMs);
  checkMilliseconds("headersTimeoutMs", headersTimeoutMs);
  if (compression !== undefined && typeof compression !== "boolean") {
    throw new InvalidArgumentError("compression", "wanted true or false");
  }
  const { connections = 1 } = rest;
  if (Number.isSafeInteger(connections) && connections > 0) return;
  throw new InvalidArgumentError("connections", "wanted a whole number above 0");
}

/** The address of the server, and the path that all others stand below. */
function addressOf({ server, name }: ClusterConfig): { readonly origin: string; readonly prefix: string } {
  const url = URL.canParse(server) ? new URL(server) : undefined;
  const plain = url !== undefined && `${url.username}${url.password}${url.search}${url.hash}` === "";
  if (plain && /^https?:$/.test(url.protocol)) {
    return { origin: url.origin, prefix: url.pathname.replace(/\/$/, "") };
  }
  const wanted = "wanted the address of a server as https://10.0.0.1:6443, without user name, password and query";
  throw new ConfigError("invalid", `${name}: ${wanted}, got something else; mend the cluster`);
}

/** What each request says where a proxy passes it on to a server of http (RFC 9112, 3.2.2). */
function absoluteForm(origin: string, { authorization }: ProxyAddress) {
  const headers = { host: new URL(origin).host };
  return {
    prefix: origin,
    headers: authorization === undefined ? headers : { ...headers, "proxy-authorization": authorization },
  };
}

/** The API server decides by the same parameter. */
function useOf(path: string): ConnectionUse {
  return /[?&]watch=(?:true|1)(?:&|$)/.test(path) ? "watch" : "call";
}
