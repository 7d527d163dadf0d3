import * as path from "node:path";
import { digestOfFile, findSources } from "../read/sources.ts";
import { paintFor } from "./colour.ts";
import { withCommandHint } from "./command-hint.ts";
import type { Line } from "./commands.ts";
import { loadConfig } from "./config-file.ts";
import { confirmation } from "./confirmation.ts";
import { type ExitCode, exitCode } from "./exit-code.ts";
import { listenForSignals } from "./interruption.ts";
import type { GenerateValues } from "./options.ts";
import { ownVersion } from "./own-version.ts";
import { runtimeInstallCommand } from "./package-manifest.ts";
import { progressLine } from "./progress.ts";
import { type Outcome, run } from "./run.ts";
import { type Settings, settingsOf } from "./settings.ts";
import type { FirstStages } from "./stages.ts";
import { announceStdin } from "./stdin.ts";
import { checkText, problemsText, summaryJson, summaryText } from "./summary.ts";

/** `crd-gen [sources..]`: writes the typed client of what the sources hold. */
export async function generateCommand({ words, values, named }: Line<GenerateValues>): Promise<ExitCode> {
  const cwd = process.cwd();
  const loaded = await loadConfig(cwd, values.config);
  const typed = settingsOf({ ...values, sources: words }, loaded, cwd);
  const { settings, outcome } = await runForTerminal(typed, cwd, named ? undefined : words[0]);
  print(outcome, settings, path.resolve(cwd, settings.out));
  return outcome.exitCode;
}

/**
 * Makes a run, with progress on the terminal, and ends the process if it is interrupted. Nothing else is printed. `firstWord` is what
 * stands where a command could stand. The settings are returned with what was found out about them.
 */
export async function runForTerminal(
  typed: Settings,
  cwd: string,
  firstWord?: string,
): Promise<{ readonly settings: Settings; readonly outcome: Outcome }> {
  const interruption = listenForSignals();
  const settings = await withImportExtension(typed, cwd);
  announceStdin(settings.sources);
  const progress = progressLine(process.stderr, settings);
  const outcome = await run(settings, {
    cwd,
    version: ownVersion(),
    stages: firstStages(firstWord),
    signal: interruption.signal,
    onProgress: progress.show,
    onWait: (other) => settings.quiet || process.stderr.write(`waiting for another run (process ${other})\n`),
    confirm: confirmation(interruption.signal),
  });
  progress.clear();
  interruption.ignore();
  // What the run was waiting for, a connection perhaps, may keep the process alive: it has nothing left to do.
  if (outcome === undefined) process.exit(interruption.code());
  return { settings, outcome };
}

function print(outcome: Outcome, settings: Settings, folder: string): void {
  process.stderr.write(problemsText(outcome, { paint: paintFor(process.stderr) }));
  const done = outcome.exitCode === exitCode.done;
  const install = done && settings.options.typesOnly !== true ? runtimeInstallCommand(folder) : undefined;
  if (settings.json) process.stdout.write(summaryJson(outcome, settings, install));
  else if (settings.diff) process.stdout.write(outcome.difference ?? "");
  else if (settings.quiet) return;
  else if (settings.mode === "check" && (done || outcome.exitCode === exitCode.no))
    process.stdout.write(checkText(outcome, settings.out));
  else if (done) process.stdout.write(summaryText(outcome, settings, install));
}

async function withImportExtension(settings: Settings, cwd: string): Promise<Settings> {
  if (settings.options.importExtension !== undefined) return settings;
  const { importExtensionFor } = await import("./import-extension.ts");
  const importExtension = importExtensionFor(path.resolve(cwd, settings.out));
  return { ...settings, options: { ...settings.options, importExtension } };
}

/** `firstWord` is what stands where a command could stand. */
function firstStages(firstWord: string | undefined): FirstStages {
  return {
    findSources: async (patterns, cwd) => withCommandHint(await findSources(patterns, cwd), firstWord),
    digestOfFile: (source) => {
      try {
        return digestOfFile(source);
      } catch {
        // The run that looks into it says why it cannot be read.
        return undefined;
      }
    },
    load: async () => (await import("./all-stages.ts")).stages,
  };
}
