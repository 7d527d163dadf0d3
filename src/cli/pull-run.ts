import { setImmediate } from "node:timers/promises";
import { type Diagnostic, hasErrors, sortDiagnostics } from "../diagnostic.ts";
import { digestOf } from "../digest.ts";
import { sortedJson } from "../json.ts";
import { commit } from "../output/commit.ts";
import type { Lock, LockedSource } from "../output/lock.ts";
import { type Pulled, type PullSelection, pull } from "../pull/pull.ts";
import type { RawDocument } from "../read/raw-document.ts";
import { findSources, type Source } from "../read/sources.ts";
import type { Reason } from "./comparison.ts";
import { type ExitCode, exitCode } from "./exit-code.ts";
import { failureDiagnostic, failureOf } from "./failure.ts";
import { finishOutput } from "./finish-output.ts";
import type { Input } from "./input.ts";
import { contractVersion, lockedName } from "./lock-of-run.ts";
import { type OpenedPlace, openPlace } from "./opened-place.ts";
import { type OutputPlan, planOutput } from "./output-plan.ts";
import type { Progress } from "./progress.ts";
import { changeOf } from "./put-in-place.ts";
import { readSourceInParts } from "./read-source.ts";
import type { OutputSettings } from "./settings.ts";
import { Troubles } from "./troubles.ts";

/** What surrounds a run of `crd-gen pull`. */
export interface PullContext {
  /** The working directory, absolute. */
  readonly cwd: string;
  /** The version of crd-gen. */
  readonly version: string;
  readonly selection: PullSelection;
  /** When it is aborted the run ends soon, and leaves everything as it was. */
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
  /** Told once if another run is waited for, by its process number. */
  readonly onWait: (process: number) => void;
  readonly confirm: ((question: string) => Promise<boolean>) | undefined;
}

/** What a run of `crd-gen pull` came to. */
export interface PullOutcome {
  readonly exitCode: ExitCode;
  readonly diagnostics: readonly Diagnostic[];
  readonly pulled: Pulled;
  /** What was done with the folder or, in a run that does not write, what would be; undefined where nothing could be. */
  readonly plan?: OutputPlan;
  readonly reasons: readonly Reason[];
  /** With `--diff`, what would change, in the unified format. */
  readonly difference?: string;
}

/** All documents of the sources, and the digest of each that has a text. */
interface ReadSources {
  readonly sources: readonly Source[];
  readonly documents: RawDocument[];
  readonly digests: Map<Source, string>;
}

/**
 * Pulls definitions: sources, files, output. Either every file is in its place afterwards, or the folder is what it was. Undefined where
 * the signal was aborted meanwhile.
 */
export async function runPull(
  input: Input,
  settings: OutputSettings,
  context: PullContext,
): Promise<PullOutcome | undefined> {
  const troubles = new Troubles();
  const read = await readAll(input, context, troubles);
  const { selection, signal, cwd, onWait } = context;
  if (signal.aborted) return undefined;
  // What was wrong with a source leaves too little to say what is missing in the whole.
  const isWhole = !hasErrors(troubles.problems) && troubles.failures.length === 0;
  const pulled = pull(read.documents, selection);
  troubles.problems.push(...pulled.diagnostics.filter(({ code }) => isWhole || code !== "nothing-found"));
  if (hasErrors(troubles.problems) || troubles.failures.length > 0) return unwritten(pulled, troubles);
  let opened: OpenedPlace | undefined;
  try {
    opened = await openPlace({ settings, cwd, signal, onWait });
    return opened && (await place({ read, pulled, opened, settings, context, troubles }));
  } catch (error) {
    troubles.note(error, settings.out);
    return unwritten(pulled, troubles);
  } finally {
    opened?.close();
  }
}

async function readAll(input: Input, context: PullContext, troubles: Troubles): Promise<ReadSources> {
  const found = await findSources(input.sources, context.cwd);
  troubles.problems.push(...found.diagnostics);
  const sources: readonly Source[] = input.cluster === undefined ? found.sources : [input.cluster, ...found.sources];
  const read: ReadSources = { sources, documents: [], digests: new Map() };
  for (const source of sources) {
    try {
      for await (const part of readSourceInParts(source, context)) {
        read.documents.push(...part.documents);
        troubles.problems.push(...part.diagnostics);
        if (part.failure !== undefined) troubles.failures.push(part.failure);
        if (part.digest !== undefined) read.digests.set(source, part.digest);
      }
    } catch (error) {
      if (context.signal.aborted) return read;
      troubles.failures.push(failureOf(error, source.name));
    }
    // Signals are heard between sources.
    await setImmediate();
  }
  return read;
}

interface Placing {
  readonly read: ReadSources;
  readonly pulled: Pulled;
  readonly opened: OpenedPlace;
  readonly settings: OutputSettings;
  readonly context: PullContext;
  readonly troubles: Troubles;
}

async function place(placing: Placing): Promise<PullOutcome | undefined> {
  const { pulled, opened, settings, context, troubles } = placing;
  const lockOf = (files: OutputPlan["files"]): Lock => lockOfPull(placing, files);
  const plan = planOutput({ opened, generated: pulled, staged: [], lockOf });
  const put = (): void => commit(opened.folder, changeOf(opened, plan));
  const { signal, confirm } = context;
  const finished = await finishOutput({ settings, opened, plan, troubles, signal, confirm, put });
  if (finished === undefined) return undefined;
  const { exitCode: code, ...shown } = finished;
  if (code === undefined) return { ...unwritten(pulled, troubles), ...shown };
  return { exitCode: code, diagnostics: sortDiagnostics(troubles.problems), pulled, ...shown };
}

function lockOfPull({ read, pulled, opened, context }: Placing, files: OutputPlan["files"]): Lock {
  const digests = new Map(files.map(({ path, digest }) => [path, digest]));
  const digestOfDefinition = (path: string): string => digests.get(path) ?? "";
  const ofDefinitions = digestOf(
    pulled.resources.map(({ crd, file }) => `${crd} ${digestOfDefinition(file.path)}\n`).join(""),
  );
  const sources = read.sources.map((source): LockedSource => {
    const skipped = pulled.skipped.filter(({ location }) => location.source === source.name).length;
    return { name: lockedName(source, opened.folder), digest: read.digests.get(source) ?? ofDefinitions, skipped };
  });
  const selection = Object.entries(context.selection).filter(([, names]) => names !== undefined && names.length > 0);
  return {
    generator: context.version,
    contract: contractVersion,
    options: sortedJson({ pull: Object.fromEntries(selection) }),
    warnings: pulled.diagnostics.length,
    sources,
    definitions: pulled.resources.map(({ crd, file }) => ({
      name: crd,
      digest: digestOfDefinition(file.path),
      versions: [],
      lost: 0,
      weaker: 0,
      comments: 0,
    })),
    files: files.map(({ path, digest }) => ({ path, digest })),
  };
}

/** The outcome of a run that wrote nothing. */
function unwritten(pulled: Pulled, { problems, failures }: Troubles): PullOutcome {
  const diagnostics = sortDiagnostics([...problems, ...failures.map(failureDiagnostic)]);
  const code = failures.length > 0 ? exitCode.failed : exitCode.badInput;
  return { exitCode: code, diagnostics, pulled, reasons: [] };
}
