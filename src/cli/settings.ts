import * as path from "node:path";
import type { GenerateOptions } from "../generated.ts";
import type { CommandLine } from "./arguments.ts";
import type { LoadedConfig } from "./config-file.ts";
import { UsageError } from "./usage-error.ts";

/** The folder that is written into unless another one is named. */
const defaultOut = "generated";

/** What a run is to do: the command line, the config file and the defaults put together. */
export interface Settings {
  readonly sources: readonly string[];
  /** Relative to the working directory, or absolute. */
  readonly out: string;
  readonly options: GenerateOptions;
  /** Where to write the report, relative to the working directory. */
  readonly report?: string;
  /** The number of threads that was asked for. */
  readonly jobs?: number;
  readonly json: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
}

/**
 * Puts the command line over the config file, one setting at a time: a list replaces the other, it is not added to it.
 *
 * @throws UsageError where neither names a source.
 */
export function settingsOf(commandLine: CommandLine, loaded: LoadedConfig | undefined, cwd: string): Settings {
  const { sources, out, report, jobs, json, quiet, verbose, config: _, ...shaping } = commandLine;
  const { sources: configSources, out: configOut, ...configShaping } = loaded?.config ?? {};
  const rebase = (name: string): string => (loaded === undefined ? name : relativeTo(cwd, loaded.folder, name));
  const chosen = sources.length > 0 ? sources : (configSources ?? []).map(rebase);
  if (chosen.length === 0)
    throw new UsageError(
      "no source: name a file, a folder, a glob, a URL, or - for standard input; see crd-gen --help",
    );
  return {
    sources: chosen,
    out: out ?? (configOut === undefined ? defaultOut : rebase(configOut)),
    options: { ...configShaping, ...shaping, ...(report !== undefined && verbose ? { listJsdoc: true } : {}) },
    ...(report === undefined ? {} : { report }),
    ...(jobs === undefined ? {} : { jobs }),
    json,
    quiet,
    verbose,
  };
}

/** Takes a source or folder that is relative to the config file as relative to the working directory; globs keep their slashes. */
function relativeTo(cwd: string, folder: string, name: string): string {
  if (name === "-" || /^https?:\/\//i.test(name) || path.isAbsolute(name)) return name;
  const way = path.relative(cwd, folder).split(path.sep).join("/");
  if (way === "") return name;
  const negated = name.startsWith("!");
  return `${negated ? "!" : ""}${path.posix.join(way, negated ? name.slice(1) : name)}`;
}
