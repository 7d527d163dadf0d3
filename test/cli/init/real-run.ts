import * as path from "node:path";
import type { LoadedConfig } from "../../../src/cli/config-file.ts";
import { type InitOptions, type InitOutcome, init } from "../../../src/cli/init/init.ts";
import { readFileDocuments, readSourceDocuments } from "../../../src/cli/read-source.ts";
import { type Outcome, run } from "../../../src/cli/run.ts";
import { settingsOf } from "../../../src/cli/settings.ts";
import type { FirstStages, Stages } from "../../../src/cli/stages.ts";
import { completeRun, duplicatedDefinitions, generatePart } from "../../../src/generate.ts";
import { ClusterError } from "../../../src/read/cluster-error.ts";
import { digestOfFile, findSources } from "../../../src/read/sources.ts";

/** Everything of a run is real, but for the cluster, which cannot be reached. */
const stages: Stages = {
  readFileDocuments,
  readSourceDocuments,
  // biome-ignore lint/correctness/useYield: there is nothing to read in it.
  async *readCluster() {
    throw new ClusterError("the cluster cannot be reached");
  },
  generatePart,
  duplicatedDefinitions,
  completeRun,
};

const firstStages: FirstStages = { findSources, digestOfFile, load: async () => stages };

/** The run that the command makes with a config file, in a folder. */
export function generateIn(cwd: string): (loaded: LoadedConfig) => Promise<Outcome | undefined> {
  const context = { cwd, version: "0.0.0", stages: firstStages, signal: new AbortController().signal };
  return (loaded) => run(settingsOf({ sources: [] }, loaded, cwd), context);
}

/** Where the environment of a test has nothing to offer: no kubeconfig, no package manager. */
const environment = { HOME: path.join(import.meta.dirname, "no-home") };

/** What of a setting up differs from the usual. */
export interface InitChanges extends Partial<InitOptions> {
  readonly environment?: NodeJS.ProcessEnv;
  readonly generate?: (loaded: LoadedConfig) => Promise<Outcome | undefined>;
}

/** Sets up the project in a folder, as the command does. */
export async function initIn(cwd: string, changes: InitChanges = {}): Promise<InitOutcome> {
  const { environment: variables = environment, generate = generateIn(cwd), ...options } = changes;
  const outcome = await init({ sources: [], ...options }, { cwd, environment: variables, generate });
  if (outcome === undefined) throw new Error("expected an outcome, got an interrupted run");
  return outcome;
}
