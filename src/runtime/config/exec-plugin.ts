import { isatty } from "node:tty";
import { ConfigError } from "../errors/config-error.ts";
import { readNeeded, reasonOf } from "./config-file.ts";
import { type ContextEntries, whose } from "./context-entries.ts";
import { type ExecCredential, type PluginCredentials, readExecCredential } from "./exec-credential.ts";
import type { KubeConfigExec } from "./kubeconfig-like.ts";
import { ProgramEnded, runProgram } from "./run-program.ts";

/** How a plugin is run. */
export interface ExecPluginOptions {
  /**
   * Milliseconds that it may take, after which it is killed; 0 for no limit. Default: 45,000, which is less than a call has, so
   * that the call says why; at a terminal 0, since somebody may be signing in with a browser.
   */
  readonly timeoutMs?: number | undefined;
  /** Whether somebody is at a terminal. Default: whether standard input is one. */
  readonly terminal?: boolean;
  /** What the plugin's own variables are added to. Default: `process.env`. */
  readonly environment?: NodeJS.ProcessEnv | undefined;
  /** The time in milliseconds since 1970. */
  readonly now?: () => number;
}

/**
 * The program that gives the credentials of a user. It runs as client-go runs it, but never with a terminal: it is told so, and
 * finds the end of its input at once. What it writes to its error output is not shown.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins
 */
export class ExecPlugin {
  readonly #entries: ContextEntries;
  readonly #exec: KubeConfigExec;
  readonly #timeoutMs: number;
  readonly #environment: NodeJS.ProcessEnv;
  readonly #now: () => number;
  #known: ExecCredential | undefined;
  /** The newest run; undefined where what it gives is forgotten already. */
  #newest: object | undefined;

  /** @param entries Those of a user with a plugin, which `checkExec` has let pass. */
  constructor(entries: ContextEntries, options: ExecPluginOptions = {}) {
    const {
      terminal = isatty(0),
      timeoutMs = terminal ? 0 : 45_000,
      environment = process.env,
      now = Date.now,
    } = options;
    this.#entries = entries;
    this.#exec = entries.user?.exec ?? {};
    this.#timeoutMs = timeoutMs;
    this.#environment = environment;
    this.#now = now;
  }

  /**
   * Gives the credentials of the last run until they expire, and then runs the plugin again.
   *
   * @param signal Kills the plugin.
   * @throws ConfigError `plugin`; it quotes nothing of the plugin's arguments and output.
   */
  async credentials(signal?: AbortSignal): Promise<PluginCredentials> {
    if (this.#known !== undefined && this.#now() < this.#known.expires) return this.#known.credentials;
    const run = {};
    this.#newest = run;
    const output = await this.#run(signal);
    const failure = (problem: string): ConfigError => this.#failure(problem);
    const given = readExecCredential(output, { apiVersion: this.#exec.apiVersion, failure });
    // What an older run gives may be just what has been forgotten.
    if (this.#newest === run) this.#known = given;
    return given.credentials;
  }

  /** Has the plugin run again at the next call, whatever it said of how long its credentials hold. */
  forget(): void {
    this.#known = undefined;
    this.#newest = undefined;
  }

  async #run(signal: AbortSignal | undefined): Promise<string> {
    const { command = "", args, env, interactiveMode } = this.#exec;
    if (interactiveMode === "Always") {
      throw this.#failure("wants a terminal, which a library has not; use another way to authenticate");
    }
    const added = (env ?? []).map(({ name = "", value }) => [name, value ?? ""] as const);
    const information = { KUBERNETES_EXEC_INFO: JSON.stringify(await this.#information()) };
    const variables = { ...this.#environment, ...Object.fromEntries(added), ...information };
    const limits = { timeoutMs: this.#timeoutMs, signal };
    try {
      return await runProgram({ command, args: args ?? [], env: variables, ...limits });
    } catch (error) {
      // Not with the cause: it has arguments and output, and with them credentials.
      throw this.#failure(this.#problemOf(error));
    }
  }

  #problemOf(error: unknown): string {
    if (error instanceof ProgramEnded) {
      if (error.reason === "signal") return "was killed, since nobody waits for it any longer; make another client";
      if (error.reason === "output") return "gave more than 16 MiB and was killed; run it by hand to see what it says";
      const limit = `gave no answer in ${this.#timeoutMs / 1000} s and was killed`;
      return `${limit}; run it by hand to see what it waits for, or give it longer by execTimeoutMs`;
    }
    const { code, signal }: { code?: unknown; signal?: unknown } = Object(error);
    if (code === "ENOENT") return `was not found; install it, or mend its path${hintOf(this.#exec.installHint)}`;
    if (typeof code === "number") return `failed with exit code ${code}; run it by hand to see why`;
    if (typeof signal === "string") return `was ended by ${signal}; run it by hand to see why`;
    return `failed (${reasonOf(error)}); run it by hand to see why`;
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

/** What the kubeconfig says of how to install the plugin, in one line and without what would colour a terminal. */
function hintOf(installHint: unknown): string {
  const hint = typeof installHint === "string" ? installHint.replaceAll(/[\p{C}\s]+/gu, " ").trim() : "";
  return hint === "" ? "" : `: ${hint}`;
}
