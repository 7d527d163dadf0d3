import { setImmediate } from "node:timers/promises";
import type { Diagnostic } from "../diagnostic.ts";
import type { GenerateOptions, Part } from "../generated.ts";
import { compareText } from "../json.ts";
import type { OutputFolder } from "../output/output-folder.ts";
import type { OwnedFiles } from "../output/owned-files.ts";
import { type StagedFile, Stager, type StagerOptions } from "../output/stage.ts";
import type { RawDocument } from "../read/raw-document.ts";
import type { ClusterSource, FileSource, Source, TextSource } from "../read/sources.ts";
import type { ClusterPlace } from "../selection.ts";
import { Control } from "./control.ts";
import { type Failure, failureOf } from "./failure.ts";
import type { Progress } from "./progress.ts";
import type { SourceDocuments, Stages } from "./stages.ts";
import { startThreads, threadCount, type WorkerOrder } from "./threads.ts";
import { type Delivery, processSource, type Receiver, type SourceWork, work } from "./work.ts";

/** All sources of a run, and how they are to become parts. */
export interface Collecting {
  readonly sources: readonly Source[];
  readonly options: GenerateOptions;
  readonly jobs: number | undefined;
  readonly output: StagingPlace | undefined;
  readonly stages: Stages;
  readonly signal: AbortSignal;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

/** The output folder, and where files wait until they are renamed into it. */
export interface StagingPlace {
  readonly folder: OutputFolder;
  readonly cwd: string;
  /** The absolute path of the folder where files wait; undefined in a run that only compares. */
  readonly waiting: string | undefined;
  readonly owned: OwnedFiles;
}

/** What a stager of a place has to know of it, on whichever thread. */
export function stagerOptions({ waiting, owned }: StagingPlace): StagerOptions {
  return { waiting, owned };
}

/** Everything that the threads of a run have handed over, by the order of the sources whatever the order of its arrival. */
export class Collection implements Receiver {
  readonly failures: Failure[] = [];
  /** Documents of sources that cannot be read a second time as a file can. */
  readonly kept: Map<Source, SourceDocuments> = new Map();
  /** Which cluster was read, as soon as it is known. */
  cluster: ClusterPlace | undefined;
  readonly #deliveries: Delivery[] = [];
  #obsoletePaths: ReadonlySet<string> = new Set();

  /** Keeps what one source became. */
  deliver(delivery: Delivery): void {
    this.#deliveries.push(delivery);
  }

  /** Keeps why something could not be done. */
  fail(failure: Failure): void {
    this.failures.push(failure);
  }

  /** What the sources became, each by itself. */
  get parts(): readonly Part[] {
    return this.#sorted().map((delivery) => delivery.part);
  }

  /** Everything that was handed over, in the order of the sources. */
  get deliveries(): readonly Delivery[] {
    return this.#sorted();
  }

  /** The staged files that belong to the output. */
  get staged(): readonly StagedFile[] {
    return this.#stagedFiles().filter((file) => !this.#obsoletePaths.has(file.path));
  }

  /** The staged files that were set aside. */
  get superseded(): readonly StagedFile[] {
    return this.#stagedFiles().filter((file) => this.#obsoletePaths.has(file.path));
  }

  /** Leaves out what was staged for these paths: it is made anew. */
  setAside(paths: ReadonlySet<string>): void {
    this.#obsoletePaths = paths;
  }

  /** What is wrong with the places of files, each thing once. */
  get problems(): readonly Diagnostic[] {
    const problems = this.#deliveries.flatMap((delivery) => delivery.problems);
    return [...new Map(problems.map((problem) => [problem.message, problem])).values()];
  }

  #stagedFiles(): readonly StagedFile[] {
    return this.#sorted().flatMap((delivery) => delivery.staged);
  }

  #sorted(): readonly Delivery[] {
    return this.#deliveries.sort((one, other) => compareText(one.source, other.source));
  }
}

/**
 * Turns all sources into parts and stages their files, on as many threads as are worth it; this thread is one of them. Files go from
 * the largest to the smallest, so that no thread is left with a large one at the end. Everything ends up in the collection, errors too.
 */
export async function collect(collecting: Collecting, collection: Collection): Promise<void> {
  const { sources, options, jobs, output, stages, signal } = collecting;
  const files = sources
    .filter((source) => source.kind === "file")
    .sort((one, other) => (other.size ?? 0) - (one.size ?? 0) || compareText(one.name, other.name));
  const control = new Control();
  const abortion = listenFor(signal, () => control.stop());
  const count = threadCount(
    files.map((file) => file.size ?? 0),
    jobs,
  );
  const orders = Array.from({ length: count - 1 }, () => workerOrder(collecting, files, control));
  const receiver = counting(collection, files.length, collecting.onProgress);
  const threads = startThreads(orders, control, receiver);
  try {
    const stager = output && new Stager(output.folder, stagerOptions(output));
    await work({ sources: files, options, control, stager }, stages, receiver);
    const others = sources.filter((source) => source.kind !== "file");
    await readOthers(others, { common: { options, control, stager }, collecting, collection, abortion });
    if (!control.stopped) await Promise.race([threads.ended, abortion.happened]);
  } finally {
    abortion.ignore();
    await threads.terminate();
  }
}

/** So many files are one step of progress: fewer are done before anybody could read how many are. */
const filesPerStep = 25;

/** Hands everything on, and tells how many files are done. */
function counting(receiver: Receiver, all: number, onProgress: ((progress: Progress) => void) | undefined): Receiver {
  let done = 0;
  return {
    deliver: (delivery) => {
      receiver.deliver(delivery);
      done += 1;
      if (done % filesPerStep === 0) onProgress?.({ what: "files", done, all });
    },
    fail: (failure) => receiver.fail(failure),
  };
}

function workerOrder({ options, output }: Collecting, sources: readonly FileSource[], control: Control): WorkerOrder {
  return {
    sources,
    options,
    memory: control.memory,
    output: output && { name: output.folder.name, cwd: output.cwd, stager: stagerOptions(output) },
  };
}

/** What the main thread needs to read sources that are no files. */
interface OtherWork {
  readonly common: Omit<SourceWork, "read" | "source">;
  readonly collecting: Collecting;
  readonly collection: Collection;
  readonly abortion: Abortion;
}

/** What is no file is read by the main thread alone: there is one standard input, and what is waited for is the network. */
async function readOthers(sources: readonly Source[], other: OtherWork): Promise<void> {
  const { common, collecting, collection } = other;
  for (const source of sources) {
    if (common.control.stopped) return;
    try {
      if (source.kind === "cluster") await readPages(source, other);
      else await readText(source, other);
    } catch (error) {
      if (collecting.signal.aborted) return;
      common.control.stop();
      collection.fail(failureOf(error, source.name));
    }
  }
}

async function readText(source: TextSource, { common, collecting, collection, abortion }: OtherWork): Promise<void> {
  const { stages, signal } = collecting;
  const read = await Promise.race([stages.readSourceDocuments(source, signal), abortion.happened]);
  if (read === undefined) return;
  if (collecting.sources.length > 1) collection.kept.set(source, read);
  await processSource({ ...common, source: source.name, read: () => read }, stages, collection);
}

/** Documents of a cluster that are turned into parts without looking at the network: about a tenth of a second. */
const batchSize = 16;

/** Reads a cluster, and turns each page into parts while the next one travels. */
async function readPages(source: ClusterSource, { common, collecting, collection }: OtherWork): Promise<void> {
  const { stages, signal, options, onProgress } = collecting;
  const kept: RawDocument[] = [];
  let done = 0;
  for await (const page of stages.readCluster(source, { crds: options.crds, signal })) {
    const { documents, remaining, cluster } = page;
    collection.cluster = cluster;
    const all = remaining === undefined ? undefined : done + documents.length + remaining;
    if (collecting.sources.length > 1) kept.push(...documents);
    for (let begin = 0; begin < documents.length; begin += batchSize) {
      if (common.control.stopped) return;
      const batch = documents.slice(begin, begin + batchSize);
      const read = (): SourceDocuments => ({ documents: batch, diagnostics: [] });
      await processSource({ ...common, source: source.name, read }, stages, collection);
      done += batch.length;
      onProgress?.({ what: `definitions of ${cluster.name} at ${cluster.server}`, done, all });
      await setImmediate();
    }
  }
  if (kept.length > 0) collection.kept.set(source, { documents: kept, diagnostics: [] });
}

interface Abortion {
  /** Never settles unless the signal is aborted. */
  readonly happened: Promise<undefined>;
  readonly ignore: () => void;
}

function listenFor(signal: AbortSignal, stop: () => void): Abortion {
  let settle: (() => void) | undefined;
  const happened = new Promise<undefined>((resolve) => {
    settle = () => resolve(undefined);
  });
  const hear = (): void => {
    stop();
    settle?.();
  };
  if (signal.aborted) hear();
  else signal.addEventListener("abort", hear);
  return { happened, ignore: () => signal.removeEventListener("abort", hear) };
}
