import { type Diagnostic, hasErrors, sortDiagnostics } from "../diagnostic.ts";
import { sortedJson } from "../json.ts";
import { commit } from "../output/commit.ts";
import type { Lock, LockedDefinition } from "../output/lock.ts";
import { type Pulled, type PullSelection, pull } from "../pull/pull.ts";
import type { RawDocument } from "../read/raw-document.ts";
import { findSources, type Source } from "../read/sources.ts";
import type { ClusterPlace } from "../selection.ts";
import type { Reason } from "./comparison.ts";
import { type ExitCode, exitCode } from "./exit-code.ts";
import { failureDiagnostic } from "./failure.ts";
import { finishOutput } from "./finish-output.ts";
import type { Input } from "./input.ts";
import { contractVersion, lockedSource } from "./lock-of-run.ts";
import { type OpenedPlace, openPlace } from "./opened-place.ts";
import { type OutputPlan, planOutput } from "./output-plan.ts";
import { changeOf } from "./put-in-place.ts";
import { readSources } from "./read-source.ts";
import type { RunContext } from "./run.ts";
import type { OutputSettings } from "./settings.ts";
import { Troubles } from "./troubles.ts";

/** What surrounds a run of `crd-gen pull`. */
export interface PullContext extends Omit<RunContext, "stages"> {
  readonly selection: PullSelection;
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
  readonly documents: readonly RawDocument[];
  readonly digests: ReadonlyMap<Source, string>;
  readonly cluster: ClusterPlace | undefined;
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
  const sources = read.sources.map(({ name }) => name);
  const pulled = pull(read.documents, selection, { sources, cluster: read.cluster });
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
  const documents: RawDocument[] = [];
  const digests = new Map<Source, string>();
  let cluster: ClusterPlace | undefined;
  for await (const { source, read: part } of readSources(sources, context)) {
    documents.push(...part.documents);
    troubles.problems.push(...part.diagnostics);
    if (part.failure !== undefined) troubles.failures.push(part.failure);
    cluster ??= part.cluster;
    if (part.digest !== undefined) digests.set(source, part.digest);
  }
  return { sources, documents, digests, cluster };
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
  const plan = planOutput({ opened, generated: pulled, staged: [], superseded: [], lockOf });
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
  const definitions = pulled.resources.map(({ crd, file }): LockedDefinition => {
    const digest = digests.get(file.path) ?? "";
    return { name: crd, digest, versions: [], lost: 0, weaker: 0, comments: 0 };
  });
  const sources = read.sources.map((source) => {
    const skipped = pulled.skipped.filter(({ location }) => location.source === source.name).length;
    return lockedSource(source, { digest: read.digests.get(source), skipped, folder: opened.folder, definitions });
  });
  const selection = Object.entries(context.selection).filter(([, names]) => names !== undefined && names.length > 0);
  return {
    generator: context.version,
    contract: contractVersion,
    options: sortedJson({ pull: Object.fromEntries(selection) }),
    warnings: pulled.diagnostics.length,
    sources,
    definitions,
    files: files.map(({ path, digest }) => ({ path, digest })),
  };
}

/** The outcome of a run that wrote nothing. */
function unwritten(pulled: Pulled, { problems, failures }: Troubles): PullOutcome {
  const diagnostics = sortDiagnostics([...problems, ...failures.map(failureDiagnostic)]);
  const code = failures.length > 0 ? exitCode.failed : exitCode.badInput;
  return { exitCode: code, diagnostics, pulled, reasons: [] };
}
