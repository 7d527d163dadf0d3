import { spawnSync } from "node:child_process";
import * as path from "node:path";
import process from "node:process";
import { describe, expect, test } from "vitest";
import { type FileSystem, nodeFileSystem } from "../../src/output/file-system.ts";
import { fileNameOf, thisProcess } from "../../src/output/owner.ts";
import { clearRemains, hasRemains, type Looking, nameOfRun } from "../../src/output/remains.ts";
import { contentsOf, temporaryFolder } from "../temporary-folder.ts";

const dead = spawnSync(process.execPath, ["--version"]).pid;
const ofDead = fileNameOf({ ...thisProcess(`${dead}-1`), pid: dead });
const ofThis = fileNameOf(thisProcess(`${process.pid}-1`));
const ofElsewhere = fileNameOf({ ...thisProcess(`${dead}-1`), pid: dead, host: "elsewhere" });

function folderWith(names: readonly string[], fileSystem: FileSystem = nodeFileSystem): Looking {
  return { root: temporaryFolder(Object.fromEntries(names.map((name) => [name, ""]))), fileSystem };
}

describe("what is left of a run whose process is no more", () => {
  test.each([
    ["what was to become its claim", `${nameOfRun(`${dead}-1`)}/${ofDead}`],
    ["the same without an owner, killed before it said so", `${nameOfRun(`${dead}-1`)}/`],
    ["a report that waits", `${nameOfRun(`${dead}-1`)}-report.tmp`],
  ])("is cleared away: %s", (_, name) => {
    const folder = folderWith([name, "mine.ts", ".crd-gen.lock.next"]);
    expect(hasRemains(folder)).toBe(true);
    clearRemains(folder);
    expect(hasRemains(folder)).toBe(false);
    expect(Object.keys(contentsOf(folder.root))).toEqual([".crd-gen.lock.next", "mine.ts"]);
  });

  test("is its claim, too, which is for the next one to take over", () => {
    const folder = folderWith([`.crd-gen/${ofDead}`]);
    expect(hasRemains(folder)).toBe(true);
    clearRemains(folder);
    expect(hasRemains(folder)).toBe(true);
  });

  test("stays where it cannot be removed", () => {
    const rmSync = (): never => {
      throw Object.assign(new Error("no"), { code: "EACCES" });
    };
    const folder = folderWith([`${nameOfRun(`${dead}-1`)}/`], { ...nodeFileSystem, rmSync });
    clearRemains(folder);
    expect(hasRemains(folder)).toBe(true);
  });
});

test.each([
  ["a claim of this process", `.crd-gen/${ofThis}`],
  ["what is to become one", `${nameOfRun(`${process.pid}-1`)}/${ofThis}`],
  ["a report of this process", `${nameOfRun(`${process.pid}-1`)}-report.tmp`],
  ["a claim of another machine", `.crd-gen/${ofElsewhere}`],
  ["what was to become one", `${nameOfRun(`${dead}-1`)}/${ofElsewhere}`],
  ["something of another name", ".crd-gen-mine/a"],
])("is not %s", (_, name) => {
  const folder = folderWith([name]);
  const untouched = contentsOf(folder.root);
  expect(hasRemains(folder)).toBe(false);
  clearRemains(folder);
  expect(contentsOf(folder.root)).toEqual(untouched);
});

test("there is nothing in a folder that is not there, and none to be seen in one that cannot be looked into", () => {
  expect(hasRemains({ root: path.join(temporaryFolder(), "none"), fileSystem: nodeFileSystem })).toBe(false);
  const readdirSync = (): never => {
    throw Object.assign(new Error("no"), { code: "EACCES" });
  };
  expect(hasRemains(folderWith([], { ...nodeFileSystem, readdirSync }))).toBe(false);
});
