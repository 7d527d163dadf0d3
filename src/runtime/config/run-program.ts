import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";

/** A program, and for how long it may run. */
export interface ProgramOptions {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** Milliseconds; 0 for no limit. */
  readonly timeoutMs: number;
  /** Ends it. */
  readonly signal: AbortSignal | undefined;
  /**
   * Whether it is a session of its own, so that what it starts is ended with it. Default: unless we have a terminal, which a
   * session of its own could not ask anything at, and whose Ctrl-C would not reach it; on Windows never.
   */
  readonly ownSession?: boolean;
}

/** That a program was ended from here. */
export class ProgramEnded extends Error {
  override readonly name = "ProgramEnded";
  readonly reason: "timeout" | "signal" | "output";

  constructor(reason: ProgramEnded["reason"]) {
    super(`ended by ${reason}`);
    this.reason = reason;
  }
}

/** Bytes of output. */
const maxOutput = 16 * 1024 * 1024;

/**
 * Gives what a program writes to its output. It finds the end of its input at once, and its error output is left out.
 *
 * @throws ProgramEnded when the time is over, the signal is aborted or there is too much output; what `spawn` throws; an error
 * with the exit code as `code`, or with the `signal` that it ended by.
 */
export async function runProgram(options: ProgramOptions): Promise<string> {
  const { command, args, env, timeoutMs, signal } = options;
  if (signal?.aborted === true) throw new ProgramEnded("signal");
  const { ownSession = process.platform !== "win32" && !hasTerminal() } = options;
  const child = spawn(command, args, { env, detached: ownSession, stdio: ["ignore", "pipe", "ignore"] });
  let ended: ProgramEnded | undefined;
  const end = (reason: ProgramEnded["reason"]): void => {
    ended ??= new ProgramEnded(reason);
    // What the program has started may hold it open when it is gone itself.
    child.stdout.destroy();
    kill(child, ownSession);
  };
  const abort = (): void => end("signal");
  const timer = timeoutMs === 0 ? undefined : setTimeout(end, timeoutMs, "timeout");
  signal?.addEventListener("abort", abort);
  const parts: Buffer[] = [];
  let size = 0;
  child.stdout.on("data", (part: Buffer) => {
    parts.push(part);
    size += part.length;
    if (size > maxOutput) end("output");
  });
  try {
    await endOf(child);
  } catch (error) {
    throw ended ?? error;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", abort);
  }
  if (ended !== undefined) throw ended;
  return Buffer.concat(parts).toString();
}

function endOf(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => {
      if (code === 0) resolve();
      else reject(Object.assign(new Error("the program failed"), code === null ? { signal } : { code }));
    });
  });
}

/** Kills a program and, where it is a session of its own, all that it has started and that has not left it. */
function kill(child: ChildProcess, ownSession: boolean): void {
  if (!ownSession || child.pid === undefined) {
    child.kill("SIGKILL");
    return;
  }
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch {
    // None of it is left.
  }
}

/** Whether this process has a terminal, whatever its input and output are. */
function hasTerminal(): boolean {
  try {
    closeSync(openSync("/dev/tty", "r"));
    return true;
  } catch {
    return false;
  }
}
