import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { ConfigError } from "../errors/config-error.ts";
import { readNeeded, reasonOf } from "./config-file.ts";
import { type ContextEntries, whose } from "./context-entries.ts";
import { type ExecCredential, type PluginCredentials, readExecCredential } from "./exec-credential.ts";
import type { KubeConfigExec } from "./kubeconfig-like.ts";

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
  #known: ExecCredential | undefined;

  /**
   * @param entries Those of a user with a plugin, which `checkExec` has let pass.
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
    const output = await this.#run();
    const failure = (problem: string): ConfigError => this.#failure(problem);
    this.#known = readExecCredential(output, { apiVersion: this.#exec.apiVersion, failure });
    return this.#known.credentials;
  }

  /** Has the plugin run again at the next call, whatever it said of how long its credentials hold. */
  forget(): void {
    this.#known = undefined;
  }

  async #run(): Promise<string> {
    const { command = "", args, env, interactiveMode, installHint } = this.#exec;
    if (interactiveMode === "Always") {
      throw this.#failure("wants a terminal, which a library has not; use another way to authenticate");
    }
    const added = (env ?? []).map(({ name = "", value }) => [name, value ?? ""] as const);
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
      throw this.#failure(problemOf(error, installHint));
    }
  }

  /** What KUBERNETES_EXEC_INFO says (`client.authentication.k8s.io/v1`, ExecCredential). */
  async #information(): Promise<object> {
    const { apiVersion, provideClusterInfo } = this.#exec;
    const cluster = provideClusterInfo === true ? { cluster: await this.#cluster() } : {};
    return { kind: "ExecCredential", apiVersion, spec: { interactive: false, ...cluster } };
  }

  async #cluster(): Promise<object> {
    const { cluster, server } = this.#entries;
    const { caFile } = cluster;
    const subject = `${whose(this.#entries, "cluster")}: certificate-authority`;
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

  #failure(problem: string): ConfigError {
    const plugin = `exec plugin ${JSON.stringify(this.#exec.command ?? "")}`;
    return new ConfigError("plugin", `${whose(this.#entries, "user")}: ${plugin} ${problem}`);
  }
}

function problemOf(error: unknown, installHint: string | null | undefined): string {
  const { code, signal }: { code?: unknown; signal?: unknown } = Object(error);
  if (code === "ENOENT") return `was not found; install it, or mend its path${hintOf(installHint)}`;
  if (typeof code === "number") return `failed with exit code ${code}; run it by hand to see why`;
  if (typeof signal === "string") return `was ended by ${signal}; run it by hand to see why`;
  return `failed (${reasonOf(error)}); run it by hand to see why`;
}

/** What the kubeconfig says of how to install the plugin, in one line and without what would colour a terminal. */
function hintOf(installHint: unknown): string {
  const hint = typeof installHint === "string" ? installHint.replaceAll(/[\p{C}\s]+/gu, " ").trim() : "";
  return hint === "" ? "" : `: ${hint}`;
}
