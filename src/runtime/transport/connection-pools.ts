import { isDeepStrictEqual } from "node:util";
import type { Pool } from "undici";
import type { TlsIdentity } from "../config/cluster-config.ts";
import type { RequestPlace } from "./connection-failure.ts";
import { connectorTo } from "./connector.ts";

/** Where connections lead, and how many there may be. */
export interface PoolOptions extends RequestPlace {
  /** The most connections for requests other than watches. */
  readonly connections: number;
}

/**
 * What a connection is wanted for. A watch keeps its connection for minutes, so watches are not counted: they would leave
 * none for the others.
 */
export type ConnectionUse = "call" | "watch";

/**
 * Milliseconds that a connection is kept without a request. kube-apiserver itself keeps it for 90 s, and load balancers
 * mostly for 60 s: who closes first never sends a request into a connection that is just being closed.
 */
const keepAliveTimeout = 30_000;

/** The pools of one identity. */
interface IdentityPools extends Readonly<Record<ConnectionUse, Pool>> {
  readonly tls: TlsIdentity;
}

/** The connections to one server, in pools of undici's: for each identity its own, of which the newest is the current one. */
export class ConnectionPools {
  readonly #options: PoolOptions;
  #current: IdentityPools | undefined;
  readonly #draining = new Set<Promise<unknown>>();
  readonly #unconnected = new WeakSet<object>();

  constructor(options: PoolOptions) {
    this.#options = options;
  }

  /**
   * Gives the pool for an identity. Where that is another than before, its pools take over: the old ones end when their
   * requests have.
   *
   * @throws ConfigError where a certificate or key cannot be read.
   */
  async poolFor(tls: TlsIdentity, use: ConnectionUse): Promise<Pool> {
    const known = this.knownFor(tls, use);
    if (known !== undefined) return known;
    // Importing undici takes longer than all else here, so it waits for the first request.
    const undici = await import("undici");
    if (this.#current === undefined || !isDeepStrictEqual(this.#current.tls, tls)) {
      const pools = this.#createPools(undici, tls);
      this.#retire(this.#current);
      this.#current = pools;
    }
    this.#current = { ...this.#current, tls };
    return this.#current[use];
  }

  /** The pool for an identity where that is the very object of the request before, as it is for a while. */
  knownFor(tls: TlsIdentity, use: ConnectionUse): Pool | undefined {
    return this.#current?.tls === tls ? this.#current[use] : undefined;
  }

  /** Tells whether a request failed before it had a connection, so that nothing of it was sent. */
  neverConnected(error: unknown): boolean {
    return error instanceof Error && this.#unconnected.has(error);
  }

  /** Ends the connections when the requests that they are for have ended. */
  async close(): Promise<void> {
    this.#retire(this.#current);
    this.#current = undefined;
    await Promise.all(this.#draining);
  }

  #createPools(undici: typeof import("undici"), tls: TlsIdentity): IdentityPools {
    const { origin, proxy, headersTimeoutMs, connections } = this.#options;
    const connect = connectorTo(this.#options, tls, undici);
    const options: Pool.Options = {
      connect: (target, callback) =>
        connect(target, (...result) => {
          const [error, socket] = result;
          if (error !== null) this.#unconnected.add(error);
          // With TLS 1.3 a server refuses the client's certificate when the connection is there. The end that comes with it would be
          // what undici tells of.
          else socket.once("error", () => socket.destroy());
          callback(...result);
        }),
      headersTimeout: headersTimeoutMs,
      // A watch may be silent for minutes, and how long a call may take as a whole is for its signal to say. That the other side
      // is gone is for TCP to find out.
      bodyTimeout: 0,
      keepAliveTimeout,
      pipelining: 1,
    };
    const peer = proxy !== undefined && origin.startsWith("http:") ? proxy.origin : origin;
    const { Pool } = undici;
    return { tls, call: new Pool(peer, { ...options, connections }), watch: new Pool(peer, options) };
  }

  #retire(pools: IdentityPools | undefined): void {
    if (pools === undefined) return;
    const closed = Promise.all([pools.call.close(), pools.watch.close()]);
    this.#draining.add(closed);
    void closed.then(() => this.#draining.delete(closed));
  }
}
