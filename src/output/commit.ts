import { lockName } from "./lock.ts";
import { nextLockName } from "./lock-state.ts";
import type { OutputFolder } from "./output-folder.ts";
import { placementsOf } from "./placement.ts";
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
 * Everything that can be done beforehand is: between the lock-to-be and the lock there are renames only, as few as may be, since a
 * process that is killed there leaves files of both states.
 *
 * @throws OutputError `disk` where the previous output is back in its place, `half-written` where it is not: the next run mends it.
 */
export function commit(folder: OutputFolder, change: Change): void {
  const { staged, removed, lock, nextLock = lock, waiting, unfinished } = change;
  const steps = new Steps(folder, waiting);
  steps.requireWaiting();
  try {
    const placements = placementsOf(folder, waiting, staged).map((placement) => steps.prepare(placement));
    // A lock-to-be that is there speaks for files that no lock lists: they are listed before it is replaced.
    if (unfinished?.lock !== undefined) steps.rename(steps.prepareText(lockName, unfinished.lock));
    const lastLock = lock === undefined ? undefined : steps.prepareText(lockName, lock);
    const firstLock = nextLock === undefined ? undefined : steps.prepareText(nextLockName, nextLock);
    if (firstLock !== undefined) steps.rename(firstLock);
    for (const placement of placements) steps.rename(placement);
    for (const gone of removed) steps.remove(gone);
    steps.removeEmptyFolders([...removed, ...(unfinished?.gone ?? [])]);
    if (lastLock !== undefined) steps.rename(lastLock);
    if (nextLock !== undefined) steps.remove(nextLockName);
    change.last?.();
  } catch (error) {
    throw steps.undo([lockName, nextLockName]) ?? error;
  }
}
