import { expect, test } from "vitest";
import { Control } from "../../src/cli/control.ts";

test("controls of one memory take each number once, and hear each other", () => {
  const one = new Control();
  const other = new Control(one.memory);
  expect([one.take(), other.take(), other.take(), one.take()]).toEqual([0, 1, 2, 3]);
  expect([other.stopped, other.staging]).toEqual([false, true]);
  one.stopStaging();
  expect([other.stopped, other.staging]).toEqual([false, false]);
  one.stop();
  expect(other.stopped).toBe(true);
});
