import type { StagedFile } from "../output/stage.ts";
import type { FileSource, Source } from "../read/sources.ts";
import type { Collection } from "./collect.ts";
import { lockedName, optionsText } from "./lock-of-run.ts";
import type { OpenedPlace } from "./opened-place.ts";
import { type CachedPart, type CachedParts, PartsCache } from "./parts-cache.ts";
import type { Settings } from "./settings.ts";
import type { Delivery } from "./work.ts";

/** What is known of the source files of a run from an earlier one, so that those that have not changed need not be looked into. */
export class KnownParts {
  readonly #opened: OpenedPlace;
  readonly #cache: PartsCache;
  readonly #known: CachedParts;

  constructor(opened: OpenedPlace, { options, force }: Settings, version: string) {
    this.#opened = opened;
    const listed = options.listJsdoc === true ? " with all comments" : "";
    this.#cache = new PartsCache(opened.folder, `${version} ${optionsText(options)}${listed}`);
    this.#known = force || opened.state.lock === undefined ? new Map() : this.#cache.load();
  }

  /** Hands over what is known of the sources; returns those that have to be read. */
  deliver(
    sources: readonly Source[],
    digests: ReadonlyMap<FileSource, string>,
    collection: Collection,
  ): readonly Source[] {
    return sources.filter((source) => {
      const known = source.kind === "file" ? this.#find(source, digests.get(source)) : undefined;
      if (known === undefined) return true;
      const staged = Object.entries(known.files).map(
        ([path, digest]): StagedFile => ({ path, digest, state: "unchanged" }),
      );
      collection.deliver({ source: source.name, digest: known.digest, part: known.part, staged, problems: [] });
      return false;
    });
  }

  /** Keeps what the source files became, for the next run. */
  keep(sources: readonly Source[], deliveries: readonly Delivery[]): void {
    const names = new Map(
      sources.flatMap((source) =>
        source.kind === "file" ? [[source.name, lockedName(source, this.#opened.folder)]] : [],
      ),
    );
    const parts = new Map<string, CachedPart>();
    for (const { source, digest, part, staged } of deliveries) {
      const name = names.get(source);
      if (name === undefined || digest === undefined) continue;
      const files = Object.fromEntries(staged.map((file) => [file.path, file.digest]));
      parts.set(name, { digest, part, files });
    }
    this.#cache.save(parts);
  }

  /** Messages of a part name its source as the user did, so it has to be called the same. */
  #find(source: FileSource, digest: string | undefined): CachedPart | undefined {
    const known = this.#known.get(lockedName(source, this.#opened.folder));
    if (known === undefined || known.digest !== digest) return undefined;
    const { present } = this.#opened.state;
    const isIntact = Object.entries(known.files).every(([path, left]) => present.get(path) === left);
    return isIntact && isCalled(known, source.name) ? known : undefined;
  }
}

function isCalled({ part }: CachedPart, name: string): boolean {
  const places = [
    ...part.resources.flatMap(({ sources }) => sources),
    ...part.diagnostics.flatMap(({ location }) => location ?? []),
    ...part.skipped.map(({ location }) => location),
  ];
  return places.every(({ source }) => source === name);
}
