import { type ExitCode, exitCode } from "./exit-code.ts";

/** Whether somebody wants this process to end. */
export interface Interruption {
  readonly signal: AbortSignal;
  /** The exit code that the signal asks for. */
  readonly code: () => ExitCode;
  /** From now on, signals end the process at once. */
  readonly ignore: () => void;
}

/** Listens for SIGINT and SIGTERM, so that what has been begun can be left in order. */
export function listenForSignals(): Interruption {
  const controller = new AbortController();
  let code: ExitCode = exitCode.interrupted;
  const interrupt = (): void => controller.abort();
  const terminate = (): void => {
    code = exitCode.terminated;
    controller.abort();
  };
  process.on("SIGINT", interrupt);
  process.on("SIGTERM", terminate);
  return {
    signal: controller.signal,
    code: () => code,
    ignore: () => {
      process.off("SIGINT", interrupt);
      process.off("SIGTERM", terminate);
    },
  };
}
