import type { Diagnostic } from "../diagnostic.ts";
import type { Generated } from "../generated.ts";
import type { Lock } from "../output/lock.ts";
import { hasRemains } from "../output/remains.ts";
import type { FileSource, Source } from "../read/sources.ts";
import { isOutputIntact, type Reason, reasonsBetween } from "./comparison.ts";
import { type ExitCode, exitCode } from "./exit-code.ts";
import { contractVersion, lockedName, optionsText } from "./lock-of-run.ts";
import type { OutputPlan } from "./output-plan.ts";
import { lookAtOutput, type OutputTarget } from "./output-target.ts";
import type { Progress } from "./progress.ts";
import type { Settings } from "./settings.ts";
import type { FirstStages } from "./stages.ts";
import { Troubles } from "./troubles.ts";

/** What surrounds a run. */
export interface RunContext {
  /** The working directory, absolute. */
  readonly cwd: string;
  /** The version of crd-gen. */
  readonly version: string;
  readonly stages: FirstStages;
  /** When it is aborted the run ends soon, and leaves everything as it was. */
  readonly signal: AbortSignal;
  /** Told how far a long wait has come. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /** Told once if another run is waited for, by its process number. */
  readonly onWait?: ((process: number) => void) | undefined;
  /** Asks a person; undefined where there is none to ask. */
  readonly confirm?: ((question: string) => Promise<boolean>) | undefined;
}

/** What a run came to. */
export interface Outcome {
  readonly exitCode: ExitCode;
  /** Everything there is to say, in the order of the places it is about. */
  readonly diagnostics: readonly Diagnostic[];
  readonly generated: Generated;
  /** What was done with the output folder or, in a run that does not write, what would be; undefined where nothing could be. */
  readonly plan?: OutputPlan;
  /** In a run that compares, why the output differs, apart from its files. */
  readonly reasons: readonly Reason[];
  /** With `--diff`, what would change, in the unified format. */
  readonly difference?: string;
  /** The lock of an output with which nothing was to be done: no source was looked into. */
  readonly upToDate?: Lock;
}

/** What stands for the output of a run that has none. */
export const nothing: Generated = { resources: [], definitions: [], skipped: [], diagnostics: [], files: [] };

/** What a run knows before it looks into any source. */
export interface Beginning {
  readonly settings: Settings;
  readonly context: RunContext;
  readonly sources: readonly Source[];
  /** What is wrong with what was named as a source. */
  readonly diagnostics: readonly Diagnostic[];
  /** The digests of the files among them, where there is something to compare them with. */
  readonly digests: ReadonlyMap<FileSource, string>;
  readonly troubles: Troubles;
  /** The output folder; undefined where there is none to write into. */
  readonly target: OutputTarget | undefined;
}

/**
 * One run: sources, parts, completion, output. Either every file of the run is in its place afterwards, or the output is what it was.
 * Whatever is wrong with the input or the disk is in the outcome; undefined stands for a run that was aborted. Where nothing has
 * changed since the lock was written, that is all that is found out, and what generates is not even loaded.
 */
export async function run(settings: Settings, context: RunContext): Promise<Outcome | undefined> {
  const { stages, cwd, signal } = context;
  const found = await stages.findSources(settings.sources, cwd);
  const sources = settings.cluster === undefined ? found.sources : [settings.cluster, ...found.sources];
  const troubles = new Troubles();
  const target = troubles.attempt(settings.out, () => lookAtOutput(settings, cwd));
  const isComparable = target?.state.lock !== undefined && !settings.force;
  const digests = isComparable ? digestsOf(sources, stages) : new Map<FileSource, string>();
  const begun: Beginning = { settings, context, sources, diagnostics: found.diagnostics, digests, troubles, target };
  const lock = isComparable ? upToDateLock(begun, target) : undefined;
  if (lock !== undefined && found.diagnostics.length === 0)
    return { exitCode: exitCode.done, diagnostics: [], generated: nothing, reasons: [], upToDate: lock };
  if (signal.aborted) return undefined;
  const { fullRun } = await import("./full-run.ts");
  return fullRun(begun);
}

function digestsOf(sources: readonly Source[], stages: FirstStages): Map<FileSource, string> {
  const digests = new Map<FileSource, string>();
  for (const source of sources) {
    const digest = source.kind === "file" ? stages.digestOfFile(source) : undefined;
    if (source.kind === "file" && digest !== undefined) digests.set(source, digest);
  }
  return digests;
}

/** The lock, where a run could not but leave everything as it is. What is no file has to be read to be known. */
function upToDateLock(
  { settings, context, sources, digests }: Beginning,
  { folder, state }: OutputTarget,
): Lock | undefined {
  const { lock } = state;
  // What only some runs say has to be found out again.
  if (lock === undefined || settings.report !== undefined) return undefined;
  // It takes a claim to clear away what is left of a run that was killed.
  if (settings.mode === "write" && hasRemains(folder)) return undefined;
  if (settings.verbose && lock.sources.some(({ skipped }) => skipped > 0)) return undefined;
  const named = sources.flatMap((source) => {
    const digest = source.kind === "file" ? digests.get(source) : undefined;
    return digest === undefined ? [] : [{ name: lockedName(source, folder), digest, skipped: 0 }];
  });
  if (named.length < sources.length || !isOutputIntact(state)) return undefined;
  const { options } = settings;
  const now = { generator: context.version, contract: contractVersion, options: optionsText(options), sources: named };
  return reasonsBetween(state, now).length === 0 ? lock : undefined;
}
