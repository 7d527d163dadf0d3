import { availableParallelism } from "node:os";
import { expect, test } from "vitest";
import { threadCount } from "../../src/cli/threads.ts";

test.each([
  [[], undefined, 1],
  [[10, 10], undefined, 1],
  [[9_000_000, 900_000], undefined, 1],
  [[90_000_000], undefined, 1],
  [[10, 10, 10], 2, 2],
  [[10], 8, 1],
  [[], 8, 1],
])("files of %j bytes with --jobs %s take %i threads", (sizes, jobs, wanted) => {
  expect(threadCount(sizes, jobs)).toBe(wanted);
});

test("much work takes every processor, up to four threads", () => {
  const sizes = Array.from({ length: 100 }, () => 1_000_000);
  expect(threadCount(sizes, undefined)).toBe(Math.min(4, availableParallelism()));
});
