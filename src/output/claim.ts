import * as path from "node:path";
import process from "node:process";
import { setTimeout } from "node:timers/promises";
import { diskError, OutputError, systemErrorCode } from "./output-error.ts";
import type { OutputFolder } from "./output-folder.ts";
import { fileNameOf, isAlive, type Owner, thisProcess } from "./owner.ts";
import { claimName, clearRemains, discard, nameOfRun, readOwner } from "./remains.ts";

/** Milliseconds between two looks at a claim of somebody else, and how long it is waited for in all. */
const pollInterval = 50;
const longestWait = 10 * 60_000;

/** The right to write into an output folder, which one run has at a time. */
export interface Claim {
  /** The absolute path of the folder in which files wait to be renamed into their places; on the same disk. */
  readonly waiting: string;
  /**
   * Gives it back, and removes whatever waits still; and the output folder, if it was made for this claim and is empty. What cannot be
   * removed is left to the next claim: it is no reason to fail when everything is done.
   */
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
  const own = path.join(root, nameOfRun(run));
  const found = readOwner(folder, claim);
  if (found !== undefined && isAlive(found)) return found;
  const made: string[] = [];
  const withdraw = (): void => {
    discard(folder, own);
    removeFolders(folder, made);
  };
  try {
    makeOwn(folder, { own, run, made });
    clearRemains(folder);
    const other = takePlace(folder, { own, claim, run });
    if (other !== undefined) {
      withdraw();
      return other;
    }
  } catch (error) {
    withdraw();
    throw diskError(`write into ${folder.name}`, error);
  }
  const release = (): void => {
    try {
      // Somebody may have removed the output folder, and another run may have the claim by now.
      if (readOwner(folder, claim)?.run !== run) return;
      // First out of the way: a claim without an owner would be nobody's, and stay.
      fileSystem.renameSync(claim, own);
    } catch {
      // It stays with its owner, whom the next run finds gone.
      return;
    }
    withdraw();
  };
  return { waiting: path.join(claim, filesOf(run)), release };
}

/** The folder in a claim where files wait. No other run has it, so that nobody writes into the claim of another that came after. */
function filesOf(run: string): string {
  return `files-${run}`;
}

/** How often something that another run does at the same time may come between. */
const mostAttempts = 10;

interface Making {
  /** The run's own folder. */
  readonly own: string;
  readonly run: string;
  /** Takes the folders that were made for it. */
  readonly made: string[];
}

/** Makes a run's own folder with its owner in it, and the output folder and those above it where they are not there. */
function makeOwn(folder: OutputFolder, { own, run, made }: Making): void {
  const { fileSystem } = folder;
  for (let attempt = 1; ; attempt += 1) {
    makeFolders(folder, made);
    try {
      fileSystem.mkdirSync(own);
      fileSystem.mkdirSync(path.join(own, filesOf(run)));
      fileSystem.writeFileSync(path.join(own, fileNameOf(thisProcess(run))), "");
      return;
    } catch (error) {
      // Another run, for which the output folder was made, has removed it.
      if (systemErrorCode(error) !== "ENOENT" || attempt === mostAttempts) throw error;
    }
  }
}

function makeFolders({ fileSystem, root }: OutputFolder, made: string[]): void {
  const missing: string[] = [];
  for (
    let place = root;
    fileSystem.statSync(place, { throwIfNoEntry: false }) === undefined;
    place = path.dirname(place)
  )
    missing.unshift(place);
  for (const place of missing) {
    try {
      fileSystem.mkdirSync(place);
      made.push(place);
    } catch (error) {
      // Another run was quicker, or has removed what is above it.
      const code = systemErrorCode(error);
      if (code !== "EEXIST" && code !== "ENOENT") throw error;
    }
  }
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

/** A claim, and a run that wants it. */
interface Taking {
  readonly claim: string;
  /** The run's own folder. */
  readonly own: string;
  readonly run: string;
}

/**
 * Renames a run's own folder to the claim. A folder that holds an owner cannot be renamed over, so one run alone succeeds (rename(2),
 * ENOTEMPTY). Returns the run that has the claim, or undefined where it is this one.
 */
function takePlace(folder: OutputFolder, { claim, own, run }: Taking): Owner | undefined {
  for (let attempt = 1; ; attempt += 1) {
    try {
      folder.fileSystem.renameSync(own, claim);
      return undefined;
    } catch (error) {
      if (!isTaken(error) || attempt === mostAttempts) throw diskError(`make ${folder.display(claimName)}`, error);
    }
    const owner = readOwner(folder, claim);
    if (owner !== undefined && isAlive(owner)) return owner;
    if (owner !== undefined) setAside(folder, { claim, owner, heir: thisProcess(run), as: `${own}-dead-${attempt}` });
  }
}

/** Windows answers EPERM or EACCES for a folder that is there. */
function isTaken(error: unknown): boolean {
  const code = systemErrorCode(error) ?? "";
  if (code === "ENOTEMPTY" || code === "EEXIST") return true;
  return process.platform === "win32" && (code === "EPERM" || code === "EACCES");
}

interface SettingAside {
  readonly claim: string;
  readonly owner: Owner;
  readonly heir: Owner;
  /** Where the claim goes. */
  readonly as: string;
}

/**
 * Takes a dead run's claim out of the way. It is made this run's own first: the file that is renamed bears the name of the dead owner, so
 * one run alone succeeds, and none with a claim that another run has taken meanwhile.
 */
function setAside(folder: OutputFolder, { claim, owner, heir, as }: SettingAside): void {
  const { fileSystem } = folder;
  try {
    fileSystem.renameSync(path.join(claim, fileNameOf(owner)), path.join(claim, fileNameOf(heir)));
  } catch (error) {
    if (systemErrorCode(error) === "ENOENT") return;
    throw error;
  }
  fileSystem.renameSync(claim, as);
  discard(folder, as);
}
