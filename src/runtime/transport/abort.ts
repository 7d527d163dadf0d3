import type { AbortSignalLike } from "../gen/v1.ts";

/** Throws the signal's reason where it has been aborted. */
export function throwIfAborted(signal: AbortSignalLike | undefined): void {
  if (signal?.aborted === true) throw signal.reason;
}

/**
 * Gives what a promise gives. Rejects with the signal's reason as soon as that is aborted; what becomes of the promise is
 * nobody's concern then.
 */
export function orAborted<T>(promise: Promise<T>, signal: AbortSignalLike | undefined): Promise<T> {
  if (signal === undefined) return promise;
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener("abort", abort);
    const settled = (): void => signal.removeEventListener("abort", abort);
    promise.then(resolve, reject).then(settled);
  });
}
