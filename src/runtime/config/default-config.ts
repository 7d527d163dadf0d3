import type { ClusterConfig } from "./cluster-config.ts";
import { inClusterConfig } from "./in-cluster.ts";

/** Where the way to a cluster is looked for. */
export interface DefaultConfigOptions {
  /** The name of a context of the kubeconfig. Default: the current one. */
  readonly context?: string | undefined;
  /** The path of a kubeconfig. Default: the files that KUBECONFIG names, or `~/.kube/config`. */
  readonly kubeconfig?: string | undefined;
  /**
   * Milliseconds that an exec plugin of the kubeconfig may take until it is killed; 0 for no limit. Default: 45,000, and no limit where standard
   * input is a terminal, since somebody may be signing in then.
   */
  readonly execTimeoutMs?: number | undefined;
  /** Where environment variables are looked up, and what an exec plugin is run in. Default: `process.env`. */
  readonly environment?: NodeJS.ProcessEnv | undefined;
  /** The folder with the files of the pod's service account. Default: `/var/run/secrets/kubernetes.io/serviceaccount`. */
  readonly serviceAccountFolder?: string | undefined;
}

/**
 * The way to the cluster that this program runs in a pod of or, outside of one, to that of the kubeconfig. With a context or
 * a kubeconfig in the options it is always the latter. In a pod `@kubernetes/client-node` is not loaded.
 *
 * @throws ConfigError where there is no way to a cluster.
 */
export async function defaultConfig(options: DefaultConfigOptions = {}): Promise<ClusterConfig> {
  const { context, kubeconfig, environment, serviceAccountFolder, execTimeoutMs } = options;
  if (context === undefined && kubeconfig === undefined) {
    const config = await inClusterConfig({ environment, folder: serviceAccountFolder });
    if (config !== undefined) return config;
  }
  const { loadKubeconfig } = await import("./kubeconfig.ts");
  return loadKubeconfig({ path: kubeconfig, context, environment, execTimeoutMs });
}
