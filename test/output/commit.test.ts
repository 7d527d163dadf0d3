import { statSync, symlinkSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { describe, expect, test } from "vitest";
import type { GeneratedFile } from "../../src/generated.ts";
import { type Change, commit } from "../../src/output/commit.ts";
import { type FileSystem, nodeFileSystem } from "../../src/output/file-system.ts";
import { generatedMark } from "../../src/output/mark.ts";
import type { OutputFolder } from "../../src/output/output-folder.ts";
import { contentsOf, temporaryFolder } from "../temporary-folder.ts";
import { failingDisk } from "./failing-disk.ts";
import { stage, stagerFor, waitingIn } from "./stage-file.ts";

const before = {
  "out/index.ts": `${generatedMark}. old index\n`,
  "out/g/a.ts": `${generatedMark}. old a\n`,
  "out/gone/v1/x.ts": `${generatedMark}. x\n`,
  "out/gone/v1/y.ts": `${generatedMark}. y\n`,
  "out/gone/index.ts": `${generatedMark}. x, y\n`,
  "out/half/z.ts": `${generatedMark}. z\n`,
  "out/half/mine.ts": "mine too",
  "out/notes.md": "mine",
  "out/crd-gen.lock": "the old lock\n",
};
const removed = ["gone/index.ts", "gone/v1/x.ts", "gone/v1/y.ts", "half/z.ts"];
const files: readonly GeneratedFile[] = [
  { path: "index.ts", content: `${generatedMark}. new index\n` },
  { path: "g/a.ts", content: `${generatedMark}. new a\n` },
  { path: "h/v1/b.ts", content: `${generatedMark}. b\n` },
];
const after = {
  "crd-gen.lock": "the new lock\n",
  g: null,
  "g/a.ts": files[1]?.content,
  h: null,
  "h/v1": null,
  "h/v1/b.ts": files[2]?.content,
  half: null,
  "half/mine.ts": "mine too",
  "index.ts": files[0]?.content,
  "notes.md": "mine",
};

interface Prepared {
  readonly folder: OutputFolder;
  readonly change: Change;
}

/** Everything is staged on a disk that works; the one that fails comes afterwards. */
function prepare(cwd: string, fileSystem: FileSystem = nodeFileSystem, changes: Partial<Change> = {}): Prepared {
  const stager = stagerFor(waitingIn(cwd));
  const staged = files.map((file) => stage(file, stager));
  const { folder, waiting } = waitingIn(cwd, fileSystem);
  return { folder, change: { staged, removed, lock: "the new lock\n", waiting, ...changes } };
}

/** Everything but what waits, which a claim removes. */
function settled(cwd: string): Record<string, string | null> {
  const contents = Object.entries(contentsOf(path.join(cwd, "out")));
  return Object.fromEntries(contents.filter(([name]) => !/^\.crd-gen(?:\/|$)/.test(name)));
}

test("puts every file and the lock in their places, removes what is to go, keeps others, and leaves nothing behind", () => {
  const cwd = temporaryFolder(before);
  const { folder, change } = prepare(cwd);
  commit(folder, change);
  expect(settled(cwd)).toEqual(after);
});

test("leaves the lock alone where it stays as it is", () => {
  const cwd = temporaryFolder(before);
  const { ino } = statSync(path.join(cwd, "out/crd-gen.lock"));
  const { folder, change } = prepare(cwd, nodeFileSystem, { lock: undefined });
  commit(folder, change);
  expect(settled(cwd)).toEqual({ ...after, "crd-gen.lock": "the old lock\n" });
  expect(statSync(path.join(cwd, "out/crd-gen.lock")).ino).toBe(ino);
});

test("puts index files in their places after what they name, and the lock last of all", () => {
  const renamed: string[] = [];
  const renameSync: FileSystem["renameSync"] = (from, to) => {
    renamed.push(path.basename(String(to)));
    nodeFileSystem.renameSync(from, to);
  };
  const { folder, change } = prepare(temporaryFolder(before), { ...nodeFileSystem, renameSync }, { removed: [] });
  commit(folder, change);
  expect(renamed.slice(0, -1)).toEqual([".crd-gen.lock.next", "h", "a.ts", "index.ts", "crd-gen.lock"]);
});

test("removes no folder but those that became empty, and not the output folder itself", () => {
  const cwd = temporaryFolder({ "out/a/b/x.ts": "x", "out/a/c/": "" });
  const { folder, change } = prepare(cwd, nodeFileSystem, { staged: [], removed: ["a/b/x.ts"], lock: undefined });
  commit(folder, change);
  expect(settled(cwd)).toEqual({ a: null, "a/c": null });
  const alone = temporaryFolder({ "out/x.ts": "x" });
  const only = prepare(alone, nodeFileSystem, { staged: [], removed: ["x.ts"], lock: undefined });
  commit(only.folder, only.change);
  expect(settled(alone)).toEqual({});
});

test("an unchanged file is not touched by a commit", () => {
  const cwd = temporaryFolder({ "out/index.ts": files[0]?.content ?? "" });
  const inode = statSync(path.join(cwd, "out/index.ts")).ino;
  const { folder, change } = prepare(cwd, nodeFileSystem, { removed: [] });
  commit(folder, change);
  expect(statSync(path.join(cwd, "out/index.ts")).ino).toBe(inode);
});

test("a folder that somebody else has made meanwhile is no hindrance, and stays when everything is put back", () => {
  const cwd = temporaryFolder(before);
  const { folder, change } = prepare(cwd, failingDisk({ at: 7, lasting: "once", call: "renameSync" }).fileSystem);
  nodeFileSystem.mkdirSync(path.join(cwd, "out/h"));
  const untouched = settled(cwd);
  expect(() => commit(folder, change)).toThrow(expect.objectContaining({ code: "disk" }));
  expect(settled(cwd)).toEqual(untouched);
});

describe("a disk that fails", () => {
  test.each<readonly [keyof FileSystem, string, number]>([
    ["renameSync", "EROFS", 10],
    ["writeFileSync", "ENOSPC", 2],
  ])("at the nth %s puts everything back", (call, code, calls) => {
    for (let at = 1; at <= calls; at += 1) {
      const cwd = temporaryFolder(before);
      const untouched = settled(cwd);
      const { folder, change } = prepare(cwd, failingDisk({ at, lasting: "once", call, code }).fileSystem);
      expect(() => commit(folder, change)).toThrow(
        expect.objectContaining({
          code: "disk",
          message: expect.stringMatching(
            new RegExp(`^cannot (?:write|put|remove) out/.*: .* \\(${code}\\); nothing was changed$`),
          ),
        }),
      );
      expect(settled(cwd), `the ${at}th ${call}`).toEqual(untouched);
    }
    const cwd = temporaryFolder(before);
    const disk = failingDisk({ at: calls + 1, lasting: "once", call, code });
    const { folder, change } = prepare(cwd, disk.fileSystem);
    commit(folder, change);
    expect(settled(cwd)).toEqual(after);
    expect(disk.seen()).toBe(calls);
  });

  test("at the nth call of any kind, with and without hard links, puts everything back or has done all", () => {
    for (const links of [true, false]) {
      for (let at = 1; ; at += 1) {
        const cwd = temporaryFolder(before);
        const untouched = settled(cwd);
        const disk = failingDisk({ at, lasting: "once" });
        const linkSync = links ? disk.fileSystem.linkSync : refuseLinks;
        const { folder, change } = prepare(cwd, { ...disk.fileSystem, linkSync });
        const failed = isThrown(() => commit(folder, change));
        expect(settled(cwd), `call ${at}`).toEqual(failed ? untouched : expect.objectContaining(after));
        if (disk.seen() < at) break;
      }
    }
  });

  test("when putting back fails too, names what is lost and what is new", () => {
    const cwd = temporaryFolder(before);
    // The lock-to-be, h, a.ts: then nothing is possible any more.
    const { folder, change } = prepare(cwd, failingDisk({ at: 4, lasting: "for good", call: "renameSync" }).fileSystem);
    expect(() => commit(folder, change)).toThrow(
      expect.objectContaining({
        code: "half-written",
        message: `cannot write into out, nor put back what was there: ${path.join(cwd, "out/g/a.ts")} is lost, and so on for 1 more; when the disk works, run again`,
      }),
    );
    const other = temporaryFolder(before);
    const prepared = prepare(other, failingDisk({ at: 3, lasting: "for good", call: "renameSync" }).fileSystem);
    expect(() => commit(prepared.folder, prepared.change)).toThrow(
      `nor put back what was there: ${path.join(other, "out/h")} is new; when`,
    );
  });
});

function refuseLinks(): never {
  throw Object.assign(new Error("no"), { code: "EPERM" });
}

function isThrown(action: () => void): boolean {
  try {
    action();
    return false;
  } catch {
    return true;
  }
}

test("what stands where a file is to be removed is not looked through a link", () => {
  const cwd = temporaryFolder({ ...before, "elsewhere.ts": "mine" });
  symlinkSync(path.join(cwd, "elsewhere.ts"), path.join(cwd, "out/gone/link.ts"));
  const { folder, change } = prepare(cwd, nodeFileSystem, { removed: ["gone/link.ts"] });
  commit(folder, change);
  expect(contentsOf(cwd)["elsewhere.ts"]).toBe("mine");
});

test("a file that has gone since it was looked at is no loss when everything is put back", () => {
  const cwd = temporaryFolder(before);
  const { folder, change } = prepare(cwd, failingDisk({ at: 4, lasting: "once", call: "renameSync" }).fileSystem);
  nodeFileSystem.unlinkSync(path.join(cwd, "out/g/a.ts"));
  const untouched = settled(cwd);
  expect(() => commit(folder, change)).toThrow(expect.objectContaining({ code: "disk" }));
  expect(settled(cwd)).toEqual(untouched);
});
test("a lock-to-be that a killed run has left is replaced, and comes back with everything else", () => {
  const cwd = temporaryFolder(before);
  writeFileSync(path.join(cwd, "out/.crd-gen.lock.next"), "of a killed run\n");
  const untouched = settled(cwd);
  const failing = prepare(cwd, failingDisk({ at: 4, lasting: "once", call: "renameSync" }).fileSystem);
  expect(() => commit(failing.folder, failing.change)).toThrow(expect.objectContaining({ code: "disk" }));
  expect(settled(cwd)).toEqual(untouched);
});

describe("over what a run has left that was ended half way", () => {
  const left = { ...before, "out/.crd-gen.lock.next": "the lock-to-be of that run\n", "out/i/v1/": "" };
  const unfinished = { lock: "a lock of what is there\n", gone: ["i/v1/never-written.ts"] };

  test("everything is as after any other, and folders of files that are gone are, too", () => {
    const cwd = temporaryFolder(left);
    const { folder, change } = prepare(cwd, nodeFileSystem, { unfinished });
    commit(folder, change);
    expect(settled(cwd)).toEqual(after);
  });

  test("a lock-to-be is replaced only when the lock lists what it spoke for", () => {
    const states = new Set<string>();
    for (let at = 1; ; at += 1) {
      const cwd = temporaryFolder(left);
      // As for a process that is killed: nothing is put back.
      const disk = failingDisk({ at, lasting: "for good" });
      const { folder, change } = prepare(cwd, disk.fileSystem, { unfinished });
      isThrown(() => commit(folder, change));
      const { "crd-gen.lock": lock, ".crd-gen.lock.next": next = "none" } = settled(cwd);
      states.add(`${lock}${next}`);
      if (disk.seen() < at) break;
    }
    expect([...states]).toEqual([
      "the old lock\nthe lock-to-be of that run\n",
      "a lock of what is there\nthe lock-to-be of that run\n",
      "a lock of what is there\nthe new lock\n",
      "the new lock\nthe new lock\n",
      "the new lock\nnone",
    ]);
  });

  test("a process that is killed while it takes everything back leaves a lock that lists what is there", () => {
    const states = new Set<string>();
    for (let at = 1; ; at += 1) {
      const cwd = temporaryFolder(left);
      const disk = failingDisk({ at, lasting: "for good" });
      const last = (): never => {
        throw new Error("the report cannot be put in its place");
      };
      const { folder, change } = prepare(cwd, disk.fileSystem, { unfinished, last });
      isThrown(() => commit(folder, change));
      const { "crd-gen.lock": lock, ".crd-gen.lock.next": next = "none" } = settled(cwd);
      states.add(`${lock}${next}`);
      if (disk.seen() < at) break;
    }
    expect(states).not.toContain("the old lock\nthe new lock\n");
    expect(states).toContain("a lock of what is there\nthe new lock\n");
  });

  test("a disk that fails leaves it as it was", () => {
    for (let at = 1; ; at += 1) {
      const cwd = temporaryFolder(left);
      const untouched = settled(cwd);
      const disk = failingDisk({ at, lasting: "once", call: "renameSync" });
      const { folder, change } = prepare(cwd, disk.fileSystem, { unfinished });
      const failed = isThrown(() => commit(folder, change));
      expect(settled(cwd), `rename ${at}`).toEqual(failed ? untouched : after);
      if (disk.seen() < at) break;
    }
  });
});

test("what comes last and fails leaves everything as it was", () => {
  const cwd = temporaryFolder(before);
  const untouched = settled(cwd);
  const last = (): never => {
    throw new Error("no report");
  };
  const { folder, change } = prepare(cwd, nodeFileSystem, { last });
  expect(() => commit(folder, change)).toThrow("no report");
  expect(settled(cwd)).toEqual(untouched);
});

test("what was not put back is known to be ours by the lock-to-be", () => {
  const cwd = temporaryFolder(before);
  const { folder, change } = prepare(cwd, failingDisk({ at: 5, lasting: "for good", call: "renameSync" }).fileSystem);
  expect(() => commit(folder, change)).toThrow(expect.objectContaining({ code: "half-written" }));
  expect(settled(cwd)).toMatchObject({ "crd-gen.lock": "the old lock\n", ".crd-gen.lock.next": "the new lock\n" });
});

test.each(["removed", "replaced by a file"])("an output folder that was %s meanwhile is told", (how) => {
  const cwd = temporaryFolder(before);
  const takeAway = (): void => {
    nodeFileSystem.rmSync(path.join(cwd, "out"), { recursive: true });
    if (how !== "removed") nodeFileSystem.writeFileSync(path.join(cwd, "out"), "mine");
  };
  const removed = "cannot write into out: it was removed meanwhile; run again";
  // After the lock-to-be and a file.
  let renames = 0;
  const fileSystem: FileSystem = {
    ...nodeFileSystem,
    renameSync: (from, to) => {
      renames += 1;
      if (renames === 3) takeAway();
      nodeFileSystem.renameSync(from, to);
    },
  };
  const { folder, change } = prepare(cwd, fileSystem);
  expect(() => commit(folder, change)).toThrow(expect.objectContaining({ code: "disk", message: removed }));
  // Before anything, where there is nothing to rename either.
  const nothing = { ...change, staged: [], removed: [], lock: undefined };
  expect(() => commit(folder, nothing)).toThrow(expect.objectContaining({ code: "disk", message: removed }));
});
