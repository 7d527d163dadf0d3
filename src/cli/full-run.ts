import { hasErrors, sortDiagnostics } from "../diagnostic.ts";
import type { Generated, Part } from "../generated.ts";
import type { Lock } from "../output/lock.ts";
import type { Source } from "../read/sources.ts";
import { Collection, collect } from "./collect.ts";
import { mergeDuplicates } from "./duplicates.ts";
import { exitCode } from "./exit-code.ts";
import { failureDiagnostic, failureOf, isOfDisk } from "./failure.ts";
import { type FinishedOutput, finishOutput } from "./finish-output.ts";
import { KnownParts } from "./known-parts.ts";
import { lockOfRun } from "./lock-of-run.ts";
import { type OpenedPlace, openPlace } from "./opened-place.ts";
import { type OutputPlan, planOutput } from "./output-plan.ts";
import { putInPlace } from "./put-in-place.ts";
import { type Beginning, nothing, type Outcome } from "./run.ts";
import type { Stages } from "./stages.ts";

/** A run that has something to do. The output folder, where one is to be had, is claimed for as long as it takes. */
export async function fullRun(begun: Beginning): Promise<Outcome | undefined> {
  const { settings, context, troubles, target } = begun;
  const { signal, cwd, onWait } = context;
  let opened: OpenedPlace | undefined;
  if (target !== undefined) {
    try {
      opened = await openPlace({ settings, cwd, known: target.state, signal, onWait });
    } catch (error) {
      troubles.note(error, settings.out);
    }
  }
  try {
    return signal.aborted ? undefined : await generateAndPlace(begun, opened);
  } finally {
    opened?.close();
  }
}

async function generateAndPlace(begun: Beginning, opened: OpenedPlace | undefined): Promise<Outcome | undefined> {
  const { settings, context, sources, digests, troubles } = begun;
  const stages = await context.stages.load();
  const collection = new Collection();
  const known = opened && new KnownParts(opened, settings, context.version);
  const left = known?.deliver(sources, digests, collection) ?? sources;
  const generated = await generate({ begun, left, collection, opened, stages });
  if (context.signal.aborted) return undefined;
  troubles.problems.push(...collection.problems, ...generated.diagnostics);
  troubles.failures.push(...collection.failures);
  if (isWrong(begun) || opened === undefined) return unwritten(generated, begun);
  const { staged, superseded, deliveries } = collection;
  const { options } = settings;
  const lockOf = (files: OutputPlan["files"]): Lock =>
    lockOfRun({ generator: context.version, options, generated, sources, deliveries, folder: opened.folder, files });
  const plan = troubles.attempt(settings.out, () => planOutput({ opened, generated, staged, superseded, lockOf }));
  if (plan === undefined) return unwritten(generated, begun);
  const outcome = await finish({ begun, opened, generated, plan });
  if (outcome?.exitCode === exitCode.done && settings.mode === "write") known?.keep(sources, deliveries);
  return outcome;
}

function isWrong({ troubles }: Beginning): boolean {
  return hasErrors(troubles.problems) || troubles.failures.length > 0;
}

interface Placing {
  readonly begun: Beginning;
  readonly opened: OpenedPlace;
  readonly generated: Generated;
  readonly plan: OutputPlan;
}

async function finish({ begun, opened, generated, plan }: Placing): Promise<Outcome | undefined> {
  const { settings, context, troubles } = begun;
  const { signal, confirm } = context;
  const put = (): void => putInPlace({ opened, plan, generated, report: settings.report });
  const finished = await finishOutput({ settings, opened, plan, troubles, signal, confirm, put });
  if (finished === undefined) return undefined;
  if (finished.exitCode === undefined) return { ...unwritten(generated, begun), ...withoutCode(finished) };
  return { ...finished, exitCode: finished.exitCode, diagnostics: sortDiagnostics(troubles.problems), generated };
}

function withoutCode({ exitCode: _, ...rest }: FinishedOutput): Omit<FinishedOutput, "exitCode"> {
  return rest;
}

interface Generating {
  readonly begun: Beginning;
  /** The sources that have to be looked into. */
  readonly left: readonly Source[];
  readonly collection: Collection;
  readonly opened: OpenedPlace | undefined;
  readonly stages: Stages;
}

/** The pure part of the run, spread over the threads; an exception becomes a failure of the collection. */
async function generate({ begun, left, collection, opened, stages }: Generating): Promise<Generated> {
  const { settings, context, sources } = begun;
  const { options, jobs } = settings;
  const { onProgress, signal } = context;
  await collect({ sources: left, options, jobs, output: opened?.place, stages, signal, onProgress }, collection);
  const parts: readonly Part[] = [{ ...nothing, diagnostics: begun.diagnostics }, ...collection.parts];
  if (signal.aborted || collection.failures.some(({ code }) => !isOfDisk(code))) {
    // Not everything has been looked at, so nothing can be said of the whole.
    return { ...nothing, diagnostics: parts.flatMap((part) => part.diagnostics) };
  }
  try {
    const { kept } = collection;
    const merged = await mergeDuplicates(parts, { sources, options, stages, kept, signal });
    collection.setAside(merged.obsoletePaths);
    const places = { sources: sources.map(({ name }) => name), cluster: collection.cluster };
    return stages.completeRun(merged.parts, options, places);
  } catch (error) {
    collection.fail(failureOf(error, "putting the parts together"));
    return nothing;
  }
}

/** The outcome of a run that wrote nothing. What the disk refused is worth a word only when the input is right. */
function unwritten(generated: Generated, { troubles }: Beginning): Outcome {
  const { problems, failures } = troubles;
  const badInput = hasErrors(problems);
  // Every thread may run into the same disk.
  const ofDisk = failures.find(({ code }) => isOfDisk(code));
  const told = failures.filter((failure) => !isOfDisk(failure.code) || (!badInput && failure === ofDisk));
  const diagnostics = sortDiagnostics([...problems, ...told.map(failureDiagnostic)]);
  const code = told.length > 0 ? exitCode.failed : exitCode.badInput;
  return { exitCode: code, diagnostics, generated, reasons: [] };
}
