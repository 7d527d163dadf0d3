import * as path from "node:path";
import { diskError, systemErrorCode } from "./output-error.ts";
import type { OutputFolder } from "./output-folder.ts";
import { isAlive, type Owner, ownerNamed, processOf } from "./owner.ts";

/** The folder, inside of the output folder, that is there while a run writes. Its files wait in it. */
export const claimName = ".crd-gen";

/** A name beside the claim for what belongs to one run; `run` begins with the number of its process and `-`. */
export function nameOfRun(run: string): string {
  return `${claimName}-${run}`;
}

/** A folder that runs leave something in. */
export type Looking = Pick<OutputFolder, "fileSystem" | "root">;

/** Whether there is anything of a run that was ended before it could clear it away: it stays until the next claim. */
export function hasRemains(folder: Looking): boolean {
  try {
    const owner = readOwner(folder, path.join(folder.root, claimName));
    return (owner !== undefined && !isAlive(owner)) || remainsIn(folder).length > 0;
  } catch {
    // What cannot be looked into cannot be cleared away either.
    return false;
  }
}

/** Removes the folders and files of runs that ended before they could: those of a process that is no more. */
export function clearRemains(folder: Looking): void {
  for (const remains of remainsIn(folder)) discard(folder, remains);
}

function remainsIn(folder: Looking): readonly string[] {
  return namesIn(folder, folder.root).flatMap((name) => {
    const [, pid] = /^\.crd-gen-(\d+)-/.exec(name) ?? [];
    if (pid === undefined) return [];
    const remains = path.join(folder.root, name);
    const owner = readOwner(folder, remains) ?? processOf(Number(pid));
    return isAlive(owner) ? [] : [remains];
  });
}

/** Removes a folder that is in nobody's way: what is left of it, where that fails, goes with a later claim. */
export function discard({ fileSystem }: Pick<Looking, "fileSystem">, remains: string): void {
  try {
    fileSystem.rmSync(remains, { recursive: true, force: true });
  } catch {
    // It may be another user's.
  }
}

/** The run that a claim, or what was to become one, belongs to; undefined where there is none. */
export function readOwner(folder: Looking, claim: string): Owner | undefined {
  return namesIn(folder, claim).flatMap((name) => ownerNamed(name) ?? [])[0];
}

/** None where there is no such folder. */
function namesIn({ fileSystem }: Looking, folder: string): readonly string[] {
  try {
    return fileSystem.readdirSync(folder);
  } catch (error) {
    const code = systemErrorCode(error);
    if (code === "ENOENT" || code === "ENOTDIR") return [];
    throw diskError(`look into ${folder}`, error);
  }
}
