import * as path from "node:path";
import { diskError, systemErrorCode } from "./output-error.ts";
import type { OutputFolder } from "./output-folder.ts";
import { type StagedFile, waitingPlace } from "./stage.ts";

/** One rename that puts something that waits in its place. */
export interface Placement {
  /** Where it waits, absolute. */
  readonly from: string;
  /** Where it is to be, relative to the output folder, with `/`. */
  readonly path: string;
  /** Whether something may stand there that has to be kept until everything is done. */
  readonly replaces: boolean;
}

/**
 * The fewest renames that put these files in place, in their order: a folder that is not there yet goes as a whole, with everything that
 * waits in it; then files, those deeper down first, as an index file is not to name a module that is not there yet.
 *
 * @throws OutputError `disk` where a folder cannot be looked at.
 */
export function placementsOf(
  folder: OutputFolder,
  waiting: string,
  staged: readonly StagedFile[],
): readonly Placement[] {
  const folders = new Map<string, Placement>();
  const files: Placement[] = [];
  const isPresent = remembering((relative: string) => isPresentIn(folder, relative));
  for (const { path: file, temporary, state } of staged) {
    if (temporary === undefined) continue;
    const missing = state === "new" ? foldersAbove(file).find((above) => !isPresent(above)) : undefined;
    if (missing === undefined) files.push({ from: temporary, path: file, replaces: state !== "new" });
    else folders.set(missing, { from: waitingPlace(waiting, missing), path: missing, replaces: false });
  }
  return [...folders.values(), ...files.sort((one, other) => depthOf(other.path) - depthOf(one.path))];
}

/** Outermost first. */
function foldersAbove(file: string): readonly string[] {
  const names = file.split("/").slice(0, -1);
  return names.map((_, index) => names.slice(0, index + 1).join("/"));
}

function depthOf(file: string): number {
  return file.split("/").length;
}

/** It may have been made since the place of a file was looked at. */
function isPresentIn(output: OutputFolder, folder: string): boolean {
  try {
    return output.fileSystem.statSync(path.join(output.root, folder), { throwIfNoEntry: false }) !== undefined;
  } catch (error) {
    // A file stands further up, which the rename will say.
    if (systemErrorCode(error) === "ENOTDIR") return true;
    throw diskError(`open the folder ${output.display(folder)}`, error);
  }
}

function remembering(look: (folder: string) => boolean): (folder: string) => boolean {
  const known = new Map<string, boolean>();
  return (folder) => {
    const answer = known.get(folder) ?? look(folder);
    known.set(folder, answer);
    return answer;
  };
}
