import * as path from "node:path";
import type { GenerateOptions } from "../generated.ts";
import type { ClusterSource } from "../read/sources.ts";
import type { CommandLine } from "./arguments.ts";
import type { LoadedConfig } from "./config-file.ts";
import { UsageError } from "./usage-error.ts";

/** The folder that is written into unless another one is named. */
const defaultOut = "generated";

/** What a run is to do: the command line, the config file and the defaults put together. */
export interface Settings {
  readonly sources: readonly string[];
  /** The cluster to read, where one is wanted. */
  readonly cluster?: ClusterSource;
  /** Relative to the working directory, or absolute. */
  readonly out: string;
  readonly options: GenerateOptions;
  /** `check` and `dry-run` write nothing. */
  readonly mode: "write" | "check" | "dry-run";
  /** Whether to print the difference to the output that is there. */
  readonly diff: boolean;
  /** Write files that were edited or removed, too, and look at everything again. */
  readonly force: boolean;
  /** Remove more than half of the files without asking. */
  readonly yes: boolean;
  /** Where to write the report, relative to the working directory. */
  readonly report?: string;
  /** The number of threads that was asked for. */
  readonly jobs?: number;
  readonly json: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
}

/**
 * Puts the command line over the config file, one setting at a time: a list replaces the other, it is not added to it. What
 * to read is one setting: sources and cluster of the config file count where the command line names neither.
 *
 * @throws UsageError where neither names anything to read, and where a context or a kubeconfig is named and no cluster is read.
 */
export function settingsOf(commandLine: CommandLine, loaded: LoadedConfig | undefined, cwd: string): Settings {
  const { out, report, jobs, json, quiet, verbose, check, diff, dryRun, force, yes, config: _, ...typed } = commandLine;
  const { out: configOut, ...configured } = loaded?.config ?? {};
  const rebase = (name: string): string => (loaded === undefined ? name : relativeTo(cwd, loaded.folder, name));
  const { input, shaping } = divide(typed);
  const { input: configInput, shaping: configShaping } = divide(configured);
  return {
    ...chosenInput(input, rebased(configInput, rebase), cwd),
    out: out ?? (configOut === undefined ? defaultOut : rebase(configOut)),
    options: { ...configShaping, ...shaping, ...(report !== undefined && verbose ? { listJsdoc: true } : {}) },
    ...(report === undefined ? {} : { report }),
    ...(jobs === undefined ? {} : { jobs }),
    mode: check ? "check" : diff || dryRun ? "dry-run" : "write",
    diff,
    force,
    yes,
    json,
    quiet,
    verbose,
  };
}

/** What to read, as the command line or the config file says it. */
interface Input {
  readonly sources?: readonly string[] | undefined;
  readonly fromCluster?: boolean | undefined;
  readonly context?: string | undefined;
  readonly kubeconfig?: string | undefined;
}

/** Tells what is to be read from what shapes the output. */
function divide<Said extends Input>(said: Said): { readonly input: Input; readonly shaping: Omit<Said, keyof Input> } {
  const { sources, fromCluster, context, kubeconfig, ...shaping } = said;
  return { input: { sources, fromCluster, context, kubeconfig }, shaping };
}

function rebased(input: Input, rebase: (name: string) => string): Input {
  const { sources, kubeconfig } = input;
  return { ...input, sources: sources?.map(rebase), kubeconfig: kubeconfig && rebase(kubeconfig) };
}

function chosenInput(typed: Input, configured: Input, cwd: string): Pick<Settings, "sources" | "cluster"> {
  const saysWhat = (typed.sources ?? []).length > 0 || typed.fromCluster === true;
  const { sources = [] } = saysWhat ? typed : configured;
  const fromCluster = typed.fromCluster ?? (!saysWhat && configured.fromCluster === true);
  const context = typed.context ?? configured.context;
  const kubeconfig = typed.kubeconfig ?? configured.kubeconfig;
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

/** Takes a source or folder that is relative to the config file as relative to the working directory; globs keep their slashes. */
function relativeTo(cwd: string, folder: string, name: string): string {
  if (name === "-" || /^https?:\/\//i.test(name) || path.isAbsolute(name)) return name;
  const way = path.relative(cwd, folder).split(path.sep).join("/");
  if (way === "") return name;
  const negated = name.startsWith("!");
  return `${negated ? "!" : ""}${path.posix.join(way, negated ? name.slice(1) : name)}`;
}
