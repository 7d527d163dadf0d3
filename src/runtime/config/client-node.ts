import { existsSync, readFileSync } from "node:fs";
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
  const node = process.versions.node;
  const isOldNode = Number.parseInt(node, 10) < 22;
  const remedy = `run: npm install @kubernetes/client-node${isOldNode ? "@1" : ""}`;
  const version = isOldNode ? installedVersion() : undefined;
  // To import it would end the process: Node 20 leaves a rejection behind that nobody can handle.
  if (Number.parseInt(version ?? "", 10) >= 2) {
    const problem = `wanted a version for Node ${node}, found ${version}, which needs Node 22`;
    throw new ConfigError("client-node", `@kubernetes/client-node: ${problem}; ${remedy}`);
  }
  try {
    return await import("@kubernetes/client-node");
  } catch (error) {
    const problem = isMissing(error)
      ? "wanted to read a kubeconfig, but it is not installed"
      : `cannot be loaded by Node ${node}`;
    throw new ConfigError("client-node", `@kubernetes/client-node: ${problem}; ${remedy}`, { cause: error });
  }
}

/** The version of the package that an import would load; undefined where that cannot be told without. */
function installedVersion(): string | undefined {
  try {
    // Its `exports` may not have its package.json, so that this is looked for above what they have.
    for (let place = new URL(".", import.meta.resolve("@kubernetes/client-node")); ; ) {
      const manifest = new URL("package.json", place);
      const { name, version } = existsSync(manifest) ? JSON.parse(readFileSync(manifest, "utf8")) : {};
      if (name === "@kubernetes/client-node") return String(version);
      const above = new URL("..", place);
      if (above.href === place.href) return undefined;
      place = above;
    }
  } catch {
    return undefined;
  }
}

/** Whether it is that very package which is not there, and not one that it needs. */
function isMissing(error: unknown): boolean {
  if (!(error instanceof Error && "code" in error && error.code === "ERR_MODULE_NOT_FOUND")) return false;
  return error.message.includes("'@kubernetes/client-node'");
}
