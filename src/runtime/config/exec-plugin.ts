import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { ConfigError } from "../errors/config-error.ts";
import type { TlsIdentity } from "./cluster-config.ts";
import { readNeeded, reasonOf } from "./config-file.ts";
import type { ContextEntries } from "./context-entries.ts";
import type { KubeConfigExec } from "./kubeconfig-like.ts";

/** What a plugin gave. */
export interface PluginCredentials {
  readonly token: string | undefined;
  /** Certificate and key, or neither. */
  readonly tls: Pick<TlsIdentity, "cert" | "key">;
}

interface Known {
  readonly credentials: PluginCredentials;
  /** Milliseconds since 1970; infinite where they hold until they are refused. */
  readonly expires: number;
}

/** The status of an ExecCredential, before it is known to be one. */
type Status = Readonly<Record<string, unknown>>;

const run = promisify(execFile);
/** Bytes of output. */
const maxBuffer = 16 * 1024 * 1024;

/**
 * The program that gives the credentials of a user. It runs as client-go runs it, but never with a terminal: it is told so, and
 * finds the end of its input at once. What it writes to its error output is not shown.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins
 */
export class ExecPlugin {
  readonly #entries: ContextEntries;
  readonly #exec: KubeConfigExec;
  readonly #now: () => number;
  #known: Known | undefined;

  /**
   * @param entries Those of a user with a plugin.
   * @param now The time in milliseconds since 1970.
   */
  constructor(entries: ContextEntries, now: () => number = Date.now) {
    this.#entries = entries;
    this.#exec = entries.user?.exec ?? {};
    this.#now = now;
  }

  /**
   * Gives the credentials of the last run until they expire, and then runs the plugin again.
   *
   * @throws ConfigError `plugin`; it quotes nothing of the plugin's arguments and output.
   */
  async credentials(): Promise<PluginCredentials> {
    if (this.#known !== undefined && this.#now() < this.#known.expires) return this.#known.credentials;
    this.#known = this.#read(await this.#run());
    return this.#known.credentials;
  }

  /** Has the plugin run again at the next call, whatever it said of how long its credentials hold. */
  forget(): void {
    this.#known = undefined;
  }

  async #run(): Promise<string> {
    const { command = "", args, env, interactiveMode } = this.#exec;
    if (command === "") throw this.#failure("has no command; mend the user");
    if (interactiveMode === "Always") {
      throw this.#failure("wants a terminal, which a library has not; use another way to authenticate");
    }
    const added = (env ?? []).map(({ name = "", value = "" }) => [name, value] as const);
    const information = { KUBERNETES_EXEC_INFO: JSON.stringify(await this.#information()) };
    try {
      const running = run(command, args ?? [], {
        env: { ...process.env, ...Object.fromEntries(added), ...information },
        maxBuffer,
      });
      running.child.stdin?.end();
      return (await running).stdout;
    } catch (error) {
      // Not with the cause: it has arguments and output, and with them credentials.
      throw this.#failure(problemOf(error));
    }
  }

  /** What KUBERNETES_EXEC_INFO says (`client.authentication.k8s.io/v1`, ExecCredential). */
  async #information(): Promise<object> {
    const { apiVersion, provideClusterInfo } = this.#exec;
    const cluster = provideClusterInfo === true ? { cluster: await this.#cluster() } : {};
    return { kind: "ExecCredential", apiVersion, spec: { interactive: false, ...cluster } };
  }

  async #cluster(): Promise<object> {
    const { cluster, server, where } = this.#entries;
    const { caFile } = cluster;
    const subject = `${where}: cluster ${JSON.stringify(cluster.name)}: certificate-authority`;
    const read = !cluster.caData && caFile ? (await readNeeded(caFile, subject)).toString("base64") : undefined;
    // JSON leaves out what is undefined.
    return {
      server,
      "tls-server-name": cluster.tlsServerName || undefined,
      "insecure-skip-tls-verify": cluster.skipTLSVerify || undefined,
      "certificate-authority-data": cluster.caData || read,
      "proxy-url": cluster.proxyUrl || undefined,
      config: cluster.execConfig,
    };
  }

  #read(output: string): Known {
    const { token, clientCertificateData: cert, clientKeyData: key, expirationTimestamp } = this.#statusOf(output);
    const hasToken = typeof token === "string" && token !== "";
    const hasPair = typeof cert === "string" && typeof key === "string";
    if (!hasToken && !hasPair) {
      throw this.#failure("gave neither a token nor a certificate with its key; run it by hand to see why");
    }
    const expires =
      typeof expirationTimestamp === "string" ? Date.parse(expirationTimestamp) : Number.POSITIVE_INFINITY;
    if (Number.isNaN(expires)) throw this.#failure("gave an expirationTimestamp that is no time; mend the plugin");
    return { credentials: { token: hasToken ? token : undefined, tls: hasPair ? { cert, key } : {} }, expires };
  }

  #statusOf(output: string): Status {
    try {
      return Object(Object(JSON.parse(output)).status);
    } catch {
      throw this.#failure("gave what is not JSON; run it by hand to see what it says");
    }
  }

  #failure(problem: string): ConfigError {
    const { where, user } = this.#entries;
    const plugin = `exec plugin ${JSON.stringify(this.#exec.command ?? "")}`;
    return new ConfigError("plugin", `${where}: user ${JSON.stringify(user?.name)}: ${plugin} ${problem}`);
  }
}

function problemOf(error: unknown): string {
  const reason = reasonOf(error);
  if (reason === "ENOENT") return "was not found; install it, or mend its path";
  return `failed${reason === "Error" ? "" : ` (${reason})`}; run it by hand to see why`;
}
