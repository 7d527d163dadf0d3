import { mkdirSync, statSync, symlinkSync, utimesSync } from "node:fs";
import * as path from "node:path";
import { describe, expect, test } from "vitest";
import { digestOf } from "../../src/digest.ts";
import type { GeneratedFile } from "../../src/generated.ts";
import { nodeFileSystem } from "../../src/output/file-system.ts";
import { generatedMark } from "../../src/output/mark.ts";
import { OutputFolder } from "../../src/output/output-folder.ts";
import type { OwnedFiles } from "../../src/output/owned-files.ts";
import { type StagedFile, Stager } from "../../src/output/stage.ts";
import { contentsOf, temporaryFolder } from "../temporary-folder.ts";
import { ownedByMark, stage, stagerFor, waitingIn } from "./stage-file.ts";

const file: GeneratedFile = { path: "group/v1/things.ts", content: `${generatedMark}.\nexport type A = "ü";\n` };
const digest = digestOf(file.content);
const old = `${generatedMark}.\nold\n`;

function planIn(cwd: string, owned?: OwnedFiles): StagedFile {
  return stagerFor(waitingIn(cwd), owned).plan(file).staged;
}

test("a new file waits in the claim, as deep as it will stand, and no folder is made for it", () => {
  const cwd = temporaryFolder();
  const staged = stage(file, stagerFor(waitingIn(cwd)));
  expect(staged).toEqual({
    path: file.path,
    state: "new",
    digest,
    temporary: path.join(cwd, "out/.crd-gen/new/group/v1/things.ts"),
  });
  expect(contentsOf(path.join(cwd, "out"))).toEqual({
    ".crd-gen": null,
    ".crd-gen/new": null,
    ".crd-gen/new/group": null,
    ".crd-gen/new/group/v1": null,
    ".crd-gen/new/group/v1/things.ts": file.content,
  });
});

test("a file of ours with other content is changed, and stays until the commit", () => {
  const cwd = temporaryFolder({ "out/group/v1/things.ts": old });
  const staged = stage(file, stagerFor(waitingIn(cwd)));
  expect(staged).toMatchObject({ state: "changed", digest });
  expect(contentsOf(cwd)["out/group/v1/things.ts"]).toBe(old);
});

test("a file of ours with content of the same length is changed", () => {
  const cwd = temporaryFolder({ "out/group/v1/things.ts": file.content.replace("type A", "type B") });
  expect(planIn(cwd).state).toBe("changed");
});

test("a file with the same content is left alone", () => {
  const cwd = temporaryFolder({ "out/group/v1/things.ts": file.content });
  const place = path.join(cwd, "out/group/v1/things.ts");
  utimesSync(place, 1, 1);
  expect(stage(file, stagerFor(waitingIn(cwd)))).toEqual({ path: file.path, state: "unchanged", digest });
  expect(statSync(place).mtimeMs).toBe(1000);
  expect(contentsOf(path.join(cwd, "out/.crd-gen"))).toEqual({});
});

test("nothing waits in a run that only compares", () => {
  const cwd = temporaryFolder();
  const stager = new Stager(new OutputFolder("out", cwd), { waiting: undefined, owned: ownedByMark });
  expect(stage(file, stager)).toEqual({ path: file.path, state: "new", digest });
  expect(contentsOf(cwd)).toEqual({});
});

describe("without a lock", () => {
  test.each([
    ["a hand-written file", "export const mine = 1;\n"],
    ["an empty file", ""],
    ["a file with the mark further down", `\n${generatedMark}.\n`],
  ])("%s is foreign", (_, content) => {
    const cwd = temporaryFolder({ "out/group/v1/things.ts": content });
    const staged = stage(file, stagerFor(waitingIn(cwd)));
    expect(staged).toEqual({
      path: file.path,
      state: "foreign",
      digest,
      obstacle: "a file without the mark of crd-gen in its first line",
    });
    expect(contentsOf(path.join(cwd, "out"))).toMatchObject({ "group/v1/things.ts": content, ".crd-gen": null });
    expect(contentsOf(path.join(cwd, "out/.crd-gen"))).toEqual({});
  });

  test("a file that bears the mark is ours, whoever has edited it", () => {
    expect(planIn(temporaryFolder({ "out/group/v1/things.ts": `${old}edited\n` })).state).toBe("changed");
  });
});

test("a folder, a link and what else is no file are foreign, even a link to a file of ours, and even with force", () => {
  const cwd = temporaryFolder({ "out/group/v1/things.ts/": "", "elsewhere.ts": file.content, "out/group/v2/": "" });
  symlinkSync(path.join(cwd, "elsewhere.ts"), path.join(cwd, "out/group/v2/things.ts"));
  const linked = { ...file, path: "group/v2/things.ts" };
  for (const owned of [
    ownedByMark,
    { ...ownedByMark, force: true },
    ownedWith({ [linked.path]: digest, [file.path]: digest }, { force: true }),
  ]) {
    const stager = stagerFor(waitingIn(cwd), owned);
    expect(stager.plan(file).staged).toMatchObject({ state: "foreign", obstacle: "a folder" });
    expect(stager.plan(linked).staged).toMatchObject({ state: "foreign", obstacle: "a symbolic link" });
  }
});

/** What a lock with these files makes ours. */
function ownedWith(
  files: Readonly<Record<string, string>>,
  { force = false, restore = force }: { readonly force?: boolean; readonly restore?: boolean } = {},
): OwnedFiles {
  return { digests: new Map(Object.entries(files)), force, restore };
}

describe("with a lock", () => {
  const listed = { [file.path]: digestOf(old) };
  const otherListed = { "index.ts": digestOf(old) };
  const edited = `${old}edited\n`;
  const unlisted = "a generated file that crd-gen.lock does not list";
  const unmarked = "a file without the mark of crd-gen in its first line";
  const windows = file.content.replaceAll("\n", "\r\n");
  const oldOnWindows = old.replaceAll("\n", "\r\n");

  test.each<readonly [string, string | undefined, OwnedFiles, object]>([
    ["no file, not listed", undefined, ownedWith(otherListed), { state: "new" }],
    ["no file, listed", undefined, ownedWith(listed), { state: "missing" }],
    ["no file, listed, to be restored", undefined, ownedWith(listed, { restore: true }), { state: "new" }],
    ["no file, listed, with force", undefined, ownedWith(listed, { force: true }), { state: "new" }],
    ["as it was left", old, ownedWith(listed), { state: "changed" }],
    ["as it was left, with the line ends of Windows", oldOnWindows, ownedWith(listed), { state: "changed" }],
    ["as it is to be, though it was left otherwise", file.content, ownedWith(listed), { state: "unchanged" }],
    ["as it is to be, though not listed", file.content, ownedWith(otherListed), { state: "unchanged" }],
    ["as it is to be, with the line ends of Windows", windows, ownedWith(listed), { state: "unchanged" }],
    ["edited", edited, ownedWith(listed), { state: "edited" }],
    ["edited and without the mark", "mine\n", ownedWith(listed), { state: "edited" }],
    ["emptied", "", ownedWith(listed), { state: "edited" }],
    ["edited, to be restored", edited, ownedWith(listed, { restore: true }), { state: "edited" }],
    ["edited, with force", edited, ownedWith(listed, { force: true }), { state: "changed" }],
    ["edited and without the mark, with force", "mine\n", ownedWith(listed, { force: true }), { state: "changed" }],
    ["not listed, with the mark", old, ownedWith(otherListed), { state: "foreign", obstacle: unlisted }],
    ["not listed, with the mark, with force", old, ownedWith(otherListed, { force: true }), { state: "changed" }],
    ["not listed, without the mark", "mine\n", ownedWith(otherListed), { state: "foreign", obstacle: unmarked }],
    [
      "not listed, without the mark, with force",
      "mine\n",
      ownedWith(otherListed, { force: true }),
      { state: "foreign", obstacle: unmarked },
    ],
  ])("a file that is %s", (_, content, owned, wanted) => {
    const cwd = temporaryFolder(content === undefined ? {} : { "out/group/v1/things.ts": content });
    const { path: place, digest: planned, temporary: __, ...decided } = planIn(cwd, owned);
    expect({ place, planned }).toEqual({ place: file.path, planned: digest });
    expect(decided).toEqual(wanted);
  });

  test("what stops a run waits too, where it is ours: the difference can be shown", () => {
    const cwd = temporaryFolder({ "out/group/v1/things.ts": edited });
    expect(planIn(cwd, ownedWith(listed))).toHaveProperty("temporary");
    const gone = temporaryFolder();
    expect(planIn(gone, ownedWith(listed))).toHaveProperty("temporary");
    const foreign = temporaryFolder({ "out/group/v1/things.ts": "mine" });
    expect(planIn(foreign, ownedWith({}))).not.toHaveProperty("temporary");
  });
});

test("stagers share where files wait, and write over each other what several sources say of one file", () => {
  const cwd = temporaryFolder();
  const waiting = waitingIn(cwd);
  stage({ ...file, content: "of one source, and longer than what the other says of it" }, stagerFor(waiting));
  stage({ path: "group/v1/others.ts", content: "others" }, stagerFor(waiting));
  stage(file, stagerFor(waiting));
  expect(contentsOf(path.join(cwd, "out/.crd-gen/new/group/v1"))).toEqual({
    "others.ts": "others",
    "things.ts": file.content,
  });
});

test("what waits can be taken back, also where it was not written", () => {
  const cwd = temporaryFolder();
  const stager = stagerFor(waitingIn(cwd));
  const staged = stage(file, stager);
  stager.takeBack(staged);
  stager.takeBack(staged);
  expect(contentsOf(path.join(cwd, "out/.crd-gen/new/group/v1"))).toEqual({});
});

test.each([
  ["ENOSPC", "the disk is full; make room and run again"],
  ["EACCES", "permission denied; make it writable for this user or choose another folder with --out"],
  ["EROFS", "the file system is read-only; choose another folder with --out"],
])("a disk that answers %s is reported with what to do", (code, remedy) => {
  const writeFileSync = (): never => {
    throw Object.assign(new Error("refused"), { code });
  };
  const stager = stagerFor(waitingIn(temporaryFolder(), { ...nodeFileSystem, writeFileSync }));
  expect(() => stage(file, stager)).toThrow(
    expect.objectContaining({
      code: "disk",
      message: `cannot write ${path.join("out", "group/v1/things.ts")}: ${remedy} (${code}); nothing was changed`,
    }),
  );
});

test("a place that cannot be looked at is reported", () => {
  const cwd = temporaryFolder({ "out/group/v1/things.ts": old });
  const readFileSync = (): never => {
    throw Object.assign(new Error("refused"), { code: "EACCES" });
  };
  mkdirSync(path.join(cwd, "out/.crd-gen"));
  expect(() => stagerFor(waitingIn(cwd, { ...nodeFileSystem, readFileSync })).plan(file)).toThrow(
    expect.objectContaining({ code: "disk", message: expect.stringContaining("cannot read out/group/v1/things.ts: ") }),
  );
});
