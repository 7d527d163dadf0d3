import { Buffer } from "node:buffer";
import * as path from "node:path";
import { digestOf, withUnixLineEnds } from "../digest.ts";
import type { GeneratedFile } from "../generated.ts";
import { lockName } from "./lock.ts";
import { bearsMark, markLength } from "./mark.ts";
import { diskError } from "./output-error.ts";
import type { OutputFolder } from "./output-folder.ts";
import type { OwnedFiles } from "./owned-files.ts";

/**
 * What is to happen to the place of a generated file. The last three stop a run. `edited`: ours, but not as we left it. `missing`: the
 * lock lists it, and it is not there. `foreign`: something that is not ours stands there.
 */
export type FileState = "new" | "changed" | "unchanged" | "edited" | "missing" | "foreign";

/** What was decided about one generated file. Plain data without the content: it can be sent to another thread. */
export interface StagedFile {
  /** Relative to the output folder, with `/`. */
  readonly path: string;
  readonly state: FileState;
  /** Of the content that it is to have. */
  readonly digest: string;
  /** Where the content waits to be renamed into place, absolute; undefined for a file that stays as it is. */
  readonly temporary?: string;
  /** What stands in the place of a foreign file, as in `a file without the mark of crd-gen`. */
  readonly obstacle?: string;
}

/** Where a stager writes, and what it may overwrite later. Plain data: it can be sent to another thread. */
export interface StagerOptions {
  /** The absolute path of the folder where files wait, which exists before the first is written; undefined where none is to be written. */
  readonly waiting: string | undefined;
  /** Unique among the stagers of that folder, and fit for a file name. */
  readonly name: string;
  readonly owned: OwnedFiles;
}

/** Writes generated files where they wait to be renamed into their places. One per thread. */
export class Stager {
  readonly #folder: OutputFolder;
  readonly #options: StagerOptions;
  #count = 0;

  constructor(folder: OutputFolder, options: StagerOptions) {
    this.#folder = folder;
    this.#options = options;
  }

  /**
   * Decides what is to happen to a file, by what stands in its place; nothing is written.
   *
   * @throws OutputError as `OutputFolder.placeOf`, and `disk` where the place cannot be read.
   */
  plan(file: GeneratedFile): StagedFile {
    const digest = digestOf(file.content);
    const place = this.#lookAt(file);
    const { waiting, name } = this.#options;
    if (waiting === undefined || place.state === "unchanged" || place.state === "foreign")
      return { path: file.path, digest, ...place };
    this.#count += 1;
    return { path: file.path, digest, ...place, temporary: path.join(waiting, `${name}-${this.#count}.tmp`) };
  }

  /**
   * Writes the content of a planned file where it waits.
   *
   * @throws OutputError `disk`; the temporary file may then exist in part.
   */
  write(planned: StagedFile, content: string): void {
    if (planned.temporary === undefined) return;
    try {
      this.#folder.fileSystem.writeFileSync(planned.temporary, content, { flag: "wx" });
    } catch (error) {
      throw diskError(`write ${this.#folder.display(planned.path)}`, error);
    }
  }

  #lookAt(file: GeneratedFile): Pick<StagedFile, "state" | "obstacle"> {
    const { absolute, missingFolders } = this.#folder.placeOf(file.path);
    const { fileSystem } = this.#folder;
    try {
      const stats = missingFolders.length > 0 ? undefined : fileSystem.lstatSync(absolute, { throwIfNoEntry: false });
      if (stats === undefined) return { state: this.#isMissed(file.path) ? "missing" : "new" };
      if (stats.isSymbolicLink()) return { state: "foreign", obstacle: "a symbolic link" };
      if (stats.isDirectory()) return { state: "foreign", obstacle: "a folder" };
      if (!stats.isFile()) return { state: "foreign", obstacle: "something that is not a file" };
      const present = withUnixLineEnds(fileSystem.readFileSync(absolute));
      return Buffer.from(file.content).equals(present) ? { state: "unchanged" } : this.#judge(file.path, present);
    } catch (error) {
      throw diskError(`read ${this.#folder.display(file.path)}`, error);
    }
  }

  #isMissed(file: string): boolean {
    const { digests, restore } = this.#options.owned;
    return !restore && digests?.has(file) === true;
  }

  /** A regular file with other content. */
  #judge(file: string, present: Uint8Array): Pick<StagedFile, "state" | "obstacle"> {
    const { digests, force } = this.#options.owned;
    const listed = digests?.get(file);
    if (listed !== undefined) return { state: force || digestOf(present) === listed ? "changed" : "edited" };
    if (!bearsMark(Buffer.from(present.subarray(0, markLength)).toString("latin1")))
      return { state: "foreign", obstacle: "a file without the mark of crd-gen in its first line" };
    if (digests === undefined || force) return { state: "changed" };
    return { state: "foreign", obstacle: `a generated file that ${lockName} does not list` };
  }
}
