import { linkSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";

/** Milliseconds between two looks at a lock that another has. */
const lookAgain = 100;
/** Milliseconds; three times what a build takes on two cores. */
const longestBuild = 30 * 60_000;

/**
 * Waits until this file is ours; it has the id of the process that has it. What a process that was killed left is taken
 * over. Should two of them do so in the same moment, both have it: what it guards has to be put into place at once, so
 * that nothing is lost but time.
 *
 * @returns what gives it back.
 * @throws Error where it cannot be had in half an hour.
 */
export async function acquireLock(lock: string): Promise<() => void> {
  const own = `${lock}.${process.pid}-${Math.random().toString(36).slice(2)}`;
  const until = performance.now() + longestBuild;
  // Linked into place, so that it is never there without its content.
  writeFileSync(own, `${process.pid}\n`);
  try {
    while (!linked(own, lock)) {
      const owner = ownerOf(lock);
      if (owner !== undefined && !isAlive(owner)) rmSync(lock, { force: true });
      else if (performance.now() < until) await pause(lookAgain);
      else
        throw new Error(
          `${lock}: wanted it free in 30 minutes, but process ${owner} has it; end it or remove the file`,
        );
    }
  } finally {
    rmSync(own, { force: true });
  }
  return () => rmSync(lock, { force: true });
}

function linked(own: string, lock: string): boolean {
  try {
    linkSync(own, lock);
    return true;
  } catch (error) {
    if (hasCode(error, "EEXIST")) return false;
    throw error;
  }
}

/** Undefined where the lock has been given back meanwhile. */
function ownerOf(lock: string): number | undefined {
  try {
    return Number(readFileSync(lock, "utf8"));
  } catch (error) {
    if (hasCode(error, "ENOENT")) return undefined;
    throw error;
  }
}

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return !hasCode(error, "ESRCH");
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
