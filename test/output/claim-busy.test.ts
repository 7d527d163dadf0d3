import { mkdirSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { expect, test, vi } from "vitest";
import { claimOutput } from "../../src/output/claim.ts";
import { OutputFolder } from "../../src/output/output-folder.ts";
import { contentsOf, temporaryFolder } from "../temporary-folder.ts";

/** The milliseconds that were waited for, none of which passed. */
const waited: number[] = vi.hoisted(() => []);

vi.mock(import("node:timers/promises"), async (original) => ({
  ...(await original()),
  setTimeout: async <T>(delay?: number, value?: T): Promise<T> => {
    waited.push(delay ?? 0);
    return value as T;
  },
}));

test("another run is waited for ten minutes, and then named with what to do", async () => {
  const cwd = temporaryFolder();
  mkdirSync(path.join(cwd, "out/.crd-gen"), { recursive: true });
  writeFileSync(path.join(cwd, "out/.crd-gen/owner-4711-1-x@elsewhere.example.com"), "");
  const untouched = contentsOf(cwd);
  const told: number[] = [];
  const { signal } = new AbortController();
  const claim = claimOutput(new OutputFolder("out", cwd), { run: "1-1", signal, onWait: (pid) => told.push(pid) });
  await expect(claim).rejects.toMatchObject({
    name: "OutputError",
    code: "busy",
    message: `out: another run (process 4711 on elsewhere.example.com) has been writing there for ten minutes; wait for its end, or remove ${path.join("out", ".crd-gen")} if there is none`,
  });
  const minutes = waited.reduce((sum, delay) => sum + delay, 0) / 60_000;
  expect(minutes).toBeGreaterThanOrEqual(10);
  expect(minutes).toBeLessThan(10.1);
  expect(told).toEqual([4711]);
  expect(contentsOf(cwd)).toEqual(untouched);
});
