import { ApiError } from "../errors/api-error.ts";
import { ConnectionError } from "../errors/connection-error.ts";
import type { Verb } from "./options.ts";

/** How often the server may send a request away before that is the answer (client-go, `rest.Request`). */
const mostRefusals = 10;
/** How often a connection may fail. */
const mostFailures = 3;
/** Milliseconds before the first repetition where the server names no time. It doubles with each. */
const firstPause = 100;
const longestPause = 30_000;

/** A request that failed. */
export interface Attempt {
  readonly verb: Verb;
  readonly error: unknown;
  /** How many times the request has been sent by now, those not counted that only had other credentials wanted. */
  readonly sent: number;
}

/**
 * Milliseconds after which a request is to be sent again; undefined where its error is the answer. The server asks for
 * that itself, by 429, 503 or 504 with `Retry-After`: it has done nothing then. A connection that failed is tried
 * again for what only reads, and for every verb where none came about. A 500 is never repeated: the server answers so to
 * some requests that are wrong.
 *
 * @param chance A number from 0 to 1 that spreads clients that failed together.
 */
export function pauseBeforeRetry({ verb, error, sent }: Attempt, chance: number): number | undefined {
  if (error instanceof ApiError) {
    const asked = [429, 503, 504].includes(error.code) && error.retryAfterSeconds !== undefined;
    if (!asked || sent > mostRefusals) return undefined;
    // Jitter on top of what the server asks for, never below it.
    return (error.retryAfterSeconds ?? 0) * 1000 + chance * backoff(sent);
  }
  if (error instanceof ConnectionError && sent <= mostFailures && isWorthwhile(error, verb)) {
    return (0.5 + chance / 2) * backoff(sent);
  }
  return undefined;
}

function backoff(sent: number): number {
  return Math.min(longestPause, firstPause * 2 ** (sent - 1));
}

function isWorthwhile({ code }: ConnectionError, verb: Verb): boolean {
  return code === "unreachable" || (code === "broken" && (verb === "get" || verb === "list"));
}
