import * as path from "node:path";
import { lockName } from "./lock.ts";
import { parseLock } from "./lock-text.ts";
import { OutputError } from "./output-error.ts";
import type { OutputFolder } from "./output-folder.ts";

/** Says that a place belongs to another lock. */
export function otherLockError(place: string, lock: string): OutputError {
  return new OutputError("lock", `${place}: belongs to the output of ${lock}; choose another folder with --out`);
}

/**
 * Makes sure that an output folder is not inside of another one that has files there.
 *
 * @throws OutputError `lock`
 */
export function refuseInsideOther(folder: OutputFolder): void {
  const { fileSystem, root } = folder;
  for (let above = path.dirname(root); ; above = path.dirname(above)) {
    const lock = path.join(above, lockName);
    const below = path.relative(above, root).split(path.sep).join("/");
    if (isListed(fileSystem, lock, `${below}/`)) throw otherLockError(folder.name, lock);
    if (path.dirname(above) === above) return;
  }
}

function isListed(fileSystem: OutputFolder["fileSystem"], lock: string, prefix: string): boolean {
  try {
    return parseLock(fileSystem.readFileSync(lock, "utf8"), lock).files.some(({ path: file }) =>
      file.startsWith(prefix),
    );
  } catch {
    // There is none, as a rule; what is wrong with one is for its own run to say.
    return false;
  }
}
