import { type Diagnostic, hasErrors, sortDiagnostics } from "../diagnostic.ts";
import type { Generated } from "../generated.ts";
import type { Lock } from "../output/lock.ts";
import type { FileSource, Source } from "../read/sources.ts";
import { Collection, collect } from "./collect.ts";
import { isOutputIntact, type Reason, reasonsBetween } from "./comparison.ts";
import { differenceOf } from "./difference.ts";
import { mergeDuplicates } from "./duplicates.ts";
import { type ExitCode, exitCode } from "./exit-code.ts";
import { failureDiagnostic, failureOf, outputDiagnostic } from "./failure.ts";
import { KnownParts } from "./known-parts.ts";
import { contractVersion, lockedName, lockOfRun, optionsText } from "./lock-of-run.ts";
import { type OutputPlan, planOutput } from "./output-plan.ts";
import { lookAtOutput, type OpenedPlace, type OutputTarget, openPlace } from "./output-target.ts";
import type { Progress } from "./progress.ts";
import { putInPlace } from "./put-in-place.ts";
import { refuseLargeRemoval } from "./removal.ts";
import type { Settings } from "./settings.ts";
import type { FirstStages, Stages } from "./stages.ts";

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

const nothing: Generated = { resources: [], definitions: [], skipped: [], diagnostics: [], files: [] };

/** Everything that a run knows from its beginning on. */
interface Run {
  readonly settings: Settings;
  readonly context: RunContext;
  readonly sources: readonly Source[];
  /** The digests of the files among them. */
  readonly digests: ReadonlyMap<FileSource, string>;
  readonly collection: Collection;
}

/**
 * One run: sources, parts, completion, output. Either every file of the run is in its place afterwards, or the output is what it was.
 * Whatever is wrong with the input or the disk is in the outcome; undefined stands for a run that was aborted.
 */
export async function run(settings: Settings, context: RunContext): Promise<Outcome | undefined> {
  const { stages, cwd, signal } = context;
  const found = await stages.findSources(settings.sources, cwd);
  const sources = settings.cluster === undefined ? found.sources : [settings.cluster, ...found.sources];
  const collection = new Collection();
  const base = { settings, context, sources, digests: new Map(), collection };
  const problems = [...found.diagnostics];
  const target = guarded(() => lookAtOutput(settings, cwd), { collection, problems, subject: settings.out });
  if (target?.state.lock === undefined || settings.force) return write(base, problems, target !== undefined);
  const begun: Run = { ...base, digests: digestsOf(sources, stages) };
  const lock = upToDateLock(begun, target);
  if (lock !== undefined && problems.length === 0)
    return { exitCode: exitCode.done, diagnostics: [], generated: nothing, reasons: [], upToDate: lock };
  if (signal.aborted) return undefined;
  return write(begun, problems, true);
}

/** The output folder, where one is to be had, is only claimed when there is something to do. */
async function write(begun: Run, problems: Diagnostic[], isUsable: boolean): Promise<Outcome | undefined> {
  const { settings, context, collection } = begun;
  const { signal, cwd, onWait } = context;
  let opened: OpenedPlace | undefined;
  if (isUsable) {
    try {
      opened = await openPlace({ settings, cwd, signal, onWait });
    } catch (error) {
      note(error, { collection, problems, subject: settings.out });
    }
  }
  try {
    if (signal.aborted) return undefined;
    return await generateAndPlace(begun, opened, problems);
  } finally {
    opened?.close();
  }
}

async function generateAndPlace(
  begun: Run,
  opened: OpenedPlace | undefined,
  problems: Diagnostic[],
): Promise<Outcome | undefined> {
  const { settings, context, collection } = begun;
  const stages = await context.stages.load();
  const known = opened === undefined ? undefined : new KnownParts(opened, settings, context.version);
  const left = known === undefined ? begun.sources : known.deliver(begun.sources, begun.digests, collection);
  const generated = await generate({ ...begun, left }, stages, opened);
  if (context.signal.aborted) return undefined;
  problems.push(...collection.problems, ...generated.diagnostics);
  if (hasErrors(problems) || collection.failures.length > 0 || opened === undefined) {
    return unwritten(generated, problems, collection);
  }
  const lockOf = (files: OutputPlan["files"]): Lock =>
    lockOfRun({
      generator: context.version,
      options: settings.options,
      generated,
      sources: begun.sources,
      deliveries: collection.deliveries,
      folder: opened.folder,
      files,
    });
  const plan = guarded(() => planOutput({ opened, generated, staged: collection.staged, lockOf }), {
    collection,
    problems,
    subject: settings.out,
  });
  if (plan === undefined) return unwritten(generated, problems, collection);
  const outcome = await finish({ begun, opened, generated, problems, plan });
  if (outcome?.exitCode === exitCode.done) known?.keep(begun.sources, collection.deliveries);
  return outcome;
}

interface Finishing {
  readonly begun: Run;
  readonly opened: OpenedPlace;
  readonly generated: Generated;
  readonly problems: Diagnostic[];
  readonly plan: OutputPlan;
}

async function finish({ begun, opened, generated, problems, plan }: Finishing): Promise<Outcome | undefined> {
  const { settings, context, collection } = begun;
  const { place, state } = opened;
  const shown = settings.diff ? { plan, difference: await differenceOf(opened.folder, plan) } : { plan };
  if (settings.mode === "check") {
    const reasons = reasonsBetween(state, plan.lock);
    const code = isAsPlanned(plan) ? exitCode.done : exitCode.no;
    return { exitCode: code, diagnostics: sortDiagnostics(problems), generated, ...shown, reasons };
  }
  problems.push(...plan.refused);
  if (plan.refused.length === 0) problems.push(...(await refuseLargeRemoval(plan, state, settings, context.confirm)));
  if (context.signal.aborted) return undefined;
  if (hasErrors(problems)) return { ...unwritten(generated, problems, collection), ...shown };
  if (settings.mode === "write") {
    const subject = settings.out;
    guarded(() => putInPlace({ place, plan, generated, report: settings.report }), { collection, problems, subject });
    if (hasErrors(problems) || collection.failures.length > 0) return unwritten(generated, problems, collection);
  }
  return { exitCode: exitCode.done, diagnostics: sortDiagnostics(problems), generated, ...shown, reasons: [] };
}

/** Whether a run would change nothing at all. */
function isAsPlanned({ files, obsolete, lockText }: OutputPlan): boolean {
  return lockText === undefined && obsolete.length === 0 && files.every(({ state }) => state === "unchanged");
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
function upToDateLock({ settings, context, sources, digests }: Run, { folder, state }: OutputTarget): Lock | undefined {
  const { lock } = state;
  // What only some runs say has to be found out again.
  if (lock === undefined || settings.report !== undefined) return undefined;
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

/** The pure part of the run, spread over the threads; an exception becomes a failure of the collection. */
async function generate(
  { settings, context, sources, left, collection }: Run & { readonly left: readonly Source[] },
  stages: Stages,
  opened: OpenedPlace | undefined,
): Promise<Generated> {
  const { options, jobs } = settings;
  const { onProgress, signal } = context;
  await collect({ sources: left, options, jobs, output: opened?.place, stages, signal, onProgress }, collection);
  if (signal.aborted || collection.failures.some((failure) => failure.code !== "disk" && failure.code !== "busy")) {
    // Not everything has been looked at, so nothing can be said of the whole.
    return { ...nothing, diagnostics: collection.parts.flatMap((part) => part.diagnostics) };
  }
  try {
    const kept = collection.kept;
    const merged = await mergeDuplicates(collection.parts, { sources, options, stages, kept, signal });
    collection.setAside(merged.obsoletePaths);
    const names = sources.map(({ name }) => name);
    return stages.completeRun(merged.parts, options, names);
  } catch (error) {
    collection.fail(failureOf(error, "putting the parts together"));
    return nothing;
  }
}

interface Noting {
  readonly collection: Collection;
  readonly problems: Diagnostic[];
  /** What was worked on. */
  readonly subject: string;
}

/** Does something with the output folder; what is wrong with it is noted. */
function guarded<Result>(action: () => Result, noting: Noting): Result | undefined {
  try {
    return action();
  } catch (error) {
    note(error, noting);
    return undefined;
  }
}

function note(error: unknown, { collection, problems, subject }: Noting): void {
  const problem = outputDiagnostic(error);
  if (problem === undefined) collection.fail(failureOf(error, subject));
  else problems.push(problem);
}

/** The outcome of a run that wrote nothing. What the disk refused is worth a word only when the input is right. */
function unwritten(generated: Generated, problems: readonly Diagnostic[], { failures }: Collection): Outcome {
  const badInput = hasErrors(problems);
  const told = failures.filter((failure) => (failure.code !== "disk" && failure.code !== "busy") || !badInput);
  const diagnostics = sortDiagnostics([...problems, ...told.map(failureDiagnostic)]);
  const code = told.length > 0 ? exitCode.failed : exitCode.badInput;
  return { exitCode: code, diagnostics, generated, reasons: [] };
}
