import * as path from "node:path";
import type { ClusterSource } from "../read/sources.ts";
import type { LoadedConfig } from "./config-file.ts";
import type { InputValues } from "./options.ts";
import { UsageError } from "./usage-error.ts";

/** What a run reads. */
export interface Input {
  readonly sources: readonly string[];
  /** The cluster to read, where one is wanted. */
  readonly cluster?: ClusterSource;
}

/** What is to be read, as it was typed. */
export interface TypedInput extends Omit<InputValues, "config"> {
  readonly sources: readonly string[];
}

/**
 * Puts what was typed over the config file. What to read is one setting: sources and cluster of the config file count
 * where the command line names neither.
 *
 * @throws UsageError where neither names anything to read, and where a context or a kubeconfig is named and no cluster is read.
 */
export function inputOf(typed: TypedInput, loaded: LoadedConfig | undefined, cwd: string): Input {
  const configured = loaded?.config ?? {};
  const rebase = (name: string): string => fromConfig(name, loaded, cwd);
  const saysWhat = typed.sources.length > 0 || typed.fromCluster === true;
  const sources = saysWhat ? typed.sources : (configured.sources ?? []).map(rebase);
  const fromCluster = typed.fromCluster ?? (!saysWhat && configured.fromCluster === true);
  const context = typed.context ?? configured.context;
  const kubeconfig = typed.kubeconfig ?? (configured.kubeconfig && rebase(configured.kubeconfig));
  if (sources.length === 0 && !fromCluster) {
    const wanted = "name a file, a folder, a glob, a URL, - for standard input, or --from-cluster";
    throw new UsageError(`no source: ${wanted}; see crd-gen --help`);
  }
  if (!fromCluster) {
    const [useless] = (["context", "kubeconfig"] as const).filter((name) => typed[name] !== undefined);
    if (useless !== undefined) throw new UsageError(`--${useless}: wanted --from-cluster beside it, found none`);
    return { sources };
  }
  const file = kubeconfig === undefined ? undefined : path.resolve(cwd, kubeconfig);
  return { sources, cluster: { kind: "cluster", name: "<cluster>", context, kubeconfig: file } };
}

/** A source or folder of the config file, which is relative to that file, as relative to the working directory; globs keep their slashes. */
export function fromConfig(name: string, loaded: LoadedConfig | undefined, cwd: string): string {
  if (loaded === undefined || name === "-" || /^https?:\/\//i.test(name) || path.isAbsolute(name)) return name;
  const way = path.relative(cwd, loaded.folder).split(path.sep).join("/");
  if (way === "") return name;
  const negated = name.startsWith("!");
  return `${negated ? "!" : ""}${path.posix.join(way, negated ? name.slice(1) : name)}`;
}
