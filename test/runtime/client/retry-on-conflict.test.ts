import { afterEach, beforeEach, describe, expect, expectTypeOf, it, vi } from "vitest";
import { retryOnConflict } from "../../../src/runtime/client/retry-on-conflict.ts";
import type { ApiError } from "../../../src/runtime/errors/api-error.ts";
import { apiErrorOf } from "../../../src/runtime/errors/failed-answer.ts";

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(Math, "random").mockReturnValue(0.5);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

function refused(code: number, reason?: string): ApiError {
  const status = reason === undefined ? undefined : ({ apiVersion: "v1", kind: "Status", reason } as const);
  return apiErrorOf({ verb: "replace", resource: "mycoolapps" }, { code, status, retryAfterSeconds: undefined });
}

/** An action that fails with these errors, one after the other, and then gives "done". */
function failing(...errors: readonly unknown[]): { action: () => Promise<string>; times: number[] } {
  const times: number[] = [];
  const began = performance.now();
  const action = async (): Promise<string> => {
    const index = times.push(performance.now() - began) - 1;
    if (index < errors.length) throw errors[index];
    return "done";
  };
  return { action, times };
}

const conflict = refused(409, "Conflict");

describe("retryOnConflict", () => {
  it("gives what the action gives", async () => {
    const { action, times } = failing();
    const result = retryOnConflict(action);
    expectTypeOf(result).toEqualTypeOf<Promise<string>>();
    expect(await result).toBe("done");
    expect(times).toEqual([0]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it.each<[number, number[]]>([
    [0, [0, 10, 20, 30, 40]],
    [0.5, [0, 11, 22, 33, 44]],
  ])("tries 5 times, with the chance %f after %j ms", async (chance, want) => {
    vi.spyOn(Math, "random").mockReturnValue(chance);
    const { action, times } = failing(conflict, refused(409), conflict, conflict);
    const result = retryOnConflict(action);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await result).toBe("done");
    // A timer takes whole milliseconds.
    expect(times.every((time, index) => Math.abs(time - (want[index] ?? 0)) <= index)).toBe(true);
    expect(times).toHaveLength(5);
  });

  it("throws the last conflict", async () => {
    const conflicts = Array.from({ length: 6 }, () => refused(409, "Conflict"));
    const { action, times } = failing(...conflicts);
    const result = retryOnConflict(action).catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await result).toBe(conflicts[4]);
    expect(times).toHaveLength(5);
    expect(vi.getTimerCount()).toBe(0);
  });

  it.each<[unknown]>([
    [refused(409, "AlreadyExists")],
    [refused(404, "NotFound")],
    [new Error("a defect")],
    ["enough"],
  ])("throws %s at once", async (error) => {
    const { action, times } = failing(conflict, error);
    const result = retryOnConflict(action).catch((thrown: unknown) => thrown);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await result).toBe(error);
    expect(times).toHaveLength(2);
  });

  it("ends with the signal's reason between two tries, at once", async () => {
    const controller = new AbortController();
    const { action, times } = failing(conflict, conflict);
    const ended = expect(retryOnConflict(action, { signal: controller.signal })).rejects.toBe("enough");
    await vi.advanceTimersByTimeAsync(5);
    controller.abort("enough");
    await ended;
    expect({ tries: times.length, timers: vi.getTimerCount() }).toEqual({ tries: 1, timers: 0 });
  });

  it("does nothing where the signal was aborted before", async () => {
    const { action, times } = failing();
    await expect(retryOnConflict(action, { signal: AbortSignal.abort("before") })).rejects.toBe("before");
    expect(times).toEqual([]);
  });
});
