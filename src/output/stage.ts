import { Buffer } from "node:buffer";
import * as path from "node:path";
import type { GeneratedFile } from "../generated.ts";
import { bearsMark, markLength } from "./mark.ts";
import { diskError, systemErrorCode } from "./output-error.ts";
import type { OutputFolder } from "./output-folder.ts";

/** What is to happen to the place of a generated file. `foreign`: something that is not ours stands there, and stays. */
export type FileState = "new" | "changed" | "unchanged" | "foreign";

/** What was decided about one generated file. Plain data without the content: it can be sent to another thread. */
export interface StagedFile {
  /** Relative to the output folder, with `/`. */
  readonly path: string;
  readonly state: FileState;
  /** Where the content waits to be renamed into place, absolute; of new and changed files only. */
  readonly temporary?: string;
  /** Folders that did not exist when this was decided and that staging makes; absolute, outermost first. */
  readonly folders: readonly string[];
  /** What stands in the place of a foreign file, as in `a file without the mark of crd-gen`. */
  readonly obstacle?: string;
}

/** Writes generated files beside their places. One per thread: its name keeps the temporary files of threads and runs apart. */
export class Stager {
  readonly #folder: OutputFolder;
  readonly #name: string;
  readonly #made = new Set<string>();
  #count = 0;

  /** `name` is unique among the stagers of all runs that may write into the folder, and fit for a file name. */
  constructor(folder: OutputFolder, name: string) {
    this.#folder = folder;
    this.#name = name;
  }

  /**
   * Decides what is to happen to a file, by what stands in its place; nothing is written.
   *
   * @throws OutputError as `OutputFolder.placeOf`, and `disk` where the place cannot be read.
   */
  plan(file: GeneratedFile): StagedFile {
    const { absolute, missingFolders } = this.#folder.placeOf(file.path);
    const present = missingFolders.length > 0 ? undefined : this.#comparePlace(absolute, file);
    if (present?.state === "unchanged" || present?.state === "foreign")
      return { path: file.path, folders: [], ...present };
    this.#count += 1;
    const temporary = path.join(path.dirname(absolute), `.crd-gen-${this.#name}-${this.#count}.tmp`);
    return { path: file.path, state: present?.state ?? "new", temporary, folders: missingFolders };
  }

  /**
   * Writes the content of a planned file beside its place.
   *
   * @throws OutputError `disk`; the temporary file may then exist in part.
   */
  write(planned: StagedFile, content: string): void {
    if (planned.temporary === undefined) return;
    try {
      for (const folder of planned.folders) {
        if (this.#made.has(folder)) continue;
        this.#makeFolder(folder);
        this.#made.add(folder);
      }
      this.#folder.fileSystem.writeFileSync(planned.temporary, content, { flag: "wx" });
    } catch (error) {
      throw diskError(`write ${this.#folder.display(planned.path)}`, error);
    }
  }

  #makeFolder(folder: string): void {
    try {
      // Not `recursive`: that answers ENOENT where a file system is read-only.
      this.#folder.fileSystem.mkdirSync(folder);
    } catch (error) {
      // Another thread was quicker.
      if (systemErrorCode(error) !== "EEXIST") throw error;
    }
  }

  #comparePlace(absolute: string, file: GeneratedFile): Pick<StagedFile, "state" | "obstacle"> {
    const { fileSystem } = this.#folder;
    try {
      const stats = fileSystem.lstatSync(absolute, { throwIfNoEntry: false });
      if (stats === undefined) return { state: "new" };
      if (stats.isSymbolicLink()) return { state: "foreign", obstacle: "a symbolic link" };
      if (stats.isDirectory()) return { state: "foreign", obstacle: "a folder" };
      if (!stats.isFile()) return { state: "foreign", obstacle: "something that is not a file" };
      const content = Buffer.from(file.content);
      if (stats.size === content.length && fileSystem.readFileSync(absolute).equals(content))
        return { state: "unchanged" };
      if (bearsMark(this.#readHead(absolute))) return { state: "changed" };
      return { state: "foreign", obstacle: "a file without the mark of crd-gen in its first line" };
    } catch (error) {
      throw diskError(`read ${this.#folder.display(file.path)}`, error);
    }
  }

  #readHead(absolute: string): string {
    const { fileSystem } = this.#folder;
    const head = Buffer.alloc(markLength);
    const descriptor = fileSystem.openSync(absolute, "r");
    try {
      const length = fileSystem.readSync(descriptor, head, 0, markLength, 0);
      return head.toString("latin1", 0, length);
    } finally {
      fileSystem.closeSync(descriptor);
    }
  }
}
