import type { Dispatcher } from "undici";
import type { ClusterConfig, Credentials } from "../config/cluster-config.ts";
import { ConfigError } from "../errors/config-error.ts";
import { ConnectionError } from "../errors/connection-error.ts";
import { orAborted } from "./abort.ts";
import { connectionFailure, type RequestPhase, type RequestPlace } from "./connection-failure.ts";
import { ConnectionPools } from "./connection-pools.ts";
import { CredentialCache } from "./credential-cache.ts";
import { contentOf, gunzipped } from "./response-content.ts";
import type { Transport, TransportRequest, TransportResponse } from "./transport.ts";

/** How connections are made. */
export interface UndiciTransportOptions {
  /** Milliseconds until a connection is there, its TLS included. Default: 10,000. */
  readonly connectTimeoutMs?: number;
  /** Milliseconds until the server begins to answer, from when the request was sent. Default: 60,000. */
  readonly headersTimeoutMs?: number;
  /**
   * The most connections at the same time; requests beyond wait for one of them. Watches have connections besides. Default:
   * 64. With that a burst of 2,000 reads takes a twentieth of the time that it takes with a connection for each.
   */
  readonly connections?: number;
  /** Whether large answers may come compressed. Default: true. */
  readonly compression?: boolean;
}

/** An answer of undici's, and the credentials that it was given to. */
interface Exchange {
  readonly response: Dispatcher.ResponseData;
  readonly credentials: Credentials;
}

/** Carries requests over connections that are kept open, by HTTP/1.1: the HTTP/2 of undici is several times slower. */
export class UndiciTransport implements Transport {
  readonly #place: RequestPlace;
  readonly #prefix: string;
  readonly #compression: boolean;
  readonly #credentials: CredentialCache;
  readonly #pools: ConnectionPools;
  readonly #beginning = new Set<Promise<unknown>>();
  #closed: Promise<void> | undefined;

  /**
   * Makes no connection.
   *
   * @throws ConfigError where the server's address is none.
   */
  constructor(config: ClusterConfig, options: UndiciTransportOptions = {}) {
    const { connectTimeoutMs = 10_000, headersTimeoutMs = 60_000, connections = 64, compression = true } = options;
    const { origin, prefix } = addressOf(config);
    this.#place = { origin, name: config.name, connectTimeoutMs, headersTimeoutMs };
    this.#prefix = prefix;
    this.#compression = compression;
    this.#credentials = new CredentialCache(config);
    this.#pools = new ConnectionPools({ ...this.#place, connections });
  }

  async request(request: TransportRequest): Promise<TransportResponse> {
    if (this.#closed !== undefined) {
      const problem = "wanted a request sent, but the client has been closed; make another client";
      throw new ConnectionError("closed", `${this.#subject}: ${problem}`);
    }
    const answer = this.#answer(request);
    this.#beginning.add(answer);
    try {
      return await answer;
    } finally {
      this.#beginning.delete(answer);
    }
  }

  close(): Promise<void> {
    this.#closed ??= Promise.allSettled(this.#beginning).then(() => this.#pools.close());
    return this.#closed;
  }

  get #subject(): string {
    return `${this.#place.origin} (${this.#place.name})`;
  }

  /** What was refused may have expired a moment ago, so that a second answer counts. */
  async #answer(request: TransportRequest): Promise<TransportResponse> {
    const first = await this.#exchange(request);
    if (first.response.statusCode !== 401) return this.#responseOf(first.response, request.signal);
    void first.response.body.dump();
    this.#credentials.drop(first.credentials);
    const { response } = await this.#exchange(request);
    return this.#responseOf(response, request.signal);
  }

  async #exchange({ method, path, headers, body, signal }: TransportRequest): Promise<Exchange> {
    signal?.throwIfAborted();
    const credentials = await orAborted(this.#credentials.get(), signal);
    const pool = await this.#pools.poolFor(credentials.tls, isWatch(path) ? "watch" : "call");
    const sent = pool.request({
      method,
      // Never by way of a URL: it would fold `.` and `%2e`, and so lead to another object or to all of them.
      path: this.#prefix + path,
      headers: { ...(this.#compression ? { "accept-encoding": "gzip" } : {}), ...headers, ...credentials.headers },
      body: body ?? null,
      signal: signal ?? null,
    });
    try {
      // Undici hears of the signal only when the request has a connection.
      return { response: await orAborted(sent, signal), credentials };
    } catch (error) {
      throw this.#failure(error, this.#pools.neverConnected(error) ? "connect" : "headers", signal);
    }
  }

  #responseOf(response: Dispatcher.ResponseData, signal: AbortSignal | undefined): TransportResponse {
    const { statusCode: status, headers, body } = response;
    const encoding = headers["content-encoding"] ?? "identity";
    if (encoding !== "identity" && encoding !== "gzip") {
      void body.dump();
      const problem = "wanted content as it is or in gzip, got another encoding; look at what stands before the server";
      throw new ConnectionError("not-json", `${this.#subject}: ${problem}`);
    }
    const content = encoding === "gzip" ? gunzipped(body) : body;
    return { status, headers, body: contentOf(content, (error) => this.#failure(error, "body", signal)) };
  }

  #failure(error: unknown, phase: RequestPhase, signal: AbortSignal | undefined): unknown {
    return signal?.aborted === true ? signal.reason : connectionFailure(error, phase, this.#place);
  }
}

/** The address of the server, and the path that all others stand below. */
function addressOf({ server, name }: ClusterConfig): { readonly origin: string; readonly prefix: string } {
  const url = URL.canParse(server) ? new URL(server) : undefined;
  if (url !== undefined && /^https?:$/.test(url.protocol)) {
    return { origin: url.origin, prefix: url.pathname.replace(/\/$/, "") };
  }
  const wanted = "wanted the address of a server as https://10.0.0.1:6443, got something else";
  throw new ConfigError("invalid", `${name}: ${wanted}; mend the cluster`);
}

/** The API server decides by the same parameter. */
function isWatch(path: string): boolean {
  return /[?&]watch=(?:true|1)(?:&|$)/.test(path);
}
