import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type RateLimit, RateLimiter } from "../../../src/runtime/client/rate-limiter.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Takes so many tokens at once; gives the milliseconds after which each came, as they come. */
function takeAll(limiter: RateLimiter, count: number, signal?: AbortSignal): number[] {
  const began = performance.now();
  const came: number[] = [];
  for (let taken = 0; taken < count; taken++) {
    limiter.take(signal ?? new AbortController().signal).then(
      () => void came.push(Math.round(performance.now() - began)),
      () => undefined,
    );
  }
  return came;
}

describe("a bucket", () => {
  it.each<[RateLimit, number, number[]]>([
    [{ qps: 1, burst: 1 }, 3, [0, 1000, 2000]],
    [{ qps: 10, burst: 3 }, 6, [0, 0, 0, 100, 200, 300]],
    [{ qps: 0.5, burst: 1 }, 2, [0, 2000]],
    [{ qps: 3, burst: 2 }, 4, [0, 0, 333, 666]],
    [{ qps: 2000, burst: 1 }, 1, [0]],
  ])("of %j gives %i tokens after %j ms", async (limit, count, want) => {
    const came = takeAll(new RateLimiter(limit), count);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(came).toEqual(want);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("gives no more than its rate over a long time", async () => {
    const came = takeAll(new RateLimiter({ qps: 7, burst: 5 }), 200);
    await vi.advanceTimersByTimeAsync(10_000);
    // Timers leave out the part of a millisecond.
    expect(came).toHaveLength(5 + 70);
  });

  it("is filled up while nobody takes, to its depth and no further", async () => {
    const limiter = new RateLimiter({ qps: 10, burst: 2 });
    takeAll(limiter, 2);
    await vi.advanceTimersByTimeAsync(100);
    const one = takeAll(limiter, 2);
    await vi.advanceTimersByTimeAsync(60_000);
    const full = takeAll(limiter, 4);
    await vi.advanceTimersByTimeAsync(1_000);
    expect([one, full]).toEqual([
      [0, 100],
      [0, 0, 100, 200],
    ]);
  });
});

describe("who waits", () => {
  it("ends with the signal's reason at once, and leaves no timer", async () => {
    const limiter = new RateLimiter({ qps: 1, burst: 1 });
    takeAll(limiter, 1);
    const controller = new AbortController();
    const taken = limiter.take(controller.signal);
    const ended = expect(taken).rejects.toBe("enough");
    expect(vi.getTimerCount()).toBe(1);
    controller.abort("enough");
    await ended;
    expect(vi.getTimerCount()).toBe(0);
  });

  it("and gives up leaves the token to who comes next", async () => {
    const limiter = new RateLimiter({ qps: 1, burst: 1 });
    const controller = new AbortController();
    takeAll(limiter, 1);
    takeAll(limiter, 1, controller.signal);
    controller.abort();
    await vi.advanceTimersByTimeAsync(0);
    const came = takeAll(limiter, 1);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(came).toEqual([1000]);
  });

  it("keeps to its turn where one before it gives up", async () => {
    const limiter = new RateLimiter({ qps: 1, burst: 1 });
    const controller = new AbortController();
    takeAll(limiter, 1);
    takeAll(limiter, 1, controller.signal);
    const came = takeAll(limiter, 2);
    controller.abort();
    await vi.advanceTimersByTimeAsync(0);
    const later = takeAll(limiter, 1);
    await vi.advanceTimersByTimeAsync(10_000);
    expect([came, later]).toEqual([[2000, 3000], [4000]]);
  });
});

describe("a rate that is none", () => {
  const qps = "rateLimit.qps: wanted requests a second: a number above 0";
  const burst = "rateLimit.burst: wanted requests at once: a whole number of at least 1";
  it.each<[unknown, unknown, string]>([
    [0, 1, qps],
    [-1, 1, qps],
    [Number.NaN, 1, qps],
    [Number.POSITIVE_INFINITY, 1, qps],
    ["5", 1, qps],
    [undefined, 1, qps],
    [5, 0, burst],
    [5, 1.5, burst],
    [5, Number.POSITIVE_INFINITY, burst],
    [5, undefined, burst],
  ])("is refused: %s a second, %s at once", (rate, depth, message) => {
    const limit = { qps: rate, burst: depth } as RateLimit;
    expect(() => new RateLimiter(limit)).toThrow(expect.objectContaining({ name: "InvalidArgumentError", message }));
  });
});
