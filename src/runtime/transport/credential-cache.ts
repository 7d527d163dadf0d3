import type { ClusterConfig, Credentials } from "../config/cluster-config.ts";
import { ConfigError } from "../errors/config-error.ts";
import { isJsonObject } from "../unstructured/json.ts";

/** Milliseconds that credentials are used for before they are asked for again. */
const freshFor = 10_000;

// What a header cannot hold (RFC 9110, 5.5): line breaks and other control characters, and what is beyond Latin-1.
const noHeaderValue = /[^\t\x20-\x7e\x80-\xff]/;

/** The credentials of a cluster: asked for once by all requests that want them at the same time, and again after a while. */
export class CredentialCache {
  readonly #config: Pick<ClusterConfig, "name" | "credentials">;
  readonly #now: () => number;
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

  async #ask(): Promise<Credentials> {
    const credentials = checked(await this.#config.credentials(this.#refused), this.#config.name);
    for (const [header, values] of Object.entries(credentials.headers)) {
      if (![values].flat().some((value) => noHeaderValue.test(value))) continue;
      const wanted = `wanted credentials that fit into the header ${JSON.stringify(header)}`;
      const problem = `${wanted}, got a line break or another character that no header has`;
      throw new ConfigError("invalid", `${this.#config.name}: ${problem}; mend the token`);
    }
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
