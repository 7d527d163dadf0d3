import * as fs from "node:fs";

import * as path from "node:path";
import fc from "fast-check";
import { afterEach, describe, expect, test, vi } from "vitest";
import { type Outcome, run } from "../../src/cli/run.ts";
import type { Settings } from "../../src/cli/settings.ts";
import type { FileSystem } from "../../src/output/file-system.ts";
import { generatedMark } from "../../src/output/mark.ts";
import { failingDisk } from "../output/failing-disk.ts";
import { runs } from "../properties/runs.ts";
import { contentsOf, temporaryFolder } from "../temporary-folder.ts";
import { fakeStages, plainSettings } from "./fake-stages.ts";
import { bury, deadProcess } from "./killed-run.ts";

/** The disk of the runs, where it is not the real one. */
const disk: { current: FileSystem | undefined } = vi.hoisted(() => ({ current: undefined }));

vi.mock(import("../../src/output/file-system.ts"), async (original) => {
  const { nodeFileSystem } = await original();
  const current: FileSystem = new Proxy(
    { ...nodeFileSystem },
    { get: (real, name) => Reflect.get(disk.current ?? real, name) },
  );
  return { nodeFileSystem: current };
});

afterEach(() => {
  disk.current = undefined;
});

type Input = Readonly<Record<string, readonly string[]>>;

/** What the sources are, one after the other: definitions change, come, go, with their folders, and come back. */
const inputs: readonly [Input, Input, Input] = [
  { "1.yaml": ["a", "b", "g/v1/c"], "2.yaml": ["d", "e", "k/l"] },
  { "1.yaml": ["a@2", "h/v1/f"], "2.yaml": ["d", "e", "k/l@2"] },
  { "1.yaml": ["a@3", "b", "h/v1/f@2"], "2.yaml": ["d@2", "e"], "3.yaml": ["k/l", "m"] },
];

function attempt(cwd: string, input: Input, changes: Partial<Settings> = {}): Promise<Outcome | undefined> {
  const signal = new AbortController().signal;
  return run({ ...plainSettings, yes: true, ...changes }, { cwd, version: "1.2.3", stages: fakeStages(input), signal });
}

/** What a run into an empty folder leaves. */
async function cold(input: Input): Promise<Record<string, string | null>> {
  const cwd = temporaryFolder();
  expect(await attempt(cwd, input)).toMatchObject({ exitCode: 0 });
  return contentsOf(cwd);
}

const dead = deadProcess();

/** A run whose process is killed at the nth change of the disk; whether it came to its end before that. */
async function killedRun(cwd: string, input: Input, at: number): Promise<boolean> {
  const failing = failingDisk({ at, lasting: "for good" });
  disk.current = failing.fileSystem;
  await attempt(cwd, input).catch(() => undefined);
  disk.current = undefined;
  bury(path.join(cwd, "out"), dead);
  return failing.seen() < at;
}

interface Start {
  readonly name: string;
  readonly begin: () => Promise<string>;
}

const starts: readonly Start[] = [
  { name: "an empty folder", begin: async () => temporaryFolder() },
  {
    name: "the output of a run",
    begin: async () => {
      const cwd = temporaryFolder();
      await attempt(cwd, inputs[0]);
      return cwd;
    },
  },
  {
    name: "the lock of a run alone",
    begin: async () => {
      const cwd = temporaryFolder();
      await attempt(cwd, inputs[0]);
      const lock = fs.readFileSync(path.join(cwd, "out/crd-gen.lock"), "utf8");
      return temporaryFolder({ "out/crd-gen.lock": lock });
    },
  },
  {
    name: "an output without a lock",
    begin: async () =>
      temporaryFolder({ "out/a.ts": `${generatedMark}. old\n`, "out/gone.ts": `${generatedMark}. gone\n` }),
  },
];

describe.each(starts)("a run over $name that is killed", ({ begin }) => {
  test.each([inputs[1], inputs[2]])("at the nth change of the disk is made good by the next: %j", async (input) => {
    const wanted = await cold(input);
    for (let at = 1; ; at += 1) {
      const cwd = await begin();
      const ended = await killedRun(cwd, inputs[1], at);
      expect(await attempt(cwd, input), `killed at ${at}`).toMatchObject({ exitCode: 0, diagnostics: [] });
      expect(contentsOf(cwd), `killed at ${at}`).toEqual(wanted);
      if (ended) break;
    }
  });

  test("and is followed by others that are killed is made good by the first that is not", async () => {
    const wanted = await Promise.all(inputs.map(cold));
    const choice = fc.nat({ max: inputs.length - 1 });
    const killed = fc.array(fc.tuple(choice, fc.integer({ min: 1, max: 40 })), { minLength: 2, maxLength: 4 });
    const property = fc.asyncProperty(killed, choice, async (before, last) => {
      const cwd = await begin();
      for (const [number, at] of before) await killedRun(cwd, inputs[number] ?? {}, at);
      expect(await attempt(cwd, inputs[last] ?? {})).toMatchObject({ exitCode: 0, diagnostics: [] });
      expect(contentsOf(cwd)).toEqual(wanted[last]);
    });
    await fc.assert(property, runs(25));
  });
});

/** Everything but what a claim that could not be given back has left. */
function withoutClaim(cwd: string): Record<string, string | null> {
  return Object.fromEntries(
    Object.entries(contentsOf(cwd)).filter(([name]) => !/^out\/\.crd-gen(?:-|\/|$)/.test(name)),
  );
}

describe("a disk that fails at the nth change", () => {
  test.each([inputs[1], inputs[2]])("leaves the output as it was, or has all of the new one: %j", async (input) => {
    const wanted = await cold(input);
    let failures = 0;
    for (let at = 1; ; at += 1) {
      const cwd = temporaryFolder();
      await attempt(cwd, inputs[0]);
      const untouched = contentsOf(cwd);
      const failing = failingDisk({ at, lasting: "once" });
      disk.current = failing.fileSystem;
      const outcome = await attempt(cwd, input);
      disk.current = undefined;
      if (outcome?.exitCode === 0) {
        // Nothing but the folders that became empty, and the claim, may have been left behind.
        const files = (contents: Record<string, string | null>): unknown =>
          Object.entries(contents).filter(([, content]) => content !== null);
        expect(files(withoutClaim(cwd)), `the ${at}th change`).toEqual(files(wanted));
        bury(path.join(cwd, "out"), dead);
        expect(await attempt(cwd, input, { force: true })).toMatchObject({ exitCode: 0 });
        expect(Object.keys(contentsOf(cwd)).filter((name) => name.startsWith("out/.crd-gen"))).toEqual([]);
      } else {
        failures += 1;
        expect(outcome).toMatchObject({ exitCode: 3, diagnostics: [{ severity: "error", code: "disk" }] });
        expect(contentsOf(cwd), `the ${at}th change`).toEqual(untouched);
      }
      if (failing.seen() < at) break;
    }
    expect(failures).toBeGreaterThan(10);
  });

  test("leaves nothing of an output folder that was made for it", async () => {
    for (let at = 1; ; at += 1) {
      const cwd = temporaryFolder();
      const failing = failingDisk({ at, lasting: "once" });
      disk.current = failing.fileSystem;
      const outcome = await attempt(cwd, inputs[0], { out: "new/out" });
      disk.current = undefined;
      if (outcome?.exitCode !== 0) expect(contentsOf(cwd), `the ${at}th change`).toEqual({});
      if (failing.seen() < at) break;
    }
  });
});

test("a report that cannot be put in its place leaves the output as it was", async () => {
  const cwd = temporaryFolder();
  await attempt(cwd, inputs[0]);
  const untouched = contentsOf(cwd);
  // After everything has been staged, somebody puts a folder there.
  const renameSync: FileSystem["renameSync"] = (from, to) => {
    fs.renameSync(from, to);
    if (path.basename(String(to)) === "a.ts") fs.mkdirSync(path.join(cwd, "report.json"), { recursive: true });
  };
  disk.current = { ...fs, renameSync };
  const outcome = await attempt(cwd, inputs[1], { report: "report.json" });
  disk.current = undefined;
  expect(outcome).toMatchObject({
    exitCode: 3,
    diagnostics: [{ code: "disk", message: expect.stringContaining("report.json") }],
  });
  expect(contentsOf(cwd)).toEqual({ ...untouched, "report.json": null });
});
