import { spawnSync } from "node:child_process";
import * as path from "node:path";
import process from "node:process";
import { describe, expect, test } from "vitest";
import { type Outcome, run } from "../../src/cli/run.ts";
import type { Settings } from "../../src/cli/settings.ts";
import { fileNameOf, thisProcess } from "../../src/output/owner.ts";
import { contentsOf, temporaryFolder } from "../temporary-folder.ts";
import { fakeStages, plainSettings } from "./fake-stages.ts";

type Contents = Readonly<Record<string, string | null>>;

const before = { "1.yaml": ["a", "g/v1/b"], "2.yaml": ["c"] };
const after = { "1.yaml": ["a@2", "h/v1/d"], "2.yaml": ["c"] };
const lock = "crd-gen.lock";
const nextLock = ".crd-gen.lock.next";

async function attempt(
  cwd: string,
  input: Readonly<Record<string, readonly string[]>>,
  changes: Partial<Settings> = {},
): Promise<Outcome | undefined> {
  const { signal } = new AbortController();
  return run({ ...plainSettings, ...changes }, { cwd, version: "1.2.3", stages: fakeStages(input), signal });
}

/** The output folder after a run of nothing else. */
async function cold(input: Readonly<Record<string, readonly string[]>>): Promise<Contents> {
  const cwd = temporaryFolder();
  expect(await attempt(cwd, input)).toMatchObject({ exitCode: 0 });
  return contentsOf(path.join(cwd, "out"));
}

/** A working folder whose output has these files. */
function folderWith(output: Contents): string {
  const files = Object.entries(output).map(([name, content]) =>
    content === null ? [`out/${name}/`, ""] : [`out/${name}`, content],
  );
  return temporaryFolder(Object.fromEntries(files));
}

function without(contents: Contents, ...names: readonly string[]): Contents {
  return Object.fromEntries(Object.entries(contents).filter(([name]) => !names.includes(name)));
}

/** The outputs of the sources before and after. */
interface Outputs {
  readonly old: Contents;
  readonly now: Contents;
}

async function outputs(): Promise<Outputs> {
  return { old: await cold(before), now: await cold(after) };
}

/** A file of the new output. */
function one({ now }: Outputs): Contents {
  return { "a.ts": now["a.ts"] ?? null };
}

function announced({ now }: Outputs): Contents {
  return { [nextLock]: now[lock] ?? null };
}

describe.each<readonly [string, (of: Outputs) => Contents]>([
  ["before the first file", ({ old }) => old],
  ["after one", (of) => ({ ...of.old, ...one(of) })],
  ["when it had made the outer of two folders", ({ old }) => ({ ...old, h: null })],
  ["when it had made both", ({ old }) => ({ ...old, h: null, "h/v1": null })],
  ["when it had removed a file", ({ old, now }) => ({ ...now, ...without(old, "g/v1/b.ts") })],
  [
    "when it had removed the inner of two folders",
    ({ old, now }) => ({ ...now, ...without(old, "g/v1/b.ts", "g/v1") }),
  ],
  ["when the lock was in its place", ({ now }) => now],
  ["over an output without a lock, before the first", ({ old }) => without(old, lock)],
  ["over an output without a lock, after one", (of) => ({ ...without(of.old, lock), ...one(of) })],
  ["over no output, after one", one],
])("a run that was ended while it put its files in place, %s", (_, left) => {
  test.each(["the same", "those of before"])(
    "is followed by one that leaves what a cold run does: sources %s",
    async (which) => {
      const both = await outputs();
      const [input, wanted] = which === "the same" ? [after, both.now] : [before, both.old];
      const cwd = folderWith({ ...left(both), ...announced(both) });
      expect(await attempt(cwd, input)).toMatchObject({ exitCode: 0, diagnostics: [] });
      expect(contentsOf(path.join(cwd, "out"))).toEqual(wanted);
      expect(await attempt(cwd, input)).toHaveProperty("upToDate");
    },
  );

  test("is what a check says, and nothing more", async () => {
    const both = await outputs();
    const cwd = folderWith({ ...left(both), ...announced(both) });
    const untouched = contentsOf(cwd);
    expect(await attempt(cwd, after, { mode: "check" })).toMatchObject({ exitCode: 1 });
    expect(contentsOf(cwd)).toEqual(untouched);
  });
});

test("files that are written again are announced, although the lock stays as it is", async () => {
  const { old } = await outputs();
  const cwd = folderWith({ [lock]: old[lock] ?? null });
  const outcome = await attempt(cwd, before);
  expect(outcome).toMatchObject({ exitCode: 0, plan: { lockText: old[lock] } });
  expect(contentsOf(path.join(cwd, "out"))).toEqual(old);
});

describe("where nothing has changed", () => {
  const { pid: dead } = spawnSync(process.execPath, ["--version"]);
  const run = `${dead}-1`;
  const remains = {
    [`.crd-gen-${run}/0-1.tmp`]: "half a fi",
    [`.crd-gen/${fileNameOf({ ...thisProcess(run), pid: dead })}`]: "",
  };

  test("what is left of a run that was killed goes with the next run", async () => {
    const { now } = await outputs();
    const cwd = folderWith({ ...now, ...remains });
    expect(await attempt(cwd, after)).toMatchObject({ exitCode: 0, plan: { lockText: undefined } });
    expect(contentsOf(path.join(cwd, "out"))).toEqual(now);
    expect(await attempt(cwd, after)).toHaveProperty("upToDate");
  });

  test("a check leaves it, and says that nothing has changed", async () => {
    const { now } = await outputs();
    const cwd = folderWith({ ...now, ...remains });
    const untouched = contentsOf(cwd);
    expect(await attempt(cwd, after, { mode: "check" })).toMatchObject({ exitCode: 0 });
    expect(contentsOf(cwd)).toEqual(untouched);
  });
});
