import { TimeoutError } from "../errors/timeout-error.ts";
import type { AbortSignalLike } from "../gen/v1.ts";

/** The end that a call comes to at the latest. */
export interface Deadline {
  /** Aborted with a TimeoutError when the time is over, and with the caller's reason when the caller aborts. */
  readonly signal: AbortSignal;
  /** Lets go of the timer and of the caller's signal. */
  readonly end: () => void;
}

/** What ends a call early. */
export interface DeadlineOptions {
  /** Milliseconds; undefined for no limit. */
  readonly timeoutMs: number | undefined;
  readonly signal: AbortSignalLike | undefined;
  /** What the call is, for the message. */
  readonly subject: string;
}

/** Starts the time of a call. It has to be ended, or the timer keeps the process alive. */
export function startDeadline({ timeoutMs, signal, subject }: DeadlineOptions): Deadline {
  // By hand: under Node 20 an AbortSignal.any of an AbortSignal.timeout may be collected before it comes.
  const controller = new AbortController();
  const abort = (): void => controller.abort(signal?.reason);
  const timer =
    timeoutMs === undefined
      ? undefined
      : setTimeout(() => {
          const message = `${subject}: wanted it done in ${timeoutMs} ms; the server may still act on it`;
          controller.abort(new TimeoutError(message, { phase: "call", timeoutMs }));
        }, timeoutMs);
  if (signal?.aborted === true) abort();
  else signal?.addEventListener("abort", abort);
  return {
    signal: controller.signal,
    end: () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", abort);
    },
  };
}

/** The longest time that a timer of Node takes, in milliseconds: a longer one would be over at once. */
export const longestTimer: number = 2 ** 31 - 1;

/** Waits, for about 25 days at most; rejects with the signal's reason as soon as it is aborted. */
export function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = (): void => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(
      () => {
        signal.removeEventListener("abort", abort);
        resolve();
      },
      Math.min(milliseconds, longestTimer),
    );
    if (signal.aborted) abort();
    else signal.addEventListener("abort", abort, { once: true });
  });
}
