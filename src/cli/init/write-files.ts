import { randomBytes } from "node:crypto";
import { constants } from "node:fs";
import * as path from "node:path";
import { type FileSystem, nodeFileSystem } from "../../output/file-system.ts";
import { OutputError, systemErrorCode } from "../../output/output-error.ts";

/** A file to make; `file` is absolute. */
export interface NewFile {
  readonly file: string;
  readonly text: string;
}

/** A file to change, and the text that it is expected to have. */
export interface ChangedFile extends NewFile {
  readonly previous: string;
}

/** What is to be written together; either may be absent. */
export interface FilesToWrite {
  readonly created: NewFile | undefined;
  readonly changed: ChangedFile | undefined;
}

/**
 * Makes one file and changes another, or does neither: where the second fails the first is taken back, and what was changed is
 * renamed into its place, so that no fault leaves half of it.
 *
 * @throws OutputError `disk` where the system refuses, where something stands in the place of the new file, and where the
 * other one is no longer what it was.
 */
export function writeFiles({ created, changed }: FilesToWrite, fileSystem: FileSystem = nodeFileSystem): void {
  if (created !== undefined) create(created, fileSystem);
  try {
    if (changed !== undefined) change(changed, fileSystem);
  } catch (error) {
    if (created !== undefined) fileSystem.unlinkSync(created.file);
    throw error;
  }
}

function create({ file, text }: NewFile, fileSystem: FileSystem): void {
  let made = false;
  try {
    const descriptor = fileSystem.openSync(file, "wx");
    made = true;
    fileSystem.closeSync(descriptor);
    fileSystem.writeFileSync(file, text);
  } catch (error) {
    if (made) fileSystem.unlinkSync(file);
    throw writeError(file, error);
  }
}

function change({ file, text, previous }: ChangedFile, fileSystem: FileSystem): void {
  let temporary: string | undefined;
  try {
    // A link stays one: what it leads to is changed.
    const target = fileSystem.realpathSync(file);
    if (fileSystem.readFileSync(target, "utf8") !== previous) {
      throw new OutputError(
        "disk",
        `${path.basename(file)} was changed meanwhile, and is not written; run crd-gen init again`,
      );
    }
    const beside = path.join(path.dirname(target), `.crd-gen-${randomBytes(6).toString("hex")}.tmp`);
    // The copy has the permissions of the file.
    fileSystem.copyFileSync(target, beside, constants.COPYFILE_EXCL);
    temporary = beside;
    fileSystem.writeFileSync(beside, text);
    fileSystem.renameSync(beside, target);
  } catch (error) {
    if (temporary !== undefined) fileSystem.unlinkSync(temporary);
    throw writeError(file, error);
  }
}

/** Says that a file of the project cannot be written, and what to do. */
export function writeError(file: string, error: unknown): OutputError {
  if (error instanceof OutputError) return error;
  const code = systemErrorCode(error);
  const name = path.basename(file);
  if (code === "EEXIST") {
    return new OutputError("disk", `cannot write ${name}: it is there by now; run crd-gen init again`, error);
  }
  const remedy = code === undefined ? undefined : remedies[code];
  const reason = error instanceof Error ? error.message : String(error);
  const why = remedy === undefined ? reason : `${remedy} and run crd-gen init again (${code})`;
  return new OutputError("disk", `cannot write ${name}: ${why}; neither config file nor script was written`, error);
}

const remedies: Readonly<Record<string, string>> = {
  EACCES: "permission denied; make the folder writable for this user",
  EPERM: "operation not permitted; make the folder writable for this user",
  EROFS: "the file system is read-only; make it writable",
  ENOSPC: "the disk is full; make room",
  EDQUOT: "the disk quota is used up; make room",
};
