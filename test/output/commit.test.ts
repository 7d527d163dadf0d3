import { statSync } from "node:fs";
import * as path from "node:path";
import { expect, test } from "vitest";
import type { GeneratedFile } from "../../src/generated.ts";
import { commit, discard, foreignFileErrors, refuseClashes } from "../../src/output/commit.ts";
import { type FileSystem, nodeFileSystem } from "../../src/output/file-system.ts";
import { generatedMark } from "../../src/output/mark.ts";
import { OutputFolder } from "../../src/output/output-folder.ts";
import { type StagedFile, Stager } from "../../src/output/stage.ts";
import { contentsOf, temporaryFolder } from "../temporary-folder.ts";
import { stage } from "./stage-file.ts";

const before = {
  "out/index.ts": `${generatedMark}. old index\n`,
  "out/g/a.ts": `${generatedMark}. old a\n`,
  "out/notes.md": "mine",
};
const files: readonly GeneratedFile[] = [
  { path: "index.ts", content: `${generatedMark}. new index\n` },
  { path: "g/a.ts", content: `${generatedMark}. new a\n` },
  { path: "h/v1/b.ts", content: `${generatedMark}. b\n` },
];

function stageAll(
  cwd: string,
  fileSystem: FileSystem = nodeFileSystem,
): { folder: OutputFolder; staged: StagedFile[] } {
  const folder = new OutputFolder("out", cwd, fileSystem);
  const stager = new Stager(folder, "test");
  return { folder, staged: files.map((file) => stage(file, stager)) };
}

test("puts every file in its place, keeps others, and leaves nothing behind", () => {
  const cwd = temporaryFolder(before);
  const { folder, staged } = stageAll(cwd);
  commit(folder, staged);
  expect(contentsOf(path.join(cwd, "out"))).toEqual({
    g: null,
    "g/a.ts": files[1]?.content,
    h: null,
    "h/v1": null,
    "h/v1/b.ts": files[2]?.content,
    "index.ts": files[0]?.content,
    "notes.md": "mine",
  });
});

test("puts index files in their places after what they name", () => {
  const renamed: string[] = [];
  const renameSync: FileSystem["renameSync"] = (from, to) => {
    renamed.push(path.basename(String(to)));
    nodeFileSystem.renameSync(from, to);
  };
  const { folder, staged } = stageAll(temporaryFolder(before), { ...nodeFileSystem, renameSync });
  commit(folder, staged);
  expect(renamed).toEqual(["b.ts", "a.ts", "index.ts"]);
});

test.each([0, 1, 2])("puts everything back when the disk fails after %i files", (succeeding) => {
  const cwd = temporaryFolder(before);
  const untouched = contentsOf(cwd);
  let calls = 0;
  const renameSync: FileSystem["renameSync"] = (from, to) => {
    calls += 1;
    // Only the one fails: what is put back goes through the same call.
    if (calls === succeeding + 1) throw Object.assign(new Error("no"), { code: "EROFS" });
    nodeFileSystem.renameSync(from, to);
  };
  const { folder, staged } = stageAll(cwd, { ...nodeFileSystem, renameSync });
  expect(() => commit(folder, staged)).toThrow(
    expect.objectContaining({ code: "disk", message: expect.stringContaining("the file system is read-only") }),
  );
  expect(discard(folder, staged)).toEqual([]);
  expect(contentsOf(cwd)).toEqual(untouched);
});

test("keeps the previous files without hard links too", () => {
  const cwd = temporaryFolder(before);
  const untouched = contentsOf(cwd);
  const refuse = (): never => {
    throw Object.assign(new Error("no"), { code: "EPERM" });
  };
  let calls = 0;
  const renameSync: FileSystem["renameSync"] = (from, to) => {
    calls += 1;
    if (calls === 3) refuse();
    nodeFileSystem.renameSync(from, to);
  };
  const { folder, staged } = stageAll(cwd, { ...nodeFileSystem, linkSync: refuse, renameSync });
  expect(() => commit(folder, staged)).toThrow();
  discard(folder, staged);
  expect(contentsOf(cwd)).toEqual(untouched);
});

test("discarding removes temporary files and the folders that were made, and no others", () => {
  const cwd = temporaryFolder({ ...before, "out/empty/": "" });
  const untouched = contentsOf(cwd);
  const { folder, staged } = stageAll(cwd);
  expect(contentsOf(cwd)).not.toEqual(untouched);
  expect(discard(folder, staged)).toEqual([]);
  expect(contentsOf(cwd)).toEqual(untouched);
});

test("discarding keeps a folder in which somebody else has written meanwhile", () => {
  const cwd = temporaryFolder();
  const { folder, staged } = stageAll(cwd);
  nodeFileSystem.writeFileSync(path.join(cwd, "out/h/mine.ts"), "mine");
  discard(folder, staged);
  expect(contentsOf(cwd)).toEqual({ out: null, "out/h": null, "out/h/mine.ts": "mine" });
});

test("discarding what was never written is no error, and what cannot be removed is named", () => {
  const cwd = temporaryFolder();
  const unlinkSync = (): never => {
    throw Object.assign(new Error("no"), { code: "EACCES" });
  };
  const planned = new Stager(new OutputFolder("out", cwd), "test").plan({ path: "a.ts", content: generatedMark });
  expect(discard(new OutputFolder("out", cwd), [planned])).toEqual([]);
  expect(discard(new OutputFolder("out", cwd, { ...nodeFileSystem, unlinkSync }), [planned])).toEqual([
    planned.temporary,
  ]);
});

test("an unchanged file is not touched by a commit", () => {
  const cwd = temporaryFolder({ "out/index.ts": files[0]?.content ?? "" });
  const inode = statSync(path.join(cwd, "out/index.ts")).ino;
  const { folder, staged } = stageAll(cwd);
  commit(folder, staged);
  expect(statSync(path.join(cwd, "out/index.ts")).ino).toBe(inode);
});

test("names each foreign file and what to do", () => {
  const { folder, staged } = stageAll(temporaryFolder({ ...before, "out/g/a.ts": "mine" }));
  expect(foreignFileErrors(folder, staged)).toEqual([
    {
      severity: "error",
      code: "foreign-file",
      message:
        "out/g/a.ts: not overwritten, wanted a file generated by crd-gen, got a file without the mark of crd-gen in its first line; " +
        "move it away or choose another folder with --out",
    },
  ]);
});

test.each([
  [["a/b.ts", "A/b.ts"], "a/b.ts and A/b.ts, which differ in upper and lower case only"],
  [["a.ts", "a.ts"], "two files at a.ts"],
])("refuses %j", (paths, told) => {
  expect(() => refuseClashes(paths)).toThrow(
    expect.objectContaining({ code: "path-clash", message: expect.stringContaining(told) }),
  );
});
