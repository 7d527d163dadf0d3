import * as path from "node:path";
import { lockName } from "./lock.ts";
import { diskError, OutputError, systemErrorCode } from "./output-error.ts";
import type { OutputFolder } from "./output-folder.ts";
import type { Placement } from "./placement.ts";

/** A rename that can be done at once: what stands in its place is kept already. */
interface PreparedStep extends Placement {
  /** Absolute. */
  readonly target: string;
  /** A second name of what stands there; undefined where there is nothing. */
  readonly previous: string | undefined;
}

/** Something that was done. */
type Done =
  | {
      readonly kind: "renamed";
      /** Where it was. */
      readonly from: string;
      readonly target: string;
      /** A second name of what stood there before. */
      readonly previous: string | undefined;
    }
  | { readonly kind: "removed"; readonly target: string; readonly previous: string }
  | { readonly kind: "folder-removed"; readonly target: string };

/** Why a folder stays: it is not empty, or something else than a folder, or others hold on to it. It does no harm. */
const inUse: ReadonlySet<string> = new Set(["ENOTEMPTY", "EEXIST", "ENOTDIR", "EBUSY", "EPERM", "EACCES"]);

/** The steps by which an output folder is changed, those that have been done, and how to undo them. */
export class Steps {
  readonly #folder: OutputFolder;
  readonly #waiting: string;
  readonly #done: Done[] = [];
  #names = 0;

  constructor(folder: OutputFolder, waiting: string) {
    this.#folder = folder;
    this.#waiting = waiting;
  }

  /**
   * Keeps what stands in a place, so that nothing but a rename is left to do.
   *
   * @throws OutputError `disk`
   */
  prepare(placement: Placement): PreparedStep {
    const { target, previous } = this.#attempt(placement.path, () => {
      const { absolute } = this.#folder.placeOf(placement.path);
      return { target: absolute, previous: placement.replaces ? this.#keepPrevious(absolute) : undefined };
    });
    return { ...placement, target, previous };
  }

  /**
   * Writes a text that waits until it is renamed into its place.
   *
   * @throws OutputError `disk`
   */
  prepareText(file: string, text: string): PreparedStep {
    const from = this.#newName();
    try {
      this.#folder.fileSystem.writeFileSync(from, text);
    } catch (error) {
      throw diskError(`write ${this.#folder.display(lockName)}`, error);
    }
    return this.prepare({ from, path: file, replaces: true });
  }

  /**
   * Renames something that waits into its place.
   *
   * @throws OutputError `disk`
   */
  rename({ from, path: file, target, previous }: PreparedStep): void {
    this.#attempt(file, () => this.#folder.fileSystem.renameSync(from, target));
    this.#done.push({ kind: "renamed", from, target, previous });
  }

  #attempt<Result>(file: string, action: () => Result): Result {
    try {
      return action();
    } catch (error) {
      throw diskError(`put ${this.#folder.display(file)} in its place`, error);
    }
  }

  /**
   * Takes a file away.
   *
   * @throws OutputError `disk`
   */
  remove(file: string): void {
    const target = this.#folder.placeOf(file).absolute;
    try {
      const previous = this.#newName();
      this.#folder.fileSystem.renameSync(target, previous);
      this.#done.push({ kind: "removed", target, previous });
    } catch (error) {
      throw diskError(`remove ${this.#folder.display(file)}`, error);
    }
  }

  /** @throws OutputError `disk` where there is nothing to put in place any more. */
  requireWaiting(): void {
    if (!this.#isWaiting()) throw this.#removedError();
  }

  /** Somebody may have removed the output folder, and with it what says that nobody else writes there. */
  #isWaiting(): boolean {
    try {
      return this.#folder.fileSystem.statSync(this.#waiting, { throwIfNoEntry: false }) !== undefined;
    } catch (error) {
      // Then a file stands in the place of the folder; what else is wrong the next step says.
      return systemErrorCode(error) !== "ENOTDIR";
    }
  }

  #removedError(): OutputError {
    return new OutputError("disk", `cannot write into ${this.#folder.name}: it was removed meanwhile; run again`);
  }

  /**
   * Puts everything back. What cannot be put back is in the error; then these files, which say what is ours in every state, stay as the
   * steps have left them.
   */
  undo(kept: readonly string[]): OutputError | undefined {
    const lost: string[] = [];
    const keptPlaces = kept.map((name) => this.#folder.placeOf(name).absolute);
    for (const done of [...this.#done].reverse()) {
      if (lost.length > 0 && keptPlaces.includes(done.target)) continue;
      try {
        this.#takeBack(done);
      } catch {
        lost.push(`${done.target} is ${done.kind === "renamed" && done.previous === undefined ? "new" : "lost"}`);
      }
    }
    if (lost.length === 0) return undefined;
    if (!this.#isWaiting()) return this.#removedError();
    const [first, ...others] = lost;
    const rest = others.length === 0 ? "" : `, and so on for ${others.length} more`;
    const what = `cannot write into ${this.#folder.name}, nor put back what was there`;
    return new OutputError("half-written", `${what}: ${first}${rest}; when the disk works, run again`);
  }

  #takeBack(done: Done): void {
    const { fileSystem } = this.#folder;
    if (done.kind === "folder-removed") fileSystem.mkdirSync(done.target);
    else if (done.previous !== undefined) fileSystem.renameSync(done.previous, done.target);
    else if (done.kind === "renamed") fileSystem.renameSync(done.target, done.from);
  }

  /**
   * Removes the folders above these files that are empty, up to the output folder.
   *
   * @throws OutputError `disk`
   */
  removeEmptyFolders(files: readonly string[]): void {
    for (const file of files) {
      for (let folder = path.posix.dirname(file); folder !== "."; folder = path.posix.dirname(folder)) {
        if (!this.#isGone(folder)) break;
      }
    }
  }

  /** Removes a folder if it is empty; whether it is not there then. */
  #isGone(folder: string): boolean {
    const target = path.join(this.#folder.root, folder);
    try {
      this.#folder.fileSystem.rmdirSync(target);
      this.#done.push({ kind: "folder-removed", target });
      return true;
    } catch (error) {
      const code = systemErrorCode(error) ?? "";
      if (code === "ENOENT") return true;
      if (inUse.has(code)) return false;
      throw diskError(`remove ${this.#folder.display(folder)}`, error);
    }
  }

  #newName(): string {
    this.#names += 1;
    return path.join(this.#waiting, `${this.#names}.tmp`);
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
}
