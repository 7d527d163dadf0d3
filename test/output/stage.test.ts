import { readdirSync, statSync, symlinkSync, utimesSync } from "node:fs";
import * as path from "node:path";
import { expect, test } from "vitest";
import type { GeneratedFile } from "../../src/generated.ts";
import { nodeFileSystem } from "../../src/output/file-system.ts";
import { generatedMark } from "../../src/output/mark.ts";
import { OutputFolder } from "../../src/output/output-folder.ts";
import { Stager } from "../../src/output/stage.ts";
import { contentsOf, temporaryFolder } from "../temporary-folder.ts";
import { stage } from "./stage-file.ts";

const file: GeneratedFile = { path: "group/v1/things.ts", content: `${generatedMark}.\nexport type A = "ü";\n` };

function stagerFor(cwd: string): Stager {
  return new Stager(new OutputFolder("out", cwd), "test");
}

test("a new file waits beside its place", () => {
  const cwd = temporaryFolder();
  const staged = stage(file, stagerFor(cwd));
  expect(staged.state).toBe("new");
  expect(path.dirname(staged.temporary ?? "")).toBe(path.join(cwd, "out/group/v1"));
  expect(Object.values(contentsOf(path.join(cwd, "out/group/v1")))).toEqual([file.content]);
  expect(staged.folders.map((folder) => path.relative(cwd, folder))).toEqual(["out", "out/group", "out/group/v1"]);
});

test("a file of ours with other content is changed, and stays until the commit", () => {
  const old = `${generatedMark}.\nold\n`;
  const cwd = temporaryFolder({ "out/group/v1/things.ts": old });
  const staged = stage(file, stagerFor(cwd));
  expect(staged).toMatchObject({ state: "changed", folders: [] });
  expect(contentsOf(cwd)["out/group/v1/things.ts"]).toBe(old);
});

test("a file of ours with content of the same length is changed", () => {
  const cwd = temporaryFolder({ "out/group/v1/things.ts": file.content.replace("type A", "type B") });
  expect(stagerFor(cwd).plan(file).state).toBe("changed");
});

test("a file with the same content is left alone", () => {
  const cwd = temporaryFolder({ "out/group/v1/things.ts": file.content });
  const place = path.join(cwd, "out/group/v1/things.ts");
  utimesSync(place, 1, 1);
  expect(stage(file, stagerFor(cwd))).toEqual({ path: file.path, state: "unchanged", folders: [] });
  expect(statSync(place).mtimeMs).toBe(1000);
  expect(readdirSync(path.dirname(place))).toEqual(["things.ts"]);
});

test.each([
  ["a hand-written file", "export const mine = 1;\n"],
  ["an empty file", ""],
  ["a file with the mark further down", `\n${generatedMark}.\n`],
])("%s is foreign", (_, content) => {
  const cwd = temporaryFolder({ "out/group/v1/things.ts": content });
  const staged = stage(file, stagerFor(cwd));
  expect(staged.state).toBe("foreign");
  expect(contentsOf(path.join(cwd, "out/group/v1"))).toEqual({ "things.ts": content });
});

test("a folder and a link are foreign, even a link to a file of ours", () => {
  const cwd = temporaryFolder({ "out/group/v1/things.ts/": "", "elsewhere.ts": file.content, "out/group/v2/": "" });
  symlinkSync(path.join(cwd, "elsewhere.ts"), path.join(cwd, "out/group/v2/things.ts"));
  const stager = stagerFor(cwd);
  expect(stager.plan(file)).toMatchObject({ state: "foreign", obstacle: "a folder" });
  const linked = { ...file, path: "group/v2/things.ts" };
  expect(stager.plan(linked)).toMatchObject({ state: "foreign", obstacle: "a symbolic link" });
});

test("two stagers keep their temporary files for one place apart", () => {
  const cwd = temporaryFolder();
  const folder = new OutputFolder("out", cwd);
  const [one, other] = [stage(file, new Stager(folder, "1")), stage(file, new Stager(folder, "2"))];
  expect(one.temporary).not.toBe(other.temporary);
});

test.each([
  ["ENOSPC", "the disk is full; make room and run again"],
  ["EACCES", "permission denied; make it writable for this user or choose another folder with --out"],
  ["EROFS", "the file system is read-only; choose another folder with --out"],
])("a disk that answers %s is reported with what to do", (code, remedy) => {
  const writeFileSync = (): never => {
    throw Object.assign(new Error("refused"), { code });
  };
  const cwd = temporaryFolder();
  const stager = new Stager(new OutputFolder("out", cwd, { ...nodeFileSystem, writeFileSync }), "test");
  expect(() => stage(file, stager)).toThrow(
    expect.objectContaining({
      code: "disk",
      message: `cannot write ${path.join("out", "group/v1/things.ts")}: ${remedy} (${code}); nothing was changed`,
    }),
  );
});
