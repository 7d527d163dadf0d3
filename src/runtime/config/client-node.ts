import { ConfigError } from "../errors/config-error.ts";
import type { KubeConfigCluster, KubeConfigContext, KubeConfigLike, KubeConfigUser } from "./kubeconfig-like.ts";

/** The entries of one kubeconfig or of several, in client-node's terms. */
export interface KubeConfigEntries {
  readonly contexts: readonly KubeConfigContext[];
  readonly clusters: readonly KubeConfigCluster[];
  readonly users: readonly KubeConfigUser[];
  /** The name of the current context; undefined where none is set. */
  readonly currentContext: string | undefined;
}

/** What is used of the package @kubernetes/client-node. */
export interface ClientNode {
  readonly KubeConfig: new () => KubeConfigLike & { loadFromOptions(entries: KubeConfigEntries): void };
  /** Reads YAML. Its errors quote the text, and a YAMLException has the place as `mark`. */
  readonly loadYaml: (text: string) => unknown;
}

/**
 * Loads @kubernetes/client-node, which takes half a second and 55 MB: nothing else may import it.
 *
 * @throws ConfigError `client-node` where it is not installed or does not run on this Node.
 */
export async function loadClientNode(): Promise<ClientNode> {
  try {
    return await import("@kubernetes/client-node");
  } catch (error) {
    const advice = isMissing(error)
      ? "wanted to read a kubeconfig, but it is not installed; run: npm install @kubernetes/client-node"
      : `cannot be loaded by Node ${process.versions.node}; install a version that this Node runs, as 1.4 for Node 20`;
    throw new ConfigError("client-node", `@kubernetes/client-node: ${advice}`, { cause: error });
  }
}

/** Whether it is that very package which is not there, and not one that it needs. */
function isMissing(error: unknown): boolean {
  if (!(error instanceof Error && "code" in error && error.code === "ERR_MODULE_NOT_FOUND")) return false;
  return error.message.includes("'@kubernetes/client-node'");
}
