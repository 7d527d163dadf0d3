import type { GenerateOptions } from "../generated.ts";
import type { LoadedConfig } from "./config-file.ts";
import { fromConfig, type Input, inputOf } from "./input.ts";
import type { GenerateValues, OutputValues } from "./options.ts";
import { UsageError } from "./usage-error.ts";

/** The folder that is written into unless another one is named. */
const defaultOut = "generated";

/** What was typed to generate, with nothing filled in: what is absent may come from the config file. */
export interface CommandLine extends GenerateValues {
  readonly sources: readonly string[];
}

/** How a command treats the folder that it writes into. */
export interface OutputSettings {
  /** Relative to the working directory, or absolute. */
  readonly out: string;
  /** `write`: the output becomes what it should be. `check`: say whether it is. `dry-run`: say what would be done. */
  readonly mode: "write" | "check" | "dry-run";
  /** Print the difference. */
  readonly diff: boolean;
  /** Write files that were edited or deleted, too, and look at everything again. */
  readonly force: boolean;
  /** Remove more than half of the files without asking. */
  readonly yes: boolean;
}

/** What a run is to do: the command line, the config file and the defaults put together. */
export interface Settings extends Input, OutputSettings {
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
 * Puts the command line over the config file, one setting at a time: a list replaces the other, it is not added to it. What
 * to read is one setting, see {@link inputOf}.
 *
 * @throws UsageError where neither names anything to read, where a context or a kubeconfig is named and no cluster is read, and
 *   for options that make no sense together.
 */
export function settingsOf(commandLine: CommandLine, loaded: LoadedConfig | undefined, cwd: string): Settings {
  const { out, report, jobs, json = false, quiet = false, verbose = false, ...others } = commandLine;
  const { check: _, dryRun: __, diff: ___, force: ____, yes: _____, ...typed } = others;
  const configOut = loaded?.config.out;
  const options = { ...shaping(loaded?.config ?? {}), ...shaping(typed) };
  if (options.typesOnly === true && options.definitions === true) throw bothError(typed, loaded);
  return {
    ...inputOf(typed, loaded, cwd),
    ...outputSettingsOf(
      commandLine,
      out ?? (configOut === undefined ? defaultOut : fromConfig(configOut, loaded, cwd)),
    ),
    options: { ...options, ...(report !== undefined && verbose ? { listJsdoc: true } : {}) },
    ...(report === undefined ? {} : { report }),
    ...(jobs === undefined ? {} : { jobs }),
    json,
    quiet,
    verbose,
  };
}

/** Types only and definitions, which the command line, the config file or each of them one asks for. */
function bothError({ typesOnly, definitions }: GenerateValues, loaded: LoadedConfig | undefined): UsageError {
  const inFile = (setting: string, option: string): string => `${setting} in ${loaded?.name}; ${option}`;
  const remedy =
    typesOnly === undefined && definitions === undefined
      ? inFile("both", "take one of them out, or add --no-definitions or --no-types-only")
      : definitions === undefined
        ? inFile("definitions", "add --no-definitions")
        : typesOnly === undefined
          ? inFile("typesOnly", "add --no-types-only")
          : "leave one of them out";
  return new UsageError(
    `--types-only and --definitions: wanted one of them, got both; the type of an exported definition is the runtime's; ${remedy}`,
  );
}

/**
 * How the output folder `out` is to be treated.
 *
 * @throws UsageError for options that make no sense together.
 */
export function outputSettingsOf(values: OutputValues, out: string): OutputSettings {
  const { diff = false, force = false, yes = false } = values;
  return { out, mode: modeOf(values), diff, force, yes };
}

function modeOf({ check = false, dryRun = false, diff = false, force = false }: OutputValues): OutputSettings["mode"] {
  if (check && dryRun) {
    throw new UsageError(
      "--check and --dry-run: wanted one of them, got both; --check answers with its exit code, --dry-run says what would be done",
    );
  }
  if (check && force) {
    throw new UsageError(
      "--check and --force: wanted one of them, got both; --check writes nothing, so leave --force out",
    );
  }
  return check ? "check" : dryRun || diff ? "dry-run" : "write";
}

/** Everything that says what to read and where to write, and nothing of what the output is like. */
type Places = "sources" | "fromCluster" | "context" | "kubeconfig" | "config" | "out";

/** What shapes the output. */
function shaping<Said extends { readonly [Name in Places]?: unknown }>(said: Said): Omit<Said, Places> {
  const { sources: _1, fromCluster: _2, context: _3, kubeconfig: _4, config: _5, out: _6, ...rest } = said;
  return rest;
}
