import type { ClusterConfig, Credentials } from "../config/cluster-config.ts";
import { checkHeaders } from "../config/header-value.ts";

/** Milliseconds that credentials are used for before they are asked for again. */
const freshFor = 10_000;

/** The credentials of a cluster: asked for once by all requests that want them at the same time, and again after a while. */
export class CredentialCache {
  readonly #config: Pick<ClusterConfig, "name" | "credentials">;
  readonly #now: () => number;
  readonly #closing = new AbortController();
  #asked: Promise<Credentials> | undefined;
  #current: { readonly credentials: Credentials; readonly since: number } | undefined;
  #refused: Credentials | undefined;

  /** @param now A clock in milliseconds that never goes back. */
  constructor(config: Pick<ClusterConfig, "name" | "credentials">, now: () => number = () => performance.now()) {
    this.#config = config;
    this.#now = now;
  }

  /**
   * Gives the credentials of this moment, for ten seconds the same.
   *
   * @throws ConfigError where there are none, or none that can be sent; the next call asks again.
   */
  async get(): Promise<Credentials> {
    if (this.fresh !== undefined) return this.fresh;
    this.#asked ??= this.#ask().finally(() => {
      this.#asked = undefined;
    });
    return this.#asked;
  }

  /** The credentials of this moment where they need not be asked for: waiting for them would cost every request a turn. */
  get fresh(): Credentials | undefined {
    return this.#current !== undefined && this.#now() - this.#current.since < freshFor
      ? this.#current.credentials
      : undefined;
  }

  /** Has credentials that the server refused asked for again, unless there are others meanwhile. */
  drop(refused: Credentials): void {
    if (this.#current?.credentials !== refused) return;
    this.#current = undefined;
    this.#refused = refused;
  }

  /** Ends what is running for credentials that nobody waits for any longer. None may be asked for after that. */
  close(): void {
    this.#closing.abort();
  }

  async #ask(): Promise<Credentials> {
    const credentials = await this.#config.credentials(this.#refused, this.#closing.signal);
    checkHeaders(credentials.headers, this.#config.name);
    this.#refused = undefined;
    this.#current = { credentials, since: this.#now() };
    return credentials;
  }
}
