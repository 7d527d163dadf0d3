import * as path from "node:path";
import { lockName } from "./lock.ts";
import { nextLockName } from "./lock-state.ts";
import { diskError, OutputError } from "./output-error.ts";
import type { OutputFolder } from "./output-folder.ts";
import type { StagedFile } from "./stage.ts";

/** What is to happen to an output folder, all of it or nothing. */
export interface Change {
  /** Files to rename into their places; those without a temporary file stay as they are. */
  readonly staged: readonly StagedFile[];
  /** Paths of files to remove, relative to the output folder, with `/`. */
  readonly removed: readonly string[];
  /** The text of the lock file; undefined where it stays as it is. */
  readonly lock: string | undefined;
  /** The folder where files wait. */
  readonly waiting: string;
}

/**
 * Renames every staged file into its place, and removes what is to go. Until the last has succeeded the previous files are kept, and put
 * back if one fails. It does not return to the event loop, so no signal handler can run half way. A process that is killed half way
 * leaves the lock-to-be, by which the next run knows the files of both states as ours.
 *
 * @throws OutputError `disk`; the previous output is back in its place.
 */
export function commit(folder: OutputFolder, change: Change): void {
  // Those deeper down first: an index file is not to name a module that is not there yet.
  const pending = change.staged
    .filter((file) => file.temporary !== undefined)
    .sort((one, other) => depthOf(other.path) - depthOf(one.path));
  const steps = new Steps(folder, change.waiting);
  try {
    if (change.lock !== undefined) steps.announce(change.lock);
    for (const file of pending) steps.place(file);
    for (const gone of change.removed) steps.remove(gone);
    if (change.lock !== undefined) steps.rename(folder.placeOf(nextLockName).absolute, lockName);
  } catch (error) {
    const lost = steps.undo();
    throw lost === undefined ? error : lost;
  }
  steps.removeEmptyFolders(change.removed);
}

function depthOf(file: string): number {
  return file.split("/").length;
}

interface Done {
  readonly target: string;
  /** A second name of what stood there before. */
  readonly previous: string | undefined;
}

/** What has been done so far, and how to undo it. */
class Steps {
  readonly #folder: OutputFolder;
  readonly #waiting: string;
  readonly #done: Done[] = [];
  readonly #made = new Set<string>();

  constructor(folder: OutputFolder, waiting: string) {
    this.#folder = folder;
    this.#waiting = waiting;
  }

  /** Writes the lock-to-be, whole or not at all; there may be one that a run has left which was killed. */
  announce(text: string): void {
    const temporary = path.join(this.#waiting, nextLockName);
    try {
      this.#folder.fileSystem.writeFileSync(temporary, text);
    } catch (error) {
      throw diskError(`write ${this.#folder.display(lockName)}`, error);
    }
    this.rename(temporary, nextLockName);
  }

  place({ path: file, temporary, state }: StagedFile): void {
    if (temporary === undefined) return;
    try {
      this.#makeFolders(file);
    } catch (error) {
      throw diskError(`put ${this.#folder.display(file)} in its place`, error);
    }
    this.rename(temporary, file, state !== "new");
  }

  rename(from: string, file: string, replaces = true): void {
    const { fileSystem } = this.#folder;
    const target = this.#folder.placeOf(file).absolute;
    try {
      const previous = replaces ? this.#keepPrevious(target) : undefined;
      fileSystem.renameSync(from, target);
      this.#done.push({ target, previous });
    } catch (error) {
      throw diskError(`put ${this.#folder.display(file)} in its place`, error);
    }
  }

  remove(file: string): void {
    const target = this.#folder.placeOf(file).absolute;
    try {
      const previous = this.#newName();
      this.#folder.fileSystem.renameSync(target, previous);
      this.#done.push({ target, previous });
    } catch (error) {
      throw diskError(`remove ${this.#folder.display(file)}`, error);
    }
  }

  /** Puts everything back. What cannot be put back is in the error. */
  undo(): OutputError | undefined {
    const { fileSystem, name } = this.#folder;
    const lost: string[] = [];
    for (const { target, previous } of [...this.#done].reverse()) {
      try {
        if (previous === undefined) fileSystem.unlinkSync(target);
        else fileSystem.renameSync(previous, target);
      } catch {
        lost.push(previous === undefined ? `${target} is new` : `${target} is lost`);
      }
    }
    for (const made of [...this.#made].reverse()) this.#removeFolder(made);
    if (lost.length === 0) return undefined;
    return new OutputError("disk", `cannot write into ${name}, nor put back what was there: ${lost.join(", ")}`);
  }

  /** Removes the folders that became empty, up to the output folder. */
  removeEmptyFolders(removed: readonly string[]): void {
    for (const file of removed) {
      for (let folder = path.posix.dirname(file); folder !== "."; folder = path.posix.dirname(folder)) {
        if (!this.#removeFolder(path.join(this.#folder.root, folder))) break;
      }
    }
  }

  /** The folders above a file that were missing when its place was looked at; another file of this run may have made them. */
  #makeFolders(file: string): void {
    for (const folder of this.#folder.placeOf(file).missingFolders) {
      if (this.#made.has(folder) || this.#folder.fileSystem.statSync(folder, { throwIfNoEntry: false }) !== undefined)
        continue;
      this.#folder.fileSystem.mkdirSync(folder);
      this.#made.add(folder);
    }
  }

  #newName(): string {
    return path.join(this.#waiting, `previous-${this.#done.length}.tmp`);
  }

  #keepPrevious(target: string): string | undefined {
    const { fileSystem } = this.#folder;
    const previous = this.#newName();
    try {
      fileSystem.linkSync(target, previous);
    } catch {
      if (fileSystem.lstatSync(target, { throwIfNoEntry: false }) === undefined) return undefined;
      // Not every file system has hard links.
      fileSystem.copyFileSync(target, previous);
    }
    return previous;
  }

  #removeFolder(absolute: string): boolean {
    try {
      this.#folder.fileSystem.rmdirSync(absolute);
      return true;
    } catch {
      // It is not empty, or gone: either way there is nothing to remove.
      return false;
    }
  }
}
