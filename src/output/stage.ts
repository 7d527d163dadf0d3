import { Buffer } from "node:buffer";
import * as path from "node:path";
import { digestOf, withUnixLineEnds } from "../digest.ts";
import type { GeneratedFile } from "../generated.ts";
import { lockName } from "./lock.ts";
import { bearsMark, markLength } from "./mark.ts";
import { diskError, systemErrorCode } from "./output-error.ts";
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
  readonly owned: OwnedFiles;
}

/** Where a file or folder waits whose path in the output folder this is, with `/`: as deep as it will stand there. */
export function waitingPlace(waiting: string, relative: string): string {
  return path.join(waiting, "new", ...relative.split("/"));
}

/** A file whose place has been looked at, and the content that it is to have. */
export interface PlannedFile {
  readonly staged: StagedFile;
  readonly content: Uint8Array;
}

/** Writes generated files where they wait to be renamed into their places. One per thread; all of them share the folder. */
export class Stager {
  readonly #folder: OutputFolder;
  readonly #options: StagerOptions;
  readonly #made = new Set<string>();

  constructor(folder: OutputFolder, options: StagerOptions) {
    this.#folder = folder;
    this.#options = options;
  }

  /**
   * Decides what is to happen to a file, by what stands in its place; nothing is written.
   *
   * @throws OutputError as `OutputFolder.placeOf`, and `disk` where the place cannot be read.
   */
  plan(file: GeneratedFile): PlannedFile {
    const content = Buffer.from(file.content);
    const place = this.#lookAt(file.path, content);
    const planned: StagedFile = { path: file.path, digest: digestOf(content), ...place };
    const { waiting } = this.#options;
    const stays = waiting === undefined || place.state === "unchanged" || place.state === "foreign";
    return { content, staged: stays ? planned : { ...planned, temporary: waitingPlace(waiting, file.path) } };
  }

  /**
   * Writes the content of a planned file where it waits. What several sources say of one file is written over each other: none of it
   * stays, since the file is then made anew from all of them.
   *
   * @throws OutputError `disk`; the temporary file may then exist in part.
   */
  write({ staged, content }: PlannedFile): void {
    const { path: file, temporary } = staged;
    if (temporary === undefined) return;
    try {
      this.#makeFolderOf(temporary);
      this.#folder.fileSystem.writeFileSync(temporary, content);
    } catch (error) {
      throw diskError(`write ${this.#folder.display(file)}`, error);
    }
  }

  /**
   * Removes a file that waits and is not wanted any more: the folder above it may be put in place as a whole.
   *
   * @throws OutputError `disk`
   */
  takeBack({ path: file, temporary }: StagedFile): void {
    if (temporary === undefined) return;
    try {
      this.#folder.fileSystem.rmSync(temporary, { force: true });
    } catch (error) {
      throw diskError(`write ${this.#folder.display(file)}`, error);
    }
  }

  /** The folder where files wait is not made again: if it is gone, so is the claim, and another run may have one. */
  #makeFolderOf(temporary: string): void {
    const folder = path.dirname(temporary);
    if (folder === this.#options.waiting || this.#made.has(folder)) return;
    this.#makeFolderOf(folder);
    try {
      this.#folder.fileSystem.mkdirSync(folder);
    } catch (error) {
      if (systemErrorCode(error) !== "EEXIST") throw error;
    }
    this.#made.add(folder);
  }

  #lookAt(file: string, content: Uint8Array): Pick<StagedFile, "state" | "obstacle"> {
    const { absolute, missingFolders } = this.#folder.placeOf(file);
    const { fileSystem } = this.#folder;
    try {
      const stats = missingFolders.length > 0 ? undefined : fileSystem.lstatSync(absolute, { throwIfNoEntry: false });
      if (stats === undefined) return { state: this.#isMissed(file) ? "missing" : "new" };
      if (stats.isSymbolicLink()) return { state: "foreign", obstacle: "a symbolic link" };
      if (stats.isDirectory()) return { state: "foreign", obstacle: "a folder" };
      if (!stats.isFile()) return { state: "foreign", obstacle: "something that is not a file" };
      const present = withUnixLineEnds(fileSystem.readFileSync(absolute));
      return Buffer.compare(content, present) === 0 ? { state: "unchanged" } : this.#judge(file, present);
    } catch (error) {
      throw diskError(`read ${this.#folder.display(file)}`, error);
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
