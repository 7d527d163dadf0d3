import { ApiError } from "../errors/api-error.ts";
import { ConfigError } from "../errors/config-error.ts";
import { ConnectionError } from "../errors/connection-error.ts";
import { TimeoutError } from "../errors/timeout-error.ts";
import { UnsafeIntegerError } from "../errors/unsafe-integer-error.ts";
import type { AbortSignalLike } from "../gen/v1.ts";
import type { ApiRequest } from "./requests.ts";

/**
 * What is told of one sending of a request, after it: a call whose request is sent again has several, and so has a watch,
 * one for each of its connections. There is nothing of an object in it, and nothing of a query: selectors hold values too.
 */
export interface ApiAttempt {
  /** In the words of the client's calls: `get`, `replace`, `watch`. */
  readonly verb: string;
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** `<plural>.<group>`, for the core group the plural alone; with `/status` or `/scale` behind it. */
  readonly resource: string;
  /** Undefined for what is in no namespace, or in all of them. */
  readonly namespace: string | undefined;
  /** The object's name, where the request names one. */
  readonly name: string | undefined;
  /**
   * The HTTP status code; where there was no answer that could be used, the `code` of the error, such as `unreachable`,
   * `broken` or `timeout`. `aborted` where the caller's signal was, and `other` for an error without a code, such as that of
   * a listener.
   */
  readonly code: number | string;
  /** Milliseconds from the sending to the end of the answer; for a watch, how long the connection lasted. */
  readonly durationMs: number;
  /** The first is 1. */
  readonly attempt: number;
  /** Whether another one follows, unless the call ends before it. */
  readonly willRetry: boolean;
}

/** How an attempt came out. */
export type AttemptOutcome = Pick<ApiAttempt, "code" | "willRetry">;

/** Told of attempts. */
export type AttemptListener = (attempt: ApiAttempt) => void;

/**
 * Begins to measure an attempt; the function that is returned tells of its end. It never throws: what a listener throws
 * becomes a warning of Node, so that neither the call nor the error is lost.
 */
export function beginAttempt(
  listener: AttemptListener,
  { verb, method, resource, namespace, name }: ApiRequest,
  attempt: number,
): (outcome: AttemptOutcome) => void {
  const began = performance.now();
  return ({ code, willRetry }) => {
    const durationMs = performance.now() - began;
    try {
      const told: unknown = listener({ verb, method, resource, namespace, name, code, durationMs, attempt, willRetry });
      // The type lets an asynchronous one in, too.
      if (told instanceof Promise) told.catch(warn);
    } catch (error) {
      warn(error);
    }
  };
}

function warn(error: unknown): void {
  process.emitWarning(error instanceof Error ? error : String(error));
}

/** The code of an error that ended an attempt; what a caller aborts a call with has none, whatever it is. */
export function codeOf(error: unknown, { aborted, reason }: AbortSignalLike): number | string {
  if (aborted && error === reason && !(error instanceof TimeoutError)) return "aborted";
  return hasCode(error) ? error.code : "other";
}

function hasCode(error: unknown): error is { readonly code: number | string } {
  const errors = [ApiError, ConnectionError, TimeoutError, ConfigError, UnsafeIntegerError];
  return errors.some((each) => error instanceof each);
}
