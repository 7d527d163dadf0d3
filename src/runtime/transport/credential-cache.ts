import { isDeepStrictEqual } from "node:util";
import type { ClusterConfig, Credentials } from "../config/cluster-config.ts";
import { checkHeaders } from "../config/header-value.ts";
import { ConfigError } from "../errors/config-error.ts";
import { isJsonObject } from "../unstructured/json.ts";
import { orAborted } from "./abort.ts";

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
   * @throws ConfigError where there are none, or none that can be sent; the next call asks again. What `close` was given, once
   * it has been called.
   */
  async get(): Promise<Credentials> {
    if (this.fresh !== undefined) return this.fresh;
    this.#asked ??= orAborted(this.#ask(), this.#closing.signal).finally(() => {
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
    // What is given again is another object, and the same in it is as refused.
    if (this.#current !== undefined && !isDeepStrictEqual(this.#current.credentials, refused)) return;
    this.#current = undefined;
    this.#refused = refused;
  }

  /**
   * Ends what is running for credentials, and the waiting for it. None may be asked for after that.
   *
   * @param reason What those who wait get in their place.
   */
  close(reason: Error): void {
    this.#closing.abort(reason);
  }

  async #ask(): Promise<Credentials> {
    const told = this.#refused;
    const credentials = checked(await this.#config.credentials(told, this.#closing.signal), this.#config.name);
    // Where they were refused meanwhile, what gave them could not know.
    const unknowing = this.#refused !== undefined && !isDeepStrictEqual(this.#refused, told);
    if (unknowing && isDeepStrictEqual(this.#refused, credentials)) return this.#ask();
    checkHeaders(credentials.headers, this.#config.name);
    this.#refused = undefined;
    this.#current = { credentials, since: this.#now() };
    return credentials;
  }
}

/** Makes sure that what a function of a ClusterConfig gave are credentials, where no type says so. */
function checked(credentials: Credentials, name: string): Credentials {
  const { headers, tls } = Object(credentials);
  if (isJsonObject(headers) && isJsonObject(tls)) return credentials;
  const wanted = "wanted credentials with headers and tls, which may be empty, from the function of the ClusterConfig";
  throw new ConfigError("invalid", `${name}: ${wanted}, got something else; mend it`);
}
