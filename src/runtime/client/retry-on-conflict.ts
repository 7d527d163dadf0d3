import { isConflict } from "../errors/predicates.ts";
import type { AbortSignalLike } from "../gen/v1.ts";
import { throwIfAborted } from "../transport/abort.ts";
import { pause } from "./deadline.ts";

/** What ends the tries early. */
export interface RetryOnConflictOptions {
  /** Ends the pauses between tries, and is looked at before each; the action has to mind it by itself. */
  readonly signal?: AbortSignalLike | undefined;
}

/** How often something is tried (client-go, retry.DefaultRetry). */
const mostTries = 5;
/** Milliseconds between two tries, and how many more they may be by chance. */
const betweenTries = 10;
const jitter = 1;

/**
 * Does something again while the server answers with a conflict, up to 5 times with 10 milliseconds in between, as client-go's
 * `retry.RetryOnConflict` does with `retry.DefaultRetry`. The action has to read the object each time: only what it read last
 * can be replaced. A conflict with another field manager, which `apply` knows, does not pass by itself.
 *
 * @returns What the action returns.
 * @throws The last conflict; what else the action throws, at once; the signal's reason.
 */
export function retryOnConflict<T>(action: () => Promise<T>, options: RetryOnConflictOptions = {}): Promise<T> {
  return retryWhile(isConflict, action, options);
}

/** The same for the errors that a function knows. */
export async function retryWhile<T>(
  isPassing: (error: unknown) => boolean,
  action: () => Promise<T>,
  { signal }: RetryOnConflictOptions,
): Promise<T> {
  for (let tries = 1; ; tries++) {
    throwIfAborted(signal);
    try {
      return await action();
    } catch (error) {
      if (tries === mostTries || !isPassing(error)) throw error;
    }
    await pause(betweenTries + jitter * Math.random(), signal);
  }
}
