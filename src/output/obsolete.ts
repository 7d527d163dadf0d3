import { Buffer } from "node:buffer";
import * as path from "node:path";
import { digestOf } from "../digest.ts";
import { lockName } from "./lock.ts";
import { nextLockName } from "./lock-state.ts";
import { bearsMark, markLength } from "./mark.ts";
import { otherLockError } from "./other-lock.ts";
import { diskError, systemErrorCode } from "./output-error.ts";
import type { OutputFolder } from "./output-folder.ts";
import type { OwnedFiles } from "./owned-files.ts";
import { claimName } from "./remains.ts";

/** A file of an earlier run that the output no longer has. `edited`: it is not as we left it, and stops the run. */
export interface ObsoleteFile {
  /** Relative to the output folder, with `/`. */
  readonly path: string;
  readonly state: "obsolete" | "edited";
}

/**
 * The files of earlier runs that are not among those that a run wants, in the order of their paths: those that the lock lists or,
 * before there is one, those that bear the mark.
 *
 * @throws OutputError `disk` where the folder cannot be looked at.
 */
export function obsoleteFiles(folder: OutputFolder, owned: OwnedFiles, wanted: ReadonlySet<string>): ObsoleteFile[] {
  const { digests, force } = owned;
  if (digests === undefined) return unlistedFiles(folder, wanted).map((file) => ({ path: file, state: "obsolete" }));
  const obsolete: ObsoleteFile[] = [];
  for (const [file, digest] of digests) {
    if (wanted.has(file)) continue;
    const present = presentDigest(folder, file);
    if (present !== undefined)
      obsolete.push({ path: file, state: present === digest || force ? "obsolete" : "edited" });
  }
  return obsolete.sort((one, other) => (one.path < other.path ? -1 : 1));
}

/** Undefined where no regular file stands there: then there is nothing of ours to remove. */
function presentDigest(folder: OutputFolder, file: string): string | undefined {
  const { fileSystem } = folder;
  try {
    const { absolute } = folder.placeOf(file);
    if (fileSystem.lstatSync(absolute, { throwIfNoEntry: false })?.isFile() !== true) return undefined;
    const content = ifThere(() => fileSystem.readFileSync(absolute));
    return content && digestOf(content);
  } catch (error) {
    throw diskError(`read ${folder.display(file)}`, error);
  }
}

/** Folders of other tools below an output folder, such as that of a whole package, hold nothing of ours. */
const passedOver = /^(?:\.|node_modules$)/;

interface Marked {
  readonly files: string[];
  /** Folders with a lock of their own, or in which another run is about to leave one: what is in them belongs to another output. */
  readonly others: string[];
}

function unlistedFiles(folder: OutputFolder, wanted: ReadonlySet<string>): string[] {
  const marked: Marked = { files: [], others: [] };
  try {
    walk(folder, "", marked);
  } catch (error) {
    throw diskError(`look for files in ${folder.name}`, error);
  }
  for (const other of marked.others) {
    const [inside] = [...wanted].filter((file) => file.startsWith(`${other}/`));
    if (inside !== undefined) throw otherLockError(folder.display(inside), folder.display(`${other}/${lockName}`));
  }
  return marked.files.filter((file) => !wanted.has(file)).sort();
}

/** Names of what an output folder has in it, from the moment on when a run begins to write there. */
const ofOutputs: ReadonlySet<string> = new Set([lockName, nextLockName, claimName]);

function walk(folder: OutputFolder, below: string, marked: Marked): void {
  const place = path.join(folder.root, below);
  const entries = ifThere(() => folder.fileSystem.readdirSync(place, { withFileTypes: true })) ?? [];
  if (below !== "" && entries.some(({ name }) => ofOutputs.has(name))) {
    marked.others.push(below);
    return;
  }
  for (const entry of entries) {
    if (passedOver.test(entry.name)) continue;
    const name = below === "" ? entry.name : `${below}/${entry.name}`;
    if (entry.isDirectory()) walk(folder, name, marked);
    else if (entry.isFile() && bearsMark(ifThere(() => readHead(folder, path.join(place, entry.name))) ?? ""))
      marked.files.push(name);
  }
}

/** Undefined for what is not there, or no longer: somebody else may write beside us. */
function ifThere<Result>(look: () => Result): Result | undefined {
  try {
    return look();
  } catch (error) {
    if (systemErrorCode(error) === "ENOENT") return undefined;
    throw error;
  }
}

/** As much of the beginning of a file as the mark takes. */
function readHead({ fileSystem }: OutputFolder, absolute: string): string {
  const head = Buffer.alloc(markLength);
  const descriptor = fileSystem.openSync(absolute, "r");
  try {
    const length = fileSystem.readSync(descriptor, head, 0, markLength, 0);
    return head.toString("latin1", 0, length);
  } finally {
    fileSystem.closeSync(descriptor);
  }
}
