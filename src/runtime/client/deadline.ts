import { TimeoutError } from "../errors/timeout-error.ts";
import type { AbortSignalLike } from "../gen/v1.ts";

/** The end that a call comes to at the latest. */
export interface Deadline {
  /** Aborted with a TimeoutError when the time is over, and with the caller's reason when the caller aborts. */
  readonly signal: AbortSignalLike;
  /** Lets go of the timer and of the caller's signal. */
  readonly end: () => void;
}

/** What ends a call early. */
export interface DeadlineOptions {
  /** Milliseconds; undefined for no limit. */
  readonly timeoutMs: number | undefined;
  readonly signal: AbortSignalLike | undefined;
  /** The client's own: aborted when it is closed. Default: that does not end the call. */
  readonly closing?: AbortSignalLike;
  /** Says what the call is, for the message. */
  readonly subject: () => string;
}

/** Starts the time of a call. It has to be ended, or the timer keeps the process alive. */
export function startDeadline({ timeoutMs, signal, closing, subject }: DeadlineOptions): Deadline {
  const ending = new CallSignal();
  const abort = (): void => {
    const { reason = new DOMException("This operation was aborted", "AbortError") } = signal ?? {};
    ending.abort(reason);
  };
  const close = (): void => ending.abort(closing?.reason);
  const timer =
    timeoutMs === undefined
      ? undefined
      : setTimeout(() => {
          const message = `${subject()}: wanted it done in ${timeoutMs} ms; the server may still act on it`;
          ending.abort(new TimeoutError(message, { phase: "call", timeoutMs }));
        }, timeoutMs);
  if (signal?.aborted === true) abort();
  else signal?.addEventListener("abort", abort);
  if (closing?.aborted === true) close();
  else closing?.addEventListener("abort", close);
  return {
    signal: ending,
    end: () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", abort);
      closing?.removeEventListener("abort", close);
    },
  };
}

/**
 * What an AbortSignal is to a call. Under Node 20 a true one, with one listener, takes a tenth of the time of a small
 * request, and an AbortSignal.any of an AbortSignal.timeout may be collected before it comes.
 */
export class CallSignal implements AbortSignalLike {
  aborted = false;
  reason: unknown;
  readonly #listeners: (() => void)[] = [];

  addEventListener(_: "abort", listener: () => void): void {
    this.#listeners.push(listener);
  }

  removeEventListener(_: "abort", listener: () => void): void {
    const at = this.#listeners.indexOf(listener);
    if (at !== -1) this.#listeners.splice(at, 1);
  }

  abort(reason: unknown): void {
    if (this.aborted) return;
    this.aborted = true;
    this.reason = reason;
    for (const listener of this.#listeners.splice(0)) listener();
  }
}

/** The longest time that a timer of Node takes, in milliseconds: a longer one would be over at once. */
export const longestTimer: number = 2 ** 31 - 1;

/** Waits, for about 25 days at most; rejects with the signal's reason as soon as it is aborted. */
export function pause(milliseconds: number, signal: AbortSignalLike | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", abort);
      reject(signal?.reason);
    };
    const timer = setTimeout(
      () => {
        signal?.removeEventListener("abort", abort);
        resolve();
      },
      Math.min(milliseconds, longestTimer),
    );
    if (signal?.aborted === true) abort();
    else signal?.addEventListener("abort", abort);
  });
}
