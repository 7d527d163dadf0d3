import { readFileSync } from "node:fs";
import { hostname } from "node:os";
import * as path from "node:path";
import process from "node:process";
import { setTimeout } from "node:timers/promises";
import { isJsonObject } from "../json.ts";
import { diskError, OutputError, systemErrorCode } from "./output-error.ts";
import type { OutputFolder } from "./output-folder.ts";

/** The folder, inside of the output folder, that is there while a run writes. Its files wait in it. */
const claimName = ".crd-gen";
const ownerName = "owner.json";
/** Milliseconds between two looks at a claim of somebody else, and how long it is waited for in all. */
const pollInterval = 50;
const longestWait = 10 * 60_000;

/** The process that has a claim. */
interface Owner {
  readonly pid: number;
  readonly host: string;
  /** When the process was started, in the system's own count; tells it from a later one of the same number. */
  readonly started: string;
}

/** The right to write into an output folder, which one run has at a time. */
export interface Claim {
  /** The absolute path of the folder in which files wait to be renamed into their places; on the same disk. */
  readonly waiting: string;
  /** Gives it back, and removes whatever waits still; and the output folder, if it was made for this claim and is empty. */
  readonly release: () => void;
}

/** How to claim. */
export interface ClaimOptions {
  /** A name of this run that no other run has, fit for a file name. */
  readonly run: string;
  /** Ends the waiting when it is aborted. */
  readonly signal: AbortSignal;
  /** Called once if another run is waited for. */
  readonly onWait?: ((process: number) => void) | undefined;
}

/**
 * Claims an output folder; it is made if it is not there. Another run that is alive is waited for. What a run that was killed has left
 * is cleared away. Undefined where the signal was aborted meanwhile.
 *
 * @throws OutputError `disk` where nothing can be written there, `busy` where another run takes longer than ten minutes.
 */
export async function claimOutput(folder: OutputFolder, options: ClaimOptions): Promise<Claim | undefined> {
  const { signal, onWait } = options;
  let waited = 0;
  for (;;) {
    if (signal.aborted) return undefined;
    const result = tryToClaim(folder, options.run);
    if ("release" in result) return result;
    if (waited === 0) onWait?.(result.pid);
    if (waited > longestWait) throw busyError(folder, result);
    waited += pollInterval;
    await setTimeout(pollInterval, undefined, { signal }).catch(() => undefined);
  }
}

function busyError(folder: OutputFolder, { pid, host }: Owner): OutputError {
  const place = path.join(folder.name, claimName);
  return new OutputError(
    "busy",
    `${folder.name}: another run (process ${pid} on ${host}) has been writing there for ten minutes; wait for its end, or remove ${place} if there is none`,
  );
}

function tryToClaim(folder: OutputFolder, run: string): Claim | Owner {
  const { fileSystem, root } = folder;
  const claim = path.join(root, claimName);
  const own = path.join(root, `${claimName}-${run}`);
  const found = readOwner(folder, claim);
  if (found !== undefined && isAlive(found)) return found;
  const made = makeFolders(folder);
  const withdraw = (): void => {
    fileSystem.rmSync(own, { recursive: true, force: true });
    removeFolders(folder, made);
  };
  try {
    fileSystem.mkdirSync(own);
    fileSystem.writeFileSync(path.join(own, ownerName), JSON.stringify(thisProcess()));
    const other = takePlace(folder, { own, claim });
    if (other !== undefined) {
      withdraw();
      return other;
    }
    clearRemains(folder);
  } catch (error) {
    withdraw();
    throw diskError(`write into ${folder.name}`, error);
  }
  const release = (): void => {
    // First out of the way: a claim without an owner would be nobody's, and stay.
    fileSystem.renameSync(claim, own);
    withdraw();
  };
  return { waiting: claim, release };
}

/** Makes the output folder and those above it; says which were not there. */
function makeFolders(folder: OutputFolder): readonly string[] {
  const made: string[] = [];
  for (const missing of folder.placeOf(claimName).missingFolders) {
    try {
      folder.fileSystem.mkdirSync(missing);
      made.push(missing);
    } catch (error) {
      // Another run was quicker.
      if (systemErrorCode(error) === "EEXIST") continue;
      removeFolders(folder, made);
      throw diskError(`write into ${folder.name}`, error);
    }
  }
  return made;
}

function removeFolders({ fileSystem }: OutputFolder, made: readonly string[]): void {
  for (const folder of [...made].reverse()) {
    try {
      fileSystem.rmdirSync(folder);
    } catch {
      // It is in use by now.
    }
  }
}

/** How often the claim of a run that is no more is cleared away before something else must be wrong. */
const mostAttempts = 10;

/**
 * Renames a run's own folder to the claim. A folder that holds an owner cannot be renamed over, so one run alone succeeds (rename(2),
 * ENOTEMPTY). Returns the run that has the claim, or undefined where it is this one.
 */
function takePlace(
  folder: OutputFolder,
  { own, claim }: { readonly own: string; readonly claim: string },
): Owner | undefined {
  const { fileSystem } = folder;
  for (let attempt = 1; ; attempt += 1) {
    try {
      fileSystem.renameSync(own, claim);
      return undefined;
    } catch (error) {
      if (!isTaken(error) || attempt === mostAttempts) throw error;
    }
    const owner = readOwner(folder, claim);
    if (owner !== undefined && isAlive(owner)) return owner;
    setAside(folder, { claim, owner, as: `${own}-dead-${attempt}` });
  }
}

/** Windows answers EPERM or EACCES for a folder that is there. */
function isTaken(error: unknown): boolean {
  const code = systemErrorCode(error) ?? "";
  if (code === "ENOTEMPTY" || code === "EEXIST") return true;
  return process.platform === "win32" && (code === "EPERM" || code === "EACCES");
}

/** Takes a dead run's claim out of the way. Another run may have done so and have the claim by now: then it gets it back. */
function setAside(
  folder: OutputFolder,
  { claim, owner, as }: { readonly claim: string; readonly owner: Owner | undefined; readonly as: string },
): void {
  const { fileSystem } = folder;
  try {
    fileSystem.renameSync(claim, as);
  } catch (error) {
    if (systemErrorCode(error) === "ENOENT") return;
    throw error;
  }
  const taken = readOwner(folder, as);
  if (taken !== undefined && isAlive(taken) && !isSame(taken, owner)) fileSystem.renameSync(as, claim);
}

/** Removes the folders of runs that ended before they could: those of a process that is no more. */
function clearRemains(folder: OutputFolder): void {
  const { fileSystem, root } = folder;
  for (const name of fileSystem.readdirSync(root)) {
    const [, pid] = /^\.crd-gen-(\d+)-/.exec(name) ?? [];
    if (pid === undefined) continue;
    const remains = path.join(root, name);
    const owner = readOwner(folder, remains) ?? { ...thisProcess(), pid: Number(pid), started: "" };
    if (!isAlive(owner) || isSame(owner, thisProcess())) fileSystem.rmSync(remains, { recursive: true, force: true });
  }
}

function readOwner({ fileSystem }: OutputFolder, claim: string): Owner | undefined {
  try {
    const owner: unknown = JSON.parse(fileSystem.readFileSync(path.join(claim, ownerName), "utf8"));
    if (!isJsonObject(owner)) return undefined;
    return { pid: Number(owner.pid), host: String(owner.host), started: String(owner.started) };
  } catch (error) {
    const code = systemErrorCode(error);
    if (error instanceof SyntaxError || code === "ENOENT" || code === "ENOTDIR") return undefined;
    throw diskError(`read ${path.join(claim, ownerName)}`, error);
  }
}

function thisProcess(): Owner {
  return { pid: process.pid, host: hostname(), started: startOf(process.pid) };
}

function isSame(one: Owner, other: Owner | undefined): boolean {
  return one.pid === other?.pid && one.host === other.host && one.started === other.started;
}

/** Of a process on another machine nothing can be said: it counts as alive. */
function isAlive({ pid, host, started }: Owner): boolean {
  if (host !== hostname()) return true;
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return systemErrorCode(error) === "EPERM";
  }
  const now = startOf(pid);
  return started === "" || now === "" || started === now;
}

/** When a process was started, in ticks since the machine was (proc(5), field 22 of stat); empty where the system does not tell. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name of the program, in parentheses, may hold blanks and parentheses.
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
  } catch {
    return "";
  }
}
