import { getEventListeners } from "node:events";
import { expect, it } from "vitest";
import { orAborted } from "../../../src/runtime/transport/abort.ts";

const never = new Promise<never>(() => undefined);

it("gives what the promise gives, and leaves no listener behind", async () => {
  const { signal } = new AbortController();
  const failure = new Error("a failure");
  expect(await orAborted(Promise.resolve("a value"), signal)).toBe("a value");
  await expect(orAborted(Promise.reject(failure), signal)).rejects.toBe(failure);
  expect(getEventListeners(signal, "abort")).toEqual([]);
});

it("does without a signal", async () => {
  expect(await orAborted(Promise.resolve("a value"), undefined)).toBe("a value");
});

it.each(["an error", "no error"])("rejects with the signal's reason as it is: %s", async (kind) => {
  const controller = new AbortController();
  const reason = kind === "an error" ? new Error("enough") : "enough";
  const given = orAborted(never, controller.signal);
  controller.abort(reason);
  await expect(given).rejects.toBe(reason);
  await expect(orAborted(never, controller.signal)).rejects.toBe(reason);
});

it("lets nobody hear of a promise that fails after that", async () => {
  const controller = new AbortController();
  let fail = (_: Error): void => undefined;
  const late = new Promise<never>((_, reject) => {
    fail = reject;
  });
  const given = orAborted(late, controller.signal);
  controller.abort("enough");
  await expect(given).rejects.toBe("enough");
  // A rejection that nobody handles would fail the run.
  fail(new Error("too late"));
  await expect(late).rejects.toThrow("too late");
});
