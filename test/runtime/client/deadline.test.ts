import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Deadline, pause, startDeadline } from "../../../src/runtime/client/deadline.ts";
import type { AbortSignalLike } from "../../../src/runtime/gen/v1.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const subject = "get mycoolapps.stable.example.com default/web";

/** A signal of another make, which counts who listens to it. */
class OtherSignal implements AbortSignalLike {
  aborted = false;
  reason: unknown;
  readonly listeners = new Set<() => void>();

  addEventListener(_type: "abort", listener: () => void): void {
    this.listeners.add(listener);
  }

  removeEventListener(_type: "abort", listener: () => void): void {
    this.listeners.delete(listener);
  }

  abort(reason: unknown): void {
    this.aborted = true;
    this.reason = reason;
    for (const listener of this.listeners) listener();
  }
}

function started(timeoutMs?: number, signal?: AbortSignalLike): Deadline {
  return startDeadline({ timeoutMs, signal, subject: () => subject });
}

describe("a deadline", () => {
  it("aborts with a TimeoutError when the time is over, and not before", () => {
    const { signal } = started(1_000);
    vi.advanceTimersByTime(999);
    expect(signal.aborted).toBe(false);
    vi.advanceTimersByTime(1);
    expect(signal.reason).toMatchObject({
      name: "TimeoutError",
      code: "timeout",
      phase: "call",
      timeoutMs: 1_000,
      message: `${subject}: wanted it done in 1000 ms; the server may still act on it`,
    });
  });

  it("has no timer without a time, and none when it has ended", () => {
    const unlimited = started();
    expect(vi.getTimerCount()).toBe(0);
    const { signal, end } = started(1_000);
    expect(vi.getTimerCount()).toBe(1);
    end();
    end();
    expect(vi.getTimerCount()).toBe(0);
    vi.advanceTimersByTime(2_000);
    expect([unlimited.signal.aborted, signal.aborted]).toEqual([false, false]);
  });

  it("aborts with the caller's reason, whatever it is", () => {
    for (const reason of [new Error("enough"), "enough", 0]) {
      const other = new OtherSignal();
      const { signal } = started(1_000, other);
      other.abort(reason);
      expect(signal.aborted).toBe(true);
      expect(signal.reason).toBe(reason);
    }
  });

  it("aborts with an AbortError where the caller gives no reason", () => {
    const other = new OtherSignal();
    const { signal } = started(undefined, other);
    other.abort(undefined);
    expect(signal.reason).toMatchObject({ name: "AbortError" });
  });

  it("is over at once where the caller has aborted before", () => {
    const { signal, end } = started(1_000, AbortSignal.abort("before"));
    expect([signal.aborted, signal.reason]).toEqual([true, "before"]);
    end();
    expect(vi.getTimerCount()).toBe(0);
  });

  it("lets go of the caller's signal", () => {
    const other = new OtherSignal();
    const { signal, end } = started(undefined, other);
    expect(other.listeners.size).toBe(1);
    end();
    expect(other.listeners.size).toBe(0);
    other.abort("late");
    expect(signal.aborted).toBe(false);
  });

  it("tells each listener once, and none that has gone", () => {
    const controller = new AbortController();
    const { signal } = started(1_000, controller.signal);
    const [stays, goes, never] = [vi.fn(), vi.fn(), vi.fn()];
    signal.addEventListener("abort", stays);
    signal.addEventListener("abort", goes);
    signal.removeEventListener("abort", goes);
    signal.removeEventListener("abort", never);
    controller.abort();
    vi.advanceTimersByTime(1_000);
    expect([stays, goes, never].map(({ mock }) => mock.calls.length)).toEqual([1, 0, 0]);
  });

  it("keeps the first of two reasons", () => {
    const controller = new AbortController();
    const { signal } = started(1_000, controller.signal);
    vi.advanceTimersByTime(1_000);
    controller.abort("late");
    expect(signal.reason).toMatchObject({ name: "TimeoutError" });
  });
});

describe("a pause", () => {
  it("takes its time and leaves nothing", async () => {
    const ended = vi.fn();
    const { signal } = new AbortController();
    const removed = vi.spyOn(signal, "removeEventListener");
    void pause(500, signal).then(ended);
    await vi.advanceTimersByTimeAsync(499);
    expect(ended).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(ended).toHaveBeenCalledOnce();
    expect(removed).toHaveBeenCalledOnce();
    expect(vi.getTimerCount()).toBe(0);
  });

  it("ends at once when it is aborted, with the reason itself", async () => {
    const controller = new AbortController();
    const reason = new Error("enough");
    const paused = pause(500, controller.signal);
    controller.abort(reason);
    await expect(paused).rejects.toBe(reason);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("does not begin where it was aborted before", async () => {
    await expect(pause(500, AbortSignal.abort("before"))).rejects.toBe("before");
    expect(vi.getTimerCount()).toBe(0);
  });
});
