import { describe, expect, test } from "vitest";
import type { OutputPlan } from "../../src/cli/output-plan.ts";
import { refuseLargeRemoval } from "../../src/cli/removal.ts";
import { type Outcome, run } from "../../src/cli/run.ts";
import type { Settings } from "../../src/cli/settings.ts";
import type { Lock } from "../../src/output/lock.ts";
import type { LockState } from "../../src/output/lock-state.ts";
import type { FileState, StagedFile } from "../../src/output/stage.ts";
import { contentsOf, temporaryFolder } from "../temporary-folder.ts";
import { fakeStages, plainSettings } from "./fake-stages.ts";

const empty: Lock = {
  generator: "1",
  contract: "v1",
  options: "{}",
  warnings: 0,
  sources: [],
  definitions: [],
  files: [],
};

/** A plan that keeps files in these states and removes so many. */
function planOf(removed: number, states: readonly FileState[] = []): OutputPlan {
  const files = states.map((state, index): StagedFile => ({ path: `kept${index}.ts`, digest: "1", state }));
  const obsolete = Array.from({ length: removed }, (_, index) => ({ path: `${index}.ts`, state: "obsolete" as const }));
  return { files, obsolete, lock: empty, lockText: undefined, refused: [] };
}

/** An output whose lock lists so many files; undefined for one without a lock. */
function stateOf(listed: number | undefined): LockState {
  const files = Array.from({ length: listed ?? 0 }, (_, index) => ({ path: `${index}.ts`, digest: "1" }));
  const lock = listed === undefined ? undefined : { ...empty, files };
  return { lock, text: "", present: new Map(), interrupted: false };
}

const refused = (removed: number, before: number, severity = "error"): object => ({
  severity,
  code: "removal",
  message: `${removed} of the ${before} files in out would be removed, more than half; check the sources and the selection, or run again with --yes`,
});

describe("that more than half of the files would be removed", () => {
  test.each<readonly [string, OutputPlan, number | undefined, readonly object[]]>([
    ["nothing of nothing", planOf(0), 0, []],
    ["none", planOf(0, ["unchanged"]), 1, []],
    ["half", planOf(2, ["unchanged", "changed"]), 4, []],
    ["more than half", planOf(3, ["unchanged"]), 4, [refused(3, 4)]],
    ["all", planOf(1), 1, [refused(1, 1)]],
    ["more than half, though as many come", planOf(3, ["unchanged", "new", "new", "new"]), 4, [refused(3, 4)]],
    ["half of what bears the mark", planOf(2, ["unchanged", "changed", "new"]), undefined, []],
    ["more than half of what bears the mark", planOf(2, ["changed", "new", "new"]), undefined, [refused(2, 3)]],
  ])("is refused: %s", async (_, plan, listed, wanted) => {
    expect(await refuseLargeRemoval(plan, stateOf(listed), plainSettings, undefined)).toEqual(wanted);
  });

  test("is asked of a person, who says yes or no", async () => {
    const asked: string[] = [];
    const answer = (yes: boolean) => async (question: string) => {
      asked.push(question);
      return yes;
    };
    expect(await refuseLargeRemoval(planOf(3), stateOf(4), plainSettings, answer(true))).toEqual([]);
    expect(await refuseLargeRemoval(planOf(3), stateOf(4), plainSettings, answer(false))).toEqual([refused(3, 4)]);
    expect(asked).toEqual(["remove 3 of the 4 files in out?", "remove 3 of the 4 files in out?"]);
  });

  test("is neither asked nor refused where it was said, or where it is not so", async () => {
    const confirm = (): never => {
      throw new Error("expected no question");
    };
    expect(await refuseLargeRemoval(planOf(3), stateOf(4), { ...plainSettings, yes: true }, confirm)).toEqual([]);
    expect(await refuseLargeRemoval(planOf(2), stateOf(4), plainSettings, confirm)).toEqual([]);
  });

  test("is a warning of a dry run, which asks nobody", async () => {
    const confirm = (): never => {
      throw new Error("expected no question");
    };
    const settings = { ...plainSettings, mode: "dry-run" as const };
    expect(await refuseLargeRemoval(planOf(3), stateOf(4), settings, confirm)).toEqual([refused(3, 4, "warning")]);
  });
});

describe("a run that would remove more than half of the files", () => {
  const before = { "1.yaml": ["a", "b", "c", "d"] };
  const after = { "1.yaml": ["a"] };
  const { signal } = new AbortController();

  async function attempt(
    cwd: string,
    changes: Partial<Settings> = {},
    confirm?: (question: string) => Promise<boolean>,
  ): Promise<Outcome> {
    const context = { cwd, version: "1.2.3", stages: fakeStages(after), signal, confirm };
    const outcome = await run({ ...plainSettings, ...changes }, context);
    if (outcome === undefined) throw new Error("expected an outcome, got an aborted run");
    return outcome;
  }

  async function generated(): Promise<string> {
    const cwd = temporaryFolder();
    const context = { cwd, version: "1.2.3", stages: fakeStages(before), signal };
    expect(await run(plainSettings, context)).toMatchObject({ exitCode: 0 });
    return cwd;
  }

  test.each<readonly [string, Partial<Settings>, boolean | undefined, number, readonly object[], boolean]>([
    ["where nobody can be asked", {}, undefined, 2, [refused(3, 5)], false],
    ["where a person says no", {}, false, 2, [refused(3, 5)], false],
    ["where a person says yes", {}, true, 0, [], true],
    ["with --yes", { yes: true }, undefined, 0, [], true],
    ["with --force, which is about other files", { force: true }, undefined, 2, [refused(3, 5)], false],
    ["in a dry run", { mode: "dry-run" }, undefined, 0, [refused(3, 5, "warning")], false],
    ["in a check", { mode: "check" }, undefined, 1, [], false],
  ])("%s", async (_, changes, answer, code, diagnostics, done) => {
    const cwd = await generated();
    const untouched = contentsOf(cwd);
    const outcome = await attempt(cwd, changes, answer === undefined ? undefined : async () => answer);
    expect(outcome).toMatchObject({ exitCode: code });
    expect(outcome.diagnostics).toEqual(diagnostics);
    expect(outcome.plan?.obsolete.map(({ path }) => path)).toEqual(["b.ts", "c.ts", "d.ts"]);
    if (done) {
      expect(Object.keys(contentsOf(cwd))).toEqual(["out", "out/a.ts", "out/crd-gen.lock", "out/index.ts"]);
    } else expect(contentsOf(cwd)).toEqual(untouched);
  });

  test("is left alone when it is aborted while a person is asked", async () => {
    const cwd = await generated();
    const untouched = contentsOf(cwd);
    const controller = new AbortController();
    const confirm = async (): Promise<boolean> => {
      controller.abort();
      return true;
    };
    const context = { cwd, version: "1.2.3", stages: fakeStages(after), signal: controller.signal, confirm };
    expect(await run(plainSettings, context)).toBeUndefined();
    expect(contentsOf(cwd)).toEqual(untouched);
  });

  test("asks nothing while files are in the way", async () => {
    const cwd = temporaryFolder({ ...contentsWithEdit(await generated()) });
    const outcome = await attempt(cwd, {}, async () => {
      throw new Error("expected no question");
    });
    expect(outcome).toMatchObject({ exitCode: 2, diagnostics: [{ code: "edited-file" }] });
  });
});

/** The files of a folder, of which one has been edited. */
function contentsWithEdit(cwd: string): Record<string, string> {
  const files = Object.entries(contentsOf(cwd)).flatMap(([name, content]) =>
    content === null ? [] : [[name, content]],
  );
  return { ...Object.fromEntries(files), "out/a.ts": "edited\n" };
}
