import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** A program, and for how long it may run. */
export interface ProgramOptions {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** Milliseconds; 0 for no limit. */
  readonly timeoutMs: number;
  /** Ends it. */
  readonly signal: AbortSignal | undefined;
}

/** That a program was ended from here. */
export class ProgramEnded extends Error {
  override readonly name = "ProgramEnded";
  readonly reason: "timeout" | "signal";

  constructor(reason: ProgramEnded["reason"]) {
    super(`ended by ${reason}`);
    this.reason = reason;
  }
}

const run = promisify(execFile);
/** Bytes of output. */
const maxBuffer = 16 * 1024 * 1024;

/**
 * Gives what a program writes to its output. It finds the end of its input at once.
 *
 * @throws ProgramEnded when the time is over or the signal is aborted; what `execFile` throws.
 */
export async function runProgram({ command, args, env, timeoutMs, signal }: ProgramOptions): Promise<string> {
  if (signal?.aborted === true) throw new ProgramEnded("signal");
  const running = run(command, args, { env, maxBuffer });
  const { child } = running;
  let ended: ProgramEnded | undefined;
  const end = (reason: ProgramEnded["reason"]): void => {
    ended = new ProgramEnded(reason);
    // What the program has started may hold them open when it is gone itself.
    child.stdout?.destroy();
    child.stderr?.destroy();
    child.kill("SIGKILL");
  };
  const abort = (): void => end("signal");
  const timer = timeoutMs === 0 ? undefined : setTimeout(end, timeoutMs, "timeout");
  signal?.addEventListener("abort", abort);
  child.stdin?.end();
  try {
    const { stdout } = await running;
    if (ended === undefined) return stdout;
  } catch (error) {
    if (ended === undefined) throw error;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", abort);
  }
  throw ended;
}
