import type { Config } from "../../config.ts";
import { equalJson } from "../../json.ts";
import type { LoadedConfig } from "../config-file.ts";
import { UsageError } from "../usage-error.ts";
import { type ChosenSources, chooseSources } from "./choose-sources.ts";
import { type FoundFiles, findDefinitions } from "./find-definitions.ts";
import { usualKubeconfig } from "./kubeconfig.ts";
import { portable } from "./portable-path.ts";
import type { Project } from "./project.ts";
import { someOf } from "./some-of.ts";

/** What a user may say about the config file, with nothing filled in. */
export interface AskedConfig {
  /** Files, folders, globs and URLs; an empty list asks to look for them. */
  readonly sources: readonly string[];
  readonly fromCluster?: boolean | undefined;
  readonly context?: string | undefined;
  readonly kubeconfig?: string | undefined;
  readonly out?: string | undefined;
}

/** What is to be read, as a config file says it. */
export type Input = Pick<Config, "sources" | "fromCluster" | "context" | "kubeconfig">;

/** The input of a new config file, and how it came about. */
export interface PlannedInput {
  readonly input: Input;
  /** What was found where nothing was asked for; undefined where sources or a cluster were named. */
  readonly found: ChosenSources | undefined;
  /** What a user should know of it. */
  readonly notes: readonly string[];
}

const waysToName = "crd-gen init crds (a file, a folder, a glob or a URL) or crd-gen init --from-cluster";

/**
 * Decides what a new config file is to read: what was asked for, or else the definitions that lie in the project, or else the cluster
 * of the usual kubeconfig.
 *
 * @throws UsageError where there is nothing to read, and where a context or a kubeconfig is named and no cluster is read.
 */
export function planInput(asked: AskedConfig, project: Project, environment: NodeJS.ProcessEnv): PlannedInput {
  const { sources, fromCluster, context, kubeconfig } = asked;
  if (fromCluster !== true) refuseUseless(asked);
  if (sources.length > 0 || fromCluster === true) {
    const input: Input = {
      ...(sources.length === 0 ? {} : { sources: sources.map((source) => portable(source)) }),
      ...(fromCluster === true ? { fromCluster } : {}),
      ...(context === undefined ? {} : { context }),
      ...(kubeconfig === undefined ? {} : { kubeconfig: portable(kubeconfig) }),
    };
    return { input, found: undefined, notes: [] };
  }
  const files = findDefinitions(project.folder);
  const found = chooseSources(files);
  const notes = searchNotes(files, found);
  if (found.sources.length > 0) return { input: { sources: found.sources }, found, notes };
  if (project.workspaceRoot) {
    const remedy = "run crd-gen init in the package that is to use the client";
    throw nothingToRead(
      "the root of a workspace without definitions of its own",
      notes,
      `${remedy}, or name a source: ${waysToName}`,
    );
  }
  const file = fromCluster === false ? undefined : usualKubeconfig(environment);
  if (file === undefined) {
    const what = "no CustomResourceDefinition in a .yaml, .yml or .json file below this folder, and no kubeconfig";
    throw nothingToRead(what, notes, `name a source: ${waysToName}`);
  }
  const said = `no definitions below this folder, so the cluster of the current context of ${file} is read`;
  return { input: { fromCluster: true }, found: undefined, notes: [...notes, said] };
}

/**
 * Makes sure that an existing config file says what was asked for, for it is never changed.
 *
 * @throws UsageError that names the first setting that differs.
 */
export function refuseOtherConfig(asked: AskedConfig, { name, config }: LoadedConfig): void {
  const { sources, fromCluster, context, kubeconfig, out } = asked;
  const settings: readonly (readonly [setting: string, wanted: unknown, got: unknown])[] = [
    ["sources", sources.length === 0 ? undefined : sources.map((source) => portable(source)), config.sources],
    ["fromCluster", fromCluster, config.fromCluster ?? false],
    ["context", context, config.context],
    ["kubeconfig", kubeconfig && portable(kubeconfig), config.kubeconfig],
    ["out", out && portable(out), config.out],
  ];
  const different = settings.find(([, wanted, got]) => wanted !== undefined && !equalJson(wanted, got));
  if (different === undefined) return;
  const [setting, wanted, got] = different;
  const found = got === undefined ? "nothing" : JSON.stringify(got);
  throw new UsageError(
    `${name} is there, and init never changes it: ${setting}: wanted ${JSON.stringify(wanted)}, got ${found}; edit the file, or remove it and run crd-gen init again`,
  );
}

function refuseUseless(asked: AskedConfig): void {
  const [useless] = (["context", "kubeconfig"] as const).filter((name) => asked[name] !== undefined);
  if (useless !== undefined) throw new UsageError(`--${useless}: wanted --from-cluster beside it, found none`);
}

function nothingToRead(what: string, notes: readonly string[], remedy: string): UsageError {
  return new UsageError([...notes, `nothing to generate from: ${what}; ${remedy}`].join("\n"));
}

function searchNotes({ files, complete }: FoundFiles, { sources, copies }: ChosenSources): readonly string[] {
  const unfit = files.flatMap((file) => (file.kind === "unfit" ? [`${file.path} (${file.reason})`] : []));
  return [
    ...(copies.length === 0 ? [] : [`left out ${someOf(copies)}: all of their definitions are in ${someOf(sources)}`]),
    ...(unfit.length === 0 ? [] : [`left out ${someOf(unfit)}`]),
    ...(complete ? [] : ["too many files to look at all of them; name further sources in the config file"]),
  ];
}
