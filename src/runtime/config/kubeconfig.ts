import { isDeepStrictEqual } from "node:util";
import { checkNamespace } from "../client/names.ts";
import { ConfigError } from "../errors/config-error.ts";
import { isInvalidArgument } from "../errors/invalid-argument.ts";
import { checkKubeConfig } from "./check-config.ts";
import { loadClientNode } from "./client-node.ts";
import type { ClusterConfig, Credentials } from "./cluster-config.ts";
import type { ContextEntries } from "./context-entries.ts";
import { environmentProxy } from "./environment-proxy.ts";
import { ExecPlugin } from "./exec-plugin.ts";
import { checkImpersonation } from "./impersonation.ts";
import { credentialsOf } from "./kubeconfig-credentials.ts";
import { mergeKubeconfigs, parseKubeconfig } from "./kubeconfig-entries.ts";
import { type KubeconfigText, readDefaultFiles, readOneFile } from "./kubeconfig-files.ts";
import type { KubeConfigContext, KubeConfigLike } from "./kubeconfig-like.ts";
import { checkTlsFields } from "./kubeconfig-tls.ts";
import { checkUser, needsNoPlugin } from "./kubeconfig-user.ts";
import { checkMilliseconds } from "./milliseconds.ts";
import { parseProxyAddress } from "./proxy-address.ts";
import { serverAddress } from "./server-address.ts";
import { SharedAnswer } from "./shared-answer.ts";
import { withProxy } from "./with-proxy.ts";

/** Which part of a KubeConfig to take, and what to call it. */
export interface ContextOptions {
  /** The name of a context. Default: the current one. */
  readonly context?: string | undefined;
  /** What to call the cluster in messages. Default: as `context "staging"`. */
  readonly name?: string | undefined;
  /** What to call the KubeConfig in messages. Default: `kubeconfig`. */
  readonly source?: string | undefined;
  /** Where a proxy is looked up if the cluster names none, and what an exec plugin is run in. Default: `process.env`. */
  readonly environment?: NodeJS.ProcessEnv | undefined;
  /** Milliseconds that an exec plugin may take, 0 for no limit. Default: that of {@link KubeconfigOptions}. */
  readonly execTimeoutMs?: number | undefined;
}

/** Where a kubeconfig is. */
export interface KubeconfigOptions {
  /** The file, and no other. */
  readonly path?: string | undefined;
  /** The text itself, where there is no `path`. Relative paths in it start from the working directory. */
  readonly text?: string | undefined;
  /** The name of a context. Default: the current one. */
  readonly context?: string | undefined;
  /** Where KUBECONFIG, HOME and the variables of a proxy are looked up, and what an exec plugin is run in. Default: `process.env`. */
  readonly environment?: NodeJS.ProcessEnv | undefined;
  /**
   * Milliseconds that an exec plugin may take until it is killed; 0 for no limit. Default: 45,000, and no limit where standard
   * input is a terminal, since somebody may be signing in then.
   */
  readonly execTimeoutMs?: number | undefined;
}

/**
 * Loads a kubeconfig: the given file or text, or else what kubectl would read: the files that KUBECONFIG names, merged, or
 * `~/.kube/config`. It needs the package `@kubernetes/client-node`, which is loaded by this.
 *
 * @throws ConfigError where that does not lead to a cluster. No message quotes anything of the text but names, paths and how to
 * install a plugin.
 * @see https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/
 */
export async function loadKubeconfig(options: KubeconfigOptions = {}): Promise<ClusterConfig> {
  const texts = await kubeconfigTexts(options);
  const { KubeConfig, loadYaml } = await loadClientNode();
  const kubeConfig = new KubeConfig();
  kubeConfig.loadFromOptions(mergeKubeconfigs(texts.map((text) => parseKubeconfig(text, loadYaml))));
  const source = texts.map((text) => text.source).join(", ");
  const { context, environment, execTimeoutMs } = options;
  return configFromKubeConfig(kubeConfig, { context, source, environment, execTimeoutMs });
}

async function kubeconfigTexts(options: KubeconfigOptions): Promise<readonly KubeconfigText[]> {
  const { path, text, environment = process.env } = options;
  if (path !== undefined) return [await readOneFile(path)];
  if (text !== undefined) return [{ source: "kubeconfig", text, folder: process.cwd() }];
  return readDefaultFiles(environment);
}

/**
 * The way to the cluster of a context. Its entries are taken as they are now, and the KubeConfig is asked for credentials
 * whenever they are wanted; calls at the same time share one answer. An exec plugin is run here, once for all of them, until
 * its credentials expire or the server refuses them, and killed where it takes too long or nobody waits for it any longer.
 *
 * @throws ConfigError where the context does not lead to a cluster.
 */
export function configFromKubeConfig(kubeConfig: KubeConfigLike, options: ContextOptions = {}): ClusterConfig {
  const { source = "kubeconfig", environment = process.env, execTimeoutMs } = options;
  checkKubeConfig(kubeConfig);
  checkMilliseconds("execTimeoutMs", execTimeoutMs);
  const context = contextOf(kubeConfig, options.context ?? kubeConfig.getCurrentContext(), source);
  const where = `${source}: context ${JSON.stringify(context.name)}`;
  const entries = entriesOf(kubeConfig, context, where);
  checkUser(entries);
  checkTlsFields(entries);
  const { user } = entries;
  const how = { timeoutMs: execTimeoutMs, environment };
  const plugin = user?.exec && !needsNoPlugin(user) ? new ExecPlugin(entries, how) : undefined;
  const proxy = proxyOf(entries, environment);
  const ask = (givenUp: AbortSignal): Promise<Credentials> =>
    credentialsOf(kubeConfig, entries, { proxy, runPlugin: plugin && (() => plugin.credentials(givenUp)) });
  let underWay: Asking | undefined;
  const config: Omit<ClusterConfig, "proxy"> = {
    server: entries.server,
    name: options.name ?? `context ${JSON.stringify(context.name)}`,
    namespace: namespaceOf(context, where),
    credentials: (refused, signal) => {
      // What was asked for before a refusal may be just what was refused.
      const shared = refused === undefined || isDeepStrictEqual(refused, underWay?.refused);
      if (underWay !== undefined && shared && !underWay.answer.over) return underWay.answer.wait(signal);
      if (refused !== undefined) plugin?.forget();
      underWay = { refused, answer: new SharedAnswer(ask) };
      return underWay.answer.wait(signal);
    },
  };
  return withProxy(config, proxy);
}

/** Credentials that are being asked for. */
interface Asking {
  /** What the server had refused when they were asked for. */
  readonly refused: Credentials | undefined;
  readonly answer: SharedAnswer<Credentials>;
}

function contextOf(kubeConfig: KubeConfigLike, name: string | undefined, source: string): KubeConfigContext {
  const known = kubeConfig.getContexts().map((context) => context.name);
  if (known.length === 0) {
    throw new ConfigError("no-context", `${source}: wanted a context, found none; give a kubeconfig with one`);
  }
  if (name === undefined || name === "") {
    throw new ConfigError(
      "no-context",
      `${source}: wanted a current context, found none set; choose from ${list(known)}`,
    );
  }
  const context = kubeConfig.getContextObject(name);
  if (context !== null) return context;
  const message = `${source}: wanted context ${JSON.stringify(name)}, found ${list(known)}; choose one of them`;
  throw new ConfigError("unknown-context", message);
}

/** The names, of which only the first ten where there are more. */
function list(names: readonly string[]): string {
  const shown = names.slice(0, 10).map((name) => JSON.stringify(name));
  return `${shown.join(", ")}${names.length > shown.length ? ` and ${names.length - shown.length} more` : ""}`;
}

function entriesOf(kubeConfig: KubeConfigLike, context: KubeConfigContext, where: string): ContextEntries {
  if (!context.cluster) {
    throw new ConfigError(
      "unknown-cluster",
      `${where}: wanted the name of a cluster, found none; add it to the context`,
    );
  }
  const cluster = kubeConfig.getCluster(context.cluster);
  if (cluster === null) throw missingEntry("cluster", context.cluster, where);
  const user: ContextEntries["user"] | null = context.user ? kubeConfig.getUser(context.user) : undefined;
  if (user === null) throw missingEntry("user", `${context.user}`, where);
  if (user !== undefined) checkImpersonation(user, where);
  return { where, server: serverAddress({ where, cluster, user }), cluster, user };
}

/** The namespace of a context; for another than a DNS label the server would answer with empty lists. */
function namespaceOf({ namespace }: KubeConfigContext, where: string): string | undefined {
  if (!namespace) return undefined;
  try {
    return checkNamespace(namespace);
  } catch (error) {
    if (!isInvalidArgument(error)) throw error;
    throw new ConfigError("invalid", `${where}: ${error.message}; mend the context`, { cause: error });
  }
}

function missingEntry(kind: "cluster" | "user", name: string, where: string): ConfigError {
  const problem = `wanted ${kind} ${JSON.stringify(name)}, found no entry of that name; add it, or mend the context`;
  return new ConfigError(`unknown-${kind}`, `${where}: ${problem}`);
}

/** The proxy that the cluster names or, where it names none, the environment. */
function proxyOf({ cluster, server, where }: ContextEntries, environment: NodeJS.ProcessEnv): string | undefined {
  if (!cluster.proxyUrl) return environmentProxy(server, environment);
  parseProxyAddress(cluster.proxyUrl, `${where}: cluster ${JSON.stringify(cluster.name)}: proxy-url`);
  return cluster.proxyUrl;
}
