import { digestOf } from "../digest.ts";
import { type Lock, type LockedFile, lockName } from "./lock.ts";
import { parseLock } from "./lock-text.ts";
import { diskError, systemErrorCode } from "./output-error.ts";
import type { OutputFolder } from "./output-folder.ts";

/** The lock of a run that puts its files in place; renamed to `crd-gen.lock` when all of them are there. */
export const nextLockName = ".crd-gen.lock.next";

/** What an output folder is known to hold, and what it holds. */
export interface LockState {
  /** Undefined where nothing was generated into the folder yet, or by a crd-gen without lock files. */
  readonly lock: Lock | undefined;
  /** The text of the lock file; empty where there is none. */
  readonly text: string;
  /** The digest of each file that the lock lists and that is there, by path. */
  readonly present: ReadonlyMap<string, string>;
  /** Whether a run was ended while it put its files in place: the lock then lists what is there, and says nothing of what it was made from. */
  readonly interrupted: boolean;
  /** Files that such a run has removed or was to write, as they were or were to be: nothing of ours is there. */
  readonly gone?: readonly LockedFile[];
}

/**
 * Reads the lock of an output folder, and the files that it lists; those not where the lock is as it was known a moment ago, since no
 * run has changed them then without changing it.
 *
 * @throws OutputError `lock` where it is none that this crd-gen can go by, `disk` where it cannot be read.
 */
export function readLockState(folder: OutputFolder, known?: LockState): LockState {
  const text = readText(folder, lockName);
  const nextText = readText(folder, nextLockName);
  if (known?.interrupted === false && nextText === undefined && known.text === text) return known;
  const lock = text === undefined ? undefined : parseLock(text, folder.display(lockName));
  if (nextText === undefined) {
    return { lock, text: text ?? "", present: digestsOf(folder, pathsOf(lock)), interrupted: false };
  }
  const next = parseNext(nextText);
  const listed = new Map([...(next?.files ?? []), ...(lock?.files ?? [])].map((file) => [file.path, file]));
  const present = digestsOf(folder, new Set(listed.keys()));
  const gone = [...listed.values()].filter(({ path }) => !present.has(path));
  return { lock: settled({ lock, next, present }), text: text ?? "", present, interrupted: true, gone };
}

/** One that was not written to its end is of a run that had not begun to put files in place. */
function parseNext(text: string): Lock | undefined {
  try {
    return parseLock(text, nextLockName);
  } catch {
    return undefined;
  }
}

/**
 * What a run left that was ended between two files: those that are as the old or as the new lock says are ours. Where there was no lock,
 * what bears the mark is ours, as it was before that run.
 */
function settled({
  lock,
  next,
  present,
}: {
  readonly lock: Lock | undefined;
  readonly next: Lock | undefined;
  readonly present: ReadonlyMap<string, string>;
}): Lock | undefined {
  if (lock === undefined || next === undefined) return lock;
  const known = new Set([...lock.files, ...next.files].map(({ path, digest }) => `${path} ${digest}`));
  const before = new Map(lock.files.map(({ path, digest }) => [path, digest]));
  const files = [...present].flatMap(([path, digest]) => {
    if (known.has(`${path} ${digest}`)) return [{ path, digest }];
    // Edited since: it stays listed as it was left.
    const left = before.get(path);
    return left === undefined ? [] : [{ path, digest: left }];
  });
  return { ...next, sources: [], definitions: [], files };
}

function pathsOf(lock: Lock | undefined): ReadonlySet<string> {
  return new Set(lock?.files.map(({ path }) => path));
}

function readText(folder: OutputFolder, name: string): string | undefined {
  try {
    return folder.fileSystem.readFileSync(folder.placeOf(name).absolute, "utf8");
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw diskError(`read ${folder.display(name)}`, error);
  }
}

function digestsOf(folder: OutputFolder, paths: ReadonlySet<string>): ReadonlyMap<string, string> {
  const digests = new Map<string, string>();
  for (const path of paths) {
    const digest = digestOfFile(folder, path);
    if (digest !== undefined) digests.set(path, digest);
  }
  return digests;
}

/** What stands there and is no file that can be read is not what we left. */
function digestOfFile(folder: OutputFolder, path: string): string | undefined {
  try {
    return digestOf(folder.fileSystem.readFileSync(folder.placeOf(path).absolute));
  } catch (error) {
    if (isAbsent(error)) return undefined;
    if (systemErrorCode(error) === "EISDIR") return "";
    throw diskError(`read ${folder.display(path)}`, error);
  }
}

function isAbsent(error: unknown): boolean {
  const code = systemErrorCode(error);
  return code === "ENOENT" || code === "ENOTDIR";
}
