import { setImmediate } from "node:timers/promises";
import { type Diagnostic, hasErrors } from "../diagnostic.ts";
import {
  filesOfResource,
  type GeneratedFile,
  type GeneratedResource,
  type GenerateOptions,
  type Part,
} from "../generated.ts";
import type { PlannedFile, StagedFile, Stager } from "../output/stage.ts";
import type { FileSource } from "../read/sources.ts";
import type { Control } from "./control.ts";
import { type Failure, failureOf, outputDiagnostic } from "./failure.ts";
import type { PartStages, SourceDocuments } from "./stages.ts";

/** What one source became. The contents of its files are on the disk, beside their places. */
export interface Delivery {
  /** The name of the source. */
  readonly source: string;
  /** Of the bytes of the source, where they are known. */
  readonly digest: string | undefined;
  /** Its files have empty contents. */
  readonly part: Part;
  readonly staged: readonly StagedFile[];
  /** What is wrong with the places of its files. */
  readonly problems: readonly Diagnostic[];
}

/** Where a thread's results go. */
export interface Receiver {
  readonly deliver: (delivery: Delivery) => void;
  readonly fail: (failure: Failure) => void;
}

/** The files of a run and how to turn them into parts; the same for every thread but for the stager. */
export interface Work {
  readonly sources: readonly FileSource[];
  readonly options: GenerateOptions;
  readonly control: Control;
  /** Undefined where the output folder cannot be written into: the input is then only checked. */
  readonly stager: Stager | undefined;
}

/** Takes one source file after the other until none is left: reads it, generates its part and stages its files. */
export async function work(job: Work, stages: PartStages, receiver: Receiver): Promise<void> {
  const { sources, control } = job;
  while (!control.stopped) {
    const source = sources[control.take()];
    if (source === undefined) return;
    try {
      await processSource(
        { ...job, source: source.name, read: () => stages.readFileDocuments(source) },
        stages,
        receiver,
      );
    } catch (error) {
      control.stop();
      receiver.fail(failureOf(error, source.name));
    }
    // Signals and the messages of other threads are heard between sources.
    await setImmediate();
  }
}

/** One source of the work, however it is read. */
export interface SourceWork extends Omit<Work, "sources"> {
  /** Its name. */
  readonly source: string;
  readonly read: () => SourceDocuments;
}

/** Turns one source into a delivery and writes its files. What the disk refuses is handed over as a failure; any other error is thrown. */
export async function processSource(job: SourceWork, stages: PartStages, receiver: Receiver): Promise<void> {
  const { source, control, stager } = job;
  const read = job.read();
  if (read.failure !== undefined) receiver.fail(read.failure);
  const part = await generateSource(read, job.options, stages);
  if (hasErrors(part.diagnostics)) control.stopStaging();
  const files = part.resources.flatMap(filesOfResource);
  const problems: Diagnostic[] = [];
  const planned: PlannedFile[] = [];
  const failure = stager && reasonOfFailure(() => planFiles(stager, files, { planned, problems }));
  if (failure !== undefined || problems.length > 0) control.stopStaging();
  const staged = planned.map((plan) => plan.staged);
  receiver.deliver({ source, digest: read.digest, part: withoutContents(part), staged, problems });
  const cause = failure ?? (stager && reasonOfFailure(() => writeFiles(stager, planned, control)));
  if (cause === undefined) return;
  control.stopStaging();
  receiver.fail(cause);
}

function reasonOfFailure(action: () => void): Failure | undefined {
  try {
    action();
    return undefined;
  } catch (error) {
    return failureOf(error, "the output folder");
  }
}

function writeFiles(stager: Stager, planned: readonly PlannedFile[], control: Control): void {
  for (const plan of planned) {
    if (!control.staging) return;
    stager.write(plan);
  }
}

/** Generates the part of a source; what is wrong with reading it comes first among its diagnostics. */
async function generateSource(read: SourceDocuments, options: GenerateOptions, stages: PartStages): Promise<Part> {
  const part = await stages.generatePart(read.documents, options);
  return { ...part, diagnostics: [...read.diagnostics, ...part.diagnostics] };
}

/**
 * Plans every file; what the user is to put right is added to the problems.
 *
 * @throws OutputError `disk`
 */
export function planFiles(
  stager: Stager,
  files: readonly GeneratedFile[],
  into: { readonly planned: PlannedFile[]; readonly problems: Diagnostic[] },
): void {
  for (const file of files) {
    try {
      into.planned.push(stager.plan(file));
    } catch (error) {
      const problem = outputDiagnostic(error);
      if (problem === undefined) throw error;
      into.problems.push(problem);
    }
  }
}

function withoutContents(part: Part): Part {
  const resources = part.resources.map(
    ({ definition, ...resource }): GeneratedResource => ({
      ...resource,
      kinds: resource.kinds.map((kind) => ({ ...kind, file: withoutContent(kind.file) })),
      ...(definition === undefined ? {} : { definition: withoutContent(definition) }),
    }),
  );
  return { ...part, resources };
}

function withoutContent({ path }: GeneratedFile): GeneratedFile {
  return { path, content: "" };
}
