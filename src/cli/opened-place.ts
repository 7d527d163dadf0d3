import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import process from "node:process";
import { type Claim, claimOutput } from "../output/claim.ts";
import type { LockState } from "../output/lock-state.ts";
import { OutputFolder } from "../output/output-folder.ts";
import type { OwnedFiles } from "../output/owned-files.ts";
import type { StagingPlace } from "./collect.ts";
import { lookAtOutput, type OutputTarget } from "./output-target.ts";
import type { OutputSettings } from "./settings.ts";

/** Somewhere for the files of a run to wait. */
export interface OpenedPlace extends OutputTarget {
  readonly place: StagingPlace;
  /** Removes what waits still. */
  readonly close: () => void;
}

/** What it takes to open a place. */
export interface Opening {
  readonly settings: OutputSettings;
  readonly cwd: string;
  /** What the output folder held when the run looked at it first. */
  readonly known?: LockState | undefined;
  readonly signal: AbortSignal;
  readonly onWait: ((process: number) => void) | undefined;
}

/**
 * Makes a place for the files of a run to wait in: a run that writes claims the output folder, and looks at it again, since another
 * run may have written there meanwhile; one that shows differences has a temporary folder; one that only compares needs none.
 * Undefined where the signal was aborted meanwhile.
 *
 * @throws OutputError as `lookAtOutput` and `claimOutput`
 */
export async function openPlace(opening: Opening): Promise<OpenedPlace | undefined> {
  const { settings, cwd, known } = opening;
  if (settings.mode === "write") return claimedPlace(opening);
  const target = lookAtOutput(settings, cwd, known);
  const waiting = settings.diff ? mkdtempSync(path.join(tmpdir(), "crd-gen-diff-")) : undefined;
  const close = (): void => {
    if (waiting !== undefined) rmSync(waiting, { recursive: true, force: true });
  };
  return { ...target, place: placeOf(target, opening, waiting), close };
}

async function claimedPlace(opening: Opening): Promise<OpenedPlace | undefined> {
  const { settings, cwd, signal } = opening;
  let { known } = opening;
  const onWait = (process: number): void => {
    // By the end of that run it may have been changed by anybody.
    known = undefined;
    opening.onWait?.(process);
  };
  const run = `${process.pid}-${randomBytes(6).toString("hex")}`;
  const claim: Claim | undefined = await claimOutput(new OutputFolder(settings.out, cwd), { run, signal, onWait });
  if (claim === undefined) return undefined;
  try {
    const target = lookAtOutput(settings, cwd, known);
    return { ...target, place: placeOf(target, opening, claim.waiting), close: claim.release };
  } catch (error) {
    claim.release();
    throw error;
  }
}

function placeOf(
  { folder, state }: OutputTarget,
  { settings, cwd }: Opening,
  waiting: string | undefined,
): StagingPlace {
  return { folder, cwd, waiting, owned: ownedFiles(state, settings) };
}

/** Where only the lock is left, as in a fresh clone that has no more than that, everything is written again. */
function ownedFiles({ lock, present, interrupted }: LockState, { force }: OutputSettings): OwnedFiles {
  if (lock === undefined) return { digests: undefined, force, restore: true };
  const digests = new Map(lock.files.map(({ path: file, digest }) => [file, digest]));
  return { digests, force, restore: force || interrupted || present.size === 0 };
}
