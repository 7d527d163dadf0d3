import { InvalidArgumentError } from "../errors/invalid-argument.ts";
import type { AbortSignalLike } from "../gen/v1.ts";
import { pause } from "./deadline.ts";

/** How many requests a client sends at the most. */
export interface RateLimit {
  /** Requests a second, on average: a number above 0. */
  readonly qps: number;
  /** Requests that go out at once after a time in which there were few: a whole number of at least 1. */
  readonly burst: number;
}

/**
 * A bucket of tokens, one for each request: it holds `burst` of them, is full at first, and is filled up by `qps` a second
 * (client-go, flowcontrol.NewTokenBucketRateLimiter). Who finds it empty waits, in the order of coming. There is a timer only
 * while somebody waits.
 */
export class RateLimiter {
  /** Milliseconds in which one token comes. */
  readonly #interval: number;
  /** Milliseconds in which an empty bucket gets full. */
  readonly #depth: number;
  /** When it is full again, on the clock of `performance`, if nobody takes any more. */
  #full = 0;

  /** @throws InvalidArgumentError where a number is none that a rate can be. */
  constructor({ qps, burst }: RateLimit) {
    if (!(Number.isFinite(qps) && qps > 0)) {
      throw new InvalidArgumentError("rateLimit.qps", "wanted requests a second: a number above 0");
    }
    if (!(Number.isSafeInteger(burst) && burst >= 1)) {
      throw new InvalidArgumentError("rateLimit.burst", "wanted requests at once: a whole number of at least 1");
    }
    this.#interval = 1000 / qps;
    this.#depth = burst * this.#interval;
  }

  /** Takes a token as soon as there is one; rejects with the signal's reason as soon as it is aborted, and takes none then. */
  async take(signal: AbortSignalLike): Promise<void> {
    const now = performance.now();
    const before = Math.max(this.#full, now);
    const after = before + this.#interval;
    const wait = after - this.#depth - now;
    this.#full = after;
    // Timers are no finer than a millisecond.
    if (wait < 1) return;
    try {
      await pause(wait, signal);
    } catch (reason) {
      // Who came later has been told already how long to wait; then the token is lost, as it is in client-go.
      if (this.#full === after) this.#full = before;
      throw reason;
    }
  }
}
