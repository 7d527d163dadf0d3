import * as path from "node:path";
import { type Diagnostic, hasErrors } from "../diagnostic.ts";
import { digestOf } from "../digest.ts";
import { filesOfResource, type Generated, type GeneratedResource, type GenerateOptions } from "../generated.ts";
import { sortedJson } from "../json.ts";
import type { Lock, LockedDefinition, LockedSource } from "../output/lock.ts";
import type { OutputFolder } from "../output/output-folder.ts";
import type { StagedFile } from "../output/stage.ts";
import type { Source } from "../read/sources.ts";
import type { Delivery } from "./work.ts";

/** The version of the contract that generated files stand on: `@crd-gen/runtime/gen/v1`. */
export const contractVersion = "v1";

/** The options that shape the output, as canonical JSON: lists of names in order, what is not said left out. */
export function optionsText({ listJsdoc: _, ...shaping }: GenerateOptions): string {
  const lists = Object.entries(shaping).map(([name, value]) => [
    name,
    Array.isArray(value) ? [...value].sort() : value,
  ]);
  return sortedJson(Object.fromEntries(lists));
}

/** What a lock calls a source: a file by its way from the output folder, with `/`, so that the working directory does not matter. */
export function lockedName(source: Source, folder: OutputFolder): string {
  if (source.kind !== "file") return source.name;
  return path.relative(folder.root, source.path).split(path.sep).join("/");
}

/** What is known at the end of a run. */
export interface RunForLock {
  readonly generator: string;
  readonly options: GenerateOptions;
  readonly generated: Generated;
  readonly sources: readonly Source[];
  readonly deliveries: readonly Delivery[];
  readonly folder: OutputFolder;
  /** All files of the output. */
  readonly files: readonly StagedFile[];
}

/** The lock of a run that succeeds. */
export function lockOfRun(run: RunForLock): Lock {
  const { generator, options, generated, files } = run;
  const digests = new Map(files.map(({ path: file, digest }) => [file, digest]));
  const definitions = generated.resources.map((resource) => lockedDefinition(resource, digests));
  const deliveries = deliveriesBySource(run.deliveries);
  return {
    generator,
    contract: contractVersion,
    options: optionsText(options),
    warnings: warningsOf(generated.diagnostics),
    sources: run.sources.map((source) => {
      const own = deliveries.get(source.name) ?? [];
      const skipped = own.reduce((sum, { part }) => sum + part.skipped.length, 0);
      return lockedSource(source, { digest: own[0]?.digest, skipped, folder: run.folder, definitions });
    }),
    definitions,
    files: files.map(({ path: file, digest }) => ({ path: file, digest })),
  };
}

/** A cluster is delivered in many parts. */
function deliveriesBySource(deliveries: readonly Delivery[]): ReadonlyMap<string, readonly Delivery[]> {
  const bySource = new Map<string, Delivery[]>();
  for (const delivery of deliveries) {
    const own = bySource.get(delivery.source);
    if (own === undefined) bySource.set(delivery.source, [delivery]);
    else own.push(delivery);
  }
  return bySource;
}

function warningsOf(diagnostics: readonly Diagnostic[]): number {
  return hasErrors(diagnostics) ? 0 : diagnostics.length;
}

/** What is known of a source at the end of a run. */
export interface SourceForLock {
  /** Of its bytes; undefined for a cluster. */
  readonly digest: string | undefined;
  /** Documents in it that hold no definition. */
  readonly skipped: number;
  readonly folder: OutputFolder;
  readonly definitions: readonly LockedDefinition[];
}

/** A source as a lock lists it. */
export function lockedSource(source: Source, { digest, skipped, folder, definitions }: SourceForLock): LockedSource {
  const ofDefinitions = (): string => digestOf(definitions.map((one) => `${one.name} ${one.digest}\n`).join(""));
  return { name: lockedName(source, folder), digest: digest ?? ofDefinitions(), skipped };
}

function lockedDefinition(resource: GeneratedResource, digests: ReadonlyMap<string, string>): LockedDefinition {
  const { crd, kinds, losses, jsdocCounts } = resource;
  const counted = (kind: "lost" | "weaker"): number => losses.filter((loss) => loss.class === kind).length;
  return {
    name: crd,
    digest: digestOf(
      filesOfResource(resource)
        .map(({ path: file }) => `${digests.get(file) ?? ""}\n`)
        .join(""),
    ),
    versions: kinds.map(({ version }) => version),
    lost: counted("lost"),
    weaker: counted("weaker"),
    comments: Object.values(jsdocCounts).reduce((sum, count) => sum + count, 0),
  };
}
