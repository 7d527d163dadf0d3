import { lockName } from "./lock.ts";
import { nextLockName } from "./lock-state.ts";
import type { OutputFolder } from "./output-folder.ts";
import type { StagedFile } from "./stage.ts";
import { Steps } from "./steps.ts";

/** What is to happen to an output folder, all of it or nothing. */
export interface Change {
  /** Files to rename into their places; those without a temporary file stay as they are. */
  readonly staged: readonly StagedFile[];
  /** Paths of files to remove, relative to the output folder, with `/`. */
  readonly removed: readonly string[];
  /** The text of the lock file; undefined where it stays as it is. */
  readonly lock: string | undefined;
  /** The text of the lock-to-be; that of the lock where it is not said. */
  readonly nextLock?: string | undefined;
  /** The folder where files wait. */
  readonly waiting: string;
  /** What an earlier run has left that was ended half way; undefined where there was none. */
  readonly unfinished?: Unfinished | undefined;
  /** Done last of all; where it throws, nothing is done. */
  readonly last?: (() => void) | undefined;
}

/** What a run has left that was ended while it put its files in place. */
export interface Unfinished {
  /** The text of a lock that lists what is there, and what is gone; undefined where there was no lock. */
  readonly lock: string | undefined;
  /** Paths of files that are not there, or no longer: the folders above them go if they are empty. */
  readonly gone: readonly string[];
}

/**
 * Renames every staged file into its place, and removes what is to go. Until the last has succeeded the previous files are kept, and put
 * back if one fails. It does not return to the event loop, so no signal handler can run half way. A process that is killed half way
 * leaves the lock-to-be, by which the next run knows the files of both states as ours.
 *
 * @throws OutputError `disk` where the previous output is back in its place, `half-written` where it is not: the next run mends it.
 */
export function commit(folder: OutputFolder, change: Change): void {
  const { staged, removed, lock, nextLock = lock, waiting, unfinished } = change;
  // Those deeper down first: an index file is not to name a module that is not there yet.
  const pending = staged
    .filter((file) => file.temporary !== undefined)
    .sort((one, other) => depthOf(other.path) - depthOf(one.path));
  const steps = new Steps(folder, waiting);
  steps.requireWaiting();
  try {
    const lockText = lock === undefined ? undefined : steps.write(lockName, lock);
    // A lock-to-be that is there speaks for files that no lock lists: they are listed before it is replaced.
    if (unfinished?.lock !== undefined) steps.rename(steps.write("unfinished", unfinished.lock), lockName);
    if (nextLock !== undefined) steps.rename(steps.write(nextLockName, nextLock), nextLockName);
    for (const file of pending) steps.place(file);
    for (const gone of removed) steps.remove(gone);
    steps.removeEmptyFolders([...removed, ...(unfinished?.gone ?? [])]);
    if (lockText !== undefined) steps.rename(lockText, lockName);
    if (nextLock !== undefined) steps.remove(nextLockName);
    change.last?.();
  } catch (error) {
    throw steps.undo([lockName, nextLockName]) ?? error;
  }
}

function depthOf(file: string): number {
  return file.split("/").length;
}
