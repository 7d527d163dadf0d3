import { chmodSync, statSync, symlinkSync } from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "vitest";
import { writeFiles } from "../../../src/cli/init/write-files.ts";
import { type FileSystem, nodeFileSystem } from "../../../src/output/file-system.ts";
import { contentsOf, temporaryFolder } from "../../temporary-folder.ts";

const filesIn = (folder: string): Parameters<typeof writeFiles>[0] & object => ({
  created: { file: path.join(folder, "config.json"), text: "new" },
  changed: { file: path.join(folder, "package.json"), text: "after", previous: "before" },
});

const diskFull = (): never => {
  throw Object.assign(new Error("no space"), { code: "ENOSPC" });
};

describe("both files", () => {
  it("are written, and nothing is left beside them", () => {
    const folder = temporaryFolder({ "package.json": "before" });
    writeFiles(filesIn(folder));
    expect(contentsOf(folder)).toEqual({ "config.json": "new", "package.json": "after" });
  });

  it("may be absent", () => {
    const folder = temporaryFolder({ "package.json": "before" });
    const { created, changed } = filesIn(folder);
    writeFiles({ created, changed: undefined });
    expect(contentsOf(folder)).toEqual({ "config.json": "new", "package.json": "before" });
    writeFiles({ created: undefined, changed });
    expect(contentsOf(folder)).toEqual({ "config.json": "new", "package.json": "after" });
  });

  it.each<readonly [string, Partial<FileSystem>]>([
    ["the config file is half written", { writeFileSync: diskFull }],
    ["the config file cannot be made", { openSync: diskFull }],
    ["package.json cannot be copied", { copyFileSync: diskFull }],
    ["package.json cannot be renamed", { renameSync: diskFull }],
  ])("are not there where %s", (_, failing) => {
    const folder = temporaryFolder({ "package.json": "before" });
    expect(() => writeFiles(filesIn(folder), { ...nodeFileSystem, ...failing })).toThrow(
      /^cannot write (?:config|package)\.json: the disk is full; make room and run crd-gen init again \(ENOSPC\); neither config file nor script was written$/,
    );
    expect(contentsOf(folder)).toEqual({ "package.json": "before" });
  });
});

it("a file in the place of the new one stays", () => {
  const folder = temporaryFolder({ "config.json": "mine", "package.json": "before" });
  expect(() => writeFiles(filesIn(folder))).toThrow(
    "cannot write config.json: it is there by now; run crd-gen init again",
  );
  expect(contentsOf(folder)).toEqual({ "config.json": "mine", "package.json": "before" });
});

it("a package.json that somebody has changed stays", () => {
  const folder = temporaryFolder({ "package.json": "changed" });
  expect(() => writeFiles(filesIn(folder))).toThrow("package.json was changed meanwhile, and is not written");
  expect(contentsOf(folder)).toEqual({ "package.json": "changed" });
});

it("permissions and links stay", () => {
  const folder = temporaryFolder({ "real/package.json": "before", "project/": "" });
  const link = path.join(folder, "project/package.json");
  const file = path.join(folder, "real/package.json");
  symlinkSync(file, link);
  chmodSync(file, 0o600);
  writeFiles({ created: undefined, changed: { file: link, text: "after", previous: "before" } });
  expect(contentsOf(path.join(folder, "real"))).toEqual({ "package.json": "after" });
  expect(statSync(file).mode & 0o777).toBe(0o600);
});
