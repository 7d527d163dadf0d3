/** What took longer than it may: the connection, the beginning of the answer, or the whole call with its retries. */
export type TimeoutPhase = "connect" | "headers" | "call";

/** A call that was given up because its time was over. The server may still act on it. */
export class TimeoutError extends Error {
  override readonly name = "TimeoutError";
  /** A stable word for programs. */
  readonly code = "timeout";
  readonly phase: TimeoutPhase;
  /** The limit, in milliseconds. */
  readonly timeoutMs: number;

  constructor(message: string, limit: { readonly phase: TimeoutPhase; readonly timeoutMs: number }) {
    super(message);
    this.phase = limit.phase;
    this.timeoutMs = limit.timeoutMs;
  }
}

/** Tells a TimeoutError of a call's own limits from other errors; what the server gave up on is {@link isTimeout}. */
export function isDeadlineExceeded(error: unknown): error is TimeoutError {
  return error instanceof TimeoutError;
}
