import type { GenerateOptions } from "./generated.ts";

/** What a config file (`crd-gen.config.ts`, `.js`, `.mjs` or `.json`) may say. The command line wins over it, one setting at a time. */
export interface Config extends Omit<GenerateOptions, "listJsdoc"> {
  /** Files, folders, globs, URLs, or `-` for standard input; paths are relative to the config file. */
  readonly sources?: readonly string[];
  /** Read the definitions of a cluster, beside the sources if there are any. Default: false. */
  readonly fromCluster?: boolean;
  /** The context of the kubeconfig to read from. Default: the pod's cluster, or else the current context. */
  readonly context?: string;
  /** The kubeconfig, relative to the config file. Default: the files of `KUBECONFIG`, or `~/.kube/config`. */
  readonly kubeconfig?: string;
  /** The folder to write into, relative to the config file. Default: `generated`, relative to the working directory. */
  readonly out?: string;
}

/** Gives a config file the types of its settings; returns what it is given. */
export function defineConfig(config: Config): Config {
  return config;
}
