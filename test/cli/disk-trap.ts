import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import type * as fs from "node:fs";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { Duplex } from "node:stream";
import { pathToFileURL } from "node:url";
import { onTestFinished } from "vitest";
import { builtCommand, environmentOf } from "./command-process.ts";

const preloaded = pathToFileURL(path.join(import.meta.dirname, "disk-trap.mjs")).href;

/** A synchronous call of `node:fs`. */
export type DiskCall = Extract<keyof typeof fs, `${string}Sync`>;

/** Calls that only look. */
export const lookingCalls: readonly DiskCall[] = [
  "lstatSync",
  "openSync",
  "readFileSync",
  "readdirSync",
  "realpathSync",
  "statSync",
];

/** Something that happens to a command at one of its calls of `node:fs`, before the call is made. */
export interface DiskTrap {
  /** Absolute and without links; calls about other places are not counted. */
  readonly folder: string;
  readonly calls: readonly DiskCall[];
  /** Which of these calls, from 1 on. Each thread counts its own. */
  readonly nth?: number;
  /**
   * `kill`: the process kills itself, in the middle of a call that has a middle. `fail`: the call ends with `errno`. `vanish`: the
   * folder is removed; `replace`: and a file stands there. `hold`: the process waits for `letGo`.
   */
  readonly deed?: "kill" | "fail" | "vanish" | "replace" | "hold";
  readonly errno?: string;
  /** Whether every later call fails, too. */
  readonly lasting?: boolean;
  /** A file for the number of calls, by name. */
  readonly tally?: string;
}

/** The environment of a command with a trap. */
export function trappedBy(trap: DiskTrap): NodeJS.ProcessEnv {
  return { NODE_OPTIONS: `--import=${preloaded}`, CRD_GEN_TEST_DISK: JSON.stringify(trap) };
}

/** How many calls of each name a tally has. */
export function readTally(file: string): Readonly<Partial<Record<DiskCall, number>>> {
  return JSON.parse(readFileSync(file, "utf8"));
}

/** A command that has come to where its trap holds it. */
export interface HeldCommand {
  readonly child: ChildProcess;
  readonly pid: number;
  readonly letGo: () => void;
}

/** Starts the built command, and waits until it is held. It is killed when the test ends before it. */
export async function holdCommand(argv: readonly string[], cwd: string, trap: DiskTrap): Promise<HeldCommand> {
  const env = environmentOf(trappedBy({ ...trap, deed: "hold" }));
  const child = spawn(process.execPath, [builtCommand, ...argv], { cwd, env, stdio: ["pipe", "pipe", "pipe", "pipe"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  const rope = child.stdio[3];
  if (!(rope instanceof Duplex) || child.pid === undefined) throw new Error("expected a process with a fourth pipe");
  const [said] = await Promise.race([once(rope, "data"), once(child, "exit")]);
  if (!Buffer.isBuffer(said)) throw new Error("expected the command to be held, it has ended");
  return { child, pid: child.pid, letGo: () => void rope.write(".") };
}
