import * as path from "node:path";
import { paintFor } from "./colour.ts";
import { withCommandHint } from "./command-hint.ts";
import type { Line } from "./commands.ts";
import { loadConfig } from "./config-file.ts";
import { type ExitCode, exitCode } from "./exit-code.ts";
import { listenForSignals } from "./interruption.ts";
import type { GenerateValues } from "./options.ts";
import { runtimeInstallCommand } from "./package-manifest.ts";
import { progressLine } from "./progress.ts";
import { type Outcome, run } from "./run.ts";
import { type Settings, settingsOf } from "./settings.ts";
import type { Stages } from "./stages.ts";
import { announceStdin } from "./stdin.ts";
import { problemsText, summaryJson, summaryText } from "./summary.ts";

/** `crd-gen [sources..]`: writes the typed client of what the sources hold. */
export async function generateCommand({ words, values, named }: Line<GenerateValues>): Promise<ExitCode> {
  const cwd = process.cwd();
  const loaded = await loadConfig(cwd, values.config);
  const typed = settingsOf({ ...values, sources: words }, loaded, cwd);
  const interruption = listenForSignals();
  const settings = await withImportExtension(typed, cwd);
  announceStdin(settings.sources);
  const progress = progressLine(process.stderr, settings);
  const stages = await loadStages(named ? undefined : words[0]);
  const outcome = await run(settings, { cwd, stages, signal: interruption.signal, onProgress: progress.show });
  progress.clear();
  interruption.ignore();
  // What the run was waiting for, a connection perhaps, may keep the process alive: it has nothing left to do.
  if (outcome === undefined) process.exit(interruption.code());
  print(outcome, settings, path.resolve(cwd, settings.out));
  return outcome.exitCode;
}

function print(outcome: Outcome, settings: Settings, folder: string): void {
  process.stderr.write(problemsText(outcome, { paint: paintFor(process.stderr) }));
  const done = outcome.exitCode === exitCode.done;
  const install = done && settings.options.typesOnly !== true ? runtimeInstallCommand(folder) : undefined;
  if (settings.json) process.stdout.write(summaryJson(outcome, settings, install));
  else if (done && !settings.quiet) process.stdout.write(summaryText(outcome, settings, install));
}

async function withImportExtension(settings: Settings, cwd: string): Promise<Settings> {
  if (settings.options.importExtension !== undefined) return settings;
  const { importExtensionFor } = await import("./import-extension.ts");
  const importExtension = importExtensionFor(path.resolve(cwd, settings.out));
  return { ...settings, options: { ...settings.options, importExtension } };
}

/** `firstWord` is what stands where a command could stand. */
async function loadStages(firstWord: string | undefined): Promise<Stages> {
  const [{ findSources }, { readCluster, readFileDocuments, readSourceDocuments }, generation] = await Promise.all([
    import("../read/sources.ts"),
    import("./read-source.ts"),
    import("../generate.ts"),
  ]);
  const { generatePart, duplicatedDefinitions, completeRun } = generation;
  return {
    findSources: async (patterns, cwd) => withCommandHint(await findSources(patterns, cwd), firstWord),
    readFileDocuments,
    readSourceDocuments,
    readCluster,
    generatePart,
    duplicatedDefinitions,
    completeRun,
  };
}
