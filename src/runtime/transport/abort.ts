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
    const settled = (): void => signal.removeEventListener("abort", abort);
    const abort = (): void => {
      settled();
      reject(signal.reason);
    };
    if (signal.aborted) reject(signal.reason);
    else signal.addEventListener("abort", abort);
    promise.then(resolve, reject).then(settled);
  });
}
