import { readFileSync } from "node:fs";
import * as path from "node:path";
import type { ClusterPage, ReadClusterOptions } from "../read/cluster.ts";
import { type ClusterSource, digestOfFile, type FileSource, findSources } from "../read/sources.ts";
import { parseArguments } from "./arguments.ts";
import { loadConfig } from "./config-file.ts";
import { type ExitCode, exitCode } from "./exit-code.ts";
import { failureOf } from "./failure.ts";
import { runtimeInstallCommand } from "./package-manifest.ts";
import { progressLine } from "./progress.ts";
import { type Outcome, run } from "./run.ts";
import { type Settings, settingsOf } from "./settings.ts";
import type { Stages } from "./stages.ts";
import { checkText, problemsText, summaryJson, summaryText } from "./summary.ts";
import { UsageError } from "./usage-error.ts";

/** Runs the command line of this process, and sets its exit code; `argv` is without the program and the script. */
export async function command(argv: readonly string[]): Promise<void> {
  // A reader that has seen enough, as in `crd-gen … | head`, is no reason to fail.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") return;
    process.exitCode = exitCode.failed;
    process.stderr.write(`the result cannot be printed: ${error.message}\n`);
  });
  try {
    const parsed = await parseArguments(argv);
    if (parsed.kind === "help") {
      process.stdout.write(`${parsed.text}\n`);
      return;
    }
    const cwd = process.cwd();
    const loaded = await loadConfig(cwd, parsed.commandLine.config);
    process.exitCode = await generateCommand(settingsOf(parsed.commandLine, loaded, cwd), cwd);
  } catch (error) {
    process.exitCode = complain(error);
  }
}

function complain(error: unknown): ExitCode {
  if (error instanceof UsageError) {
    process.stderr.write(`${error.message}\n`);
    return exitCode.badInput;
  }
  process.stderr.write(`${failureOf(error, "crd-gen").message}\n`);
  return exitCode.failed;
}

async function generateCommand(typed: Settings, cwd: string): Promise<ExitCode> {
  const interruption = listenForSignals();
  const settings = await withImportExtension(typed, cwd);
  if (settings.sources.includes("-") && process.stdin.isTTY) {
    process.stderr.write("reading standard input; end it with Ctrl-D\n");
  }
  const progress = progressLine(process.stderr, settings);
  const outcome = await run(settings, {
    cwd,
    version: ownVersion(),
    stages: { findSources, digestOfFile: digestOrNothing, load: loadStages },
    signal: interruption.signal,
    onProgress: progress.show,
    onWait: (other) => settings.quiet || process.stderr.write(`waiting for another run (process ${other})\n`),
    confirm:
      process.stdin.isTTY && process.stderr.isTTY ? (question) => confirm(question, interruption.signal) : undefined,
  });
  progress.clear();
  interruption.ignore();
  // What the run was waiting for, a connection perhaps, may keep the process alive: it has nothing left to do.
  if (outcome === undefined) process.exit(interruption.code());
  print(outcome, settings, path.resolve(cwd, settings.out));
  return outcome.exitCode;
}

function print(outcome: Outcome, settings: Settings, folder: string): void {
  process.stderr.write(problemsText(outcome));
  const done = outcome.exitCode === exitCode.done;
  const install = done && settings.options.typesOnly !== true ? runtimeInstallCommand(folder) : undefined;
  if (settings.json) process.stdout.write(summaryJson(outcome, settings, install));
  else if (settings.mode === "check" && !settings.quiet && (done || outcome.exitCode === exitCode.no))
    process.stdout.write(checkText(outcome, settings));
  else if (done && !settings.quiet) process.stdout.write(summaryText(outcome, settings, install));
}

async function withImportExtension(settings: Settings, cwd: string): Promise<Settings> {
  if (settings.options.importExtension !== undefined) return settings;
  const { importExtensionFor } = await import("./import-extension.ts");
  const importExtension = importExtensionFor(path.resolve(cwd, settings.out));
  return { ...settings, options: { ...settings.options, importExtension } };
}

function ownVersion(): string {
  const manifest: { version: string } = JSON.parse(
    readFileSync(new URL("../../package.json", import.meta.url), "utf8"),
  );
  return manifest.version;
}

/** A file that cannot be read has no digest; the run that looks into it says why. */
function digestOrNothing(source: FileSource): string | undefined {
  try {
    return digestOfFile(source);
  } catch {
    return undefined;
  }
}

/** Asks a person; everything but a yes is a no. */
async function confirm(question: string, signal: AbortSignal): Promise<boolean> {
  const { createInterface } = await import("node:readline/promises");
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(?:es)?$/i.test((await terminal.question(`${question} [y/N] `, { signal })).trim());
  } catch {
    return false;
  } finally {
    terminal.close();
  }
}

async function loadStages(): Promise<Stages> {
  const [{ readFileDocuments, readSourceDocuments }, generation] = await Promise.all([
    import("./read-source.ts"),
    import("../generate.ts"),
  ]);
  const { generatePart, duplicatedDefinitions, completeRun } = generation;
  return {
    readFileDocuments,
    readSourceDocuments,
    readCluster,
    generatePart,
    duplicatedDefinitions,
    completeRun,
  };
}

/** Loaded when it is needed: it brings the runtime. */
async function* readCluster(source: ClusterSource, options: ReadClusterOptions): AsyncGenerator<ClusterPage> {
  yield* (await import("../read/cluster.ts")).readCluster(source, options);
}

interface Interruption {
  readonly signal: AbortSignal;
  /** The exit code that the signal asks for. */
  readonly code: () => ExitCode;
  readonly ignore: () => void;
}

function listenForSignals(): Interruption {
  const controller = new AbortController();
  let code: ExitCode = exitCode.interrupted;
  const interrupt = (): void => controller.abort();
  const terminate = (): void => {
    code = exitCode.terminated;
    controller.abort();
  };
  process.on("SIGINT", interrupt);
  process.on("SIGTERM", terminate);
  return {
    signal: controller.signal,
    code: () => code,
    ignore: () => {
      process.off("SIGINT", interrupt);
      process.off("SIGTERM", terminate);
    },
  };
}
