import { type ChildProcess, spawn } from "node:child_process";
import * as path from "node:path";
import { createInterface } from "node:readline";
import { onTestFinished } from "vitest";
import { builtCommand, type CommandResult, environmentOf } from "./command-process.ts";
import type { DiskCall, DiskTrap } from "./disk-trap.ts";

/** What a run in a process of several left. */
export interface TrappedResult extends CommandResult {
  /** How many of the calls that were counted it has made, by name. */
  readonly counts: Readonly<Partial<Record<DiskCall, number>>>;
  /** What was thrown where nothing should be. */
  readonly crash?: string;
}

/** One process that runs the built command again and again, each time on a disk with another trap. It is killed when the test ends. */
export class CommandAgain {
  readonly #child: ChildProcess;
  readonly #answers: AsyncIterator<string>;

  /** @param cwd Where it runs; what it keeps for the next run goes to `cache` in there. */
  constructor(cwd: string) {
    const script = path.join(import.meta.dirname, "command-again.mjs");
    const command = path.join(path.dirname(builtCommand), "command.js");
    const env = environmentOf({ XDG_CACHE_HOME: path.join(cwd, "cache") });
    const child = spawn(process.execPath, [script, command], { cwd, env, stdio: ["pipe", "pipe", "inherit"] });
    onTestFinished(() => void child.kill("SIGKILL"));
    this.#child = child;
    this.#answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  }

  /** The number of the process. */
  get pid(): number {
    const { pid } = this.#child;
    if (pid === undefined) throw new Error("expected a process");
    return pid;
  }

  /** Runs the command to its end. */
  async run(argv: readonly string[], trap?: DiskTrap): Promise<TrappedResult> {
    this.#child.stdin?.write(`${JSON.stringify({ argv, trap: trap ?? { calls: [] } })}\n`);
    const { value, done } = await this.#answers.next();
    if (done === true) throw new Error("the process has ended");
    return JSON.parse(value);
  }
}
