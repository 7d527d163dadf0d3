import { randomBytes } from "node:crypto";
import { type Diagnostic, hasErrors, sortDiagnostics } from "../diagnostic.ts";
import type { Generated } from "../generated.ts";
import { discard } from "../output/commit.ts";
import { OutputFolder } from "../output/output-folder.ts";
import type { Source } from "../read/sources.ts";
import { Collection, collect, type StagingPlace } from "./collect.ts";
import { mergeDuplicates } from "./duplicates.ts";
import { type ExitCode, exitCode } from "./exit-code.ts";
import { failureDiagnostic, failureOf, outputDiagnostic } from "./failure.ts";
import type { Progress } from "./progress.ts";
import { putInPlace, type WrittenFile } from "./put-in-place.ts";
import type { Settings } from "./settings.ts";
import type { Stages } from "./stages.ts";

/** What surrounds a run. */
export interface RunContext {
  /** The working directory, absolute. */
  readonly cwd: string;
  readonly stages: Stages;
  /** When it is aborted the run ends soon, and leaves everything as it was. */
  readonly signal: AbortSignal;
  /** Told how far a long wait has come. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

/** What a run came to. */
export interface Outcome {
  readonly exitCode: ExitCode;
  /** Everything there is to say, in the order of the places it is about. */
  readonly diagnostics: readonly Diagnostic[];
  readonly generated: Generated;
  /** The whole output; empty where nothing was written. */
  readonly files: readonly WrittenFile[];
}

/**
 * One run: sources, parts, completion, output. Either every file of the run is in its place afterwards, or the output is what it was.
 * Whatever is wrong with the input or the disk is in the outcome; undefined stands for a run that was aborted.
 */
export async function run(settings: Settings, context: RunContext): Promise<Outcome | undefined> {
  const { stages, signal, cwd } = context;
  const collection = new Collection();
  const { place, problem } = openPlace(settings.out, cwd, collection);
  let written = false;
  try {
    const { sources, diagnostics } = await stages.findSources(settings.sources, cwd);
    const found = { sources: settings.cluster === undefined ? sources : [settings.cluster, ...sources], diagnostics };
    const generated = await generate(found, { settings, context, place, collection });
    if (signal.aborted) return undefined;
    const problems = [...problem, ...collection.problems, ...generated.diagnostics];
    if (hasErrors(problems) || collection.failures.length > 0 || place === undefined) {
      return unwritten(generated, problems, collection);
    }
    const result = putInPlace(generated, { place, staged: collection.staged, report: settings.report });
    written = result.kind === "written";
    if (result.kind === "refused") return unwritten(generated, [...problems, ...result.diagnostics], collection);
    if (result.kind === "failed") {
      collection.fail(result.failure);
      return unwritten(generated, problems, collection);
    }
    return { exitCode: exitCode.done, diagnostics: sortDiagnostics(problems), generated, files: result.files };
  } finally {
    if (place !== undefined)
      discard(place.folder, written ? collection.obsolete : [...collection.staged, ...collection.obsolete]);
  }
}

function openPlace(
  out: string,
  cwd: string,
  collection: Collection,
): { readonly place: StagingPlace | undefined; readonly problem: readonly Diagnostic[] } {
  try {
    const run = `${process.pid}-${randomBytes(6).toString("hex")}`;
    return { place: { folder: new OutputFolder(out, cwd), cwd, run }, problem: [] };
  } catch (error) {
    const problem = outputDiagnostic(error);
    if (problem === undefined) collection.fail(failureOf(error, out));
    return { place: undefined, problem: problem === undefined ? [] : [problem] };
  }
}

interface Generating {
  readonly settings: Settings;
  readonly context: RunContext;
  readonly place: StagingPlace | undefined;
  readonly collection: Collection;
}

/** The pure part of the run, spread over the threads; an exception becomes a failure of the collection. */
async function generate(
  { sources, diagnostics }: { readonly sources: readonly Source[]; readonly diagnostics: readonly Diagnostic[] },
  { settings, context, place, collection }: Generating,
): Promise<Generated> {
  const { stages, signal } = context;
  const { options, jobs } = settings;
  const { onProgress } = context;
  await collect({ sources, options, jobs, output: place, stages, signal, onProgress }, collection);
  const parts = [{ resources: [], definitions: [], skipped: [], diagnostics }, ...collection.parts];
  if (signal.aborted || collection.failures.some((failure) => failure.code !== "disk")) {
    // Not everything has been looked at, so nothing can be said of the whole.
    return {
      resources: [],
      definitions: [],
      skipped: [],
      diagnostics: parts.flatMap((part) => part.diagnostics),
      files: [],
    };
  }
  try {
    const merged = await mergeDuplicates(parts, { sources, options, stages, kept: collection.kept, signal });
    collection.setAside(merged.obsoletePaths);
    const names = sources.map(({ name }) => name);
    return stages.completeRun(merged.parts, options, names);
  } catch (error) {
    collection.fail(failureOf(error, "putting the parts together"));
    return { resources: [], definitions: [], skipped: [], diagnostics: [], files: [] };
  }
}

/** The outcome of a run that wrote nothing. What the disk refused is worth a word only when the input is right. */
function unwritten(generated: Generated, problems: readonly Diagnostic[], { failures }: Collection): Outcome {
  const badInput = hasErrors(problems);
  const told = failures.filter((failure) => failure.code !== "disk" || !badInput).map(failureDiagnostic);
  const diagnostics = sortDiagnostics([...problems, ...told]);
  return { exitCode: told.length > 0 ? exitCode.failed : exitCode.badInput, diagnostics, generated, files: [] };
}
