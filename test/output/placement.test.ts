import { mkdirSync } from "node:fs";
import * as path from "node:path";
import { expect, test } from "vitest";
import { generatedMark } from "../../src/output/mark.ts";
import { placementsOf } from "../../src/output/placement.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { failingDisk } from "./failing-disk.ts";
import { stage, stagerFor, waitingIn } from "./stage-file.ts";

const content = `${generatedMark}.\nnew\n`;
const old = {
  "out/index.ts": `${generatedMark}.\n`,
  "out/g/index.ts": `${generatedMark}.\n`,
  "out/g/v1/same.ts": content,
};

function placed(cwd: string, paths: readonly string[]): readonly string[] {
  const { folder, waiting } = waitingIn(cwd);
  const staged = paths.map((file) => stage({ path: file, content }, stagerFor({ folder, waiting })));
  const placements = placementsOf(folder, waiting, staged);
  for (const { from, path: file } of placements) expect(from).toBe(path.join(waiting, "new", file));
  return placements.map(({ path: file, replaces }) => `${file}${replaces ? " replaces" : ""}`);
}

test("a folder that is not there goes as a whole, at its outermost, and before every file", () => {
  const paths = ["index.ts", "g/index.ts", "g/v2/a.ts", "g/v2/b.ts", "h/v1/c.ts", "h/v1/d.ts", "h/index.ts"];
  expect(placed(temporaryFolder(old), paths)).toEqual(["g/v2", "h", "g/index.ts replaces", "index.ts replaces"]);
});

test("into folders that are there, files go one by one, those deeper down first", () => {
  const paths = ["index.ts", "more.ts", "g/v1/a.ts", "g/index.ts", "g/v1/same.ts"];
  expect(placed(temporaryFolder(old), paths)).toEqual([
    "g/v1/a.ts",
    "g/index.ts replaces",
    "index.ts replaces",
    "more.ts",
  ]);
});

test("a folder that somebody has made since its files were looked at is there", () => {
  const cwd = temporaryFolder(old);
  const { folder, waiting } = waitingIn(cwd);
  const staged = [stage({ path: "h/v1/a.ts", content }, stagerFor({ folder, waiting }))];
  mkdirSync(path.join(cwd, "out/h"));
  expect(placementsOf(folder, waiting, staged).map(({ path: file }) => file)).toEqual(["h/v1"]);
});

test("a folder that cannot be looked at is told", () => {
  const { fileSystem } = failingDisk({ at: 1, lasting: "for good", call: "statSync", code: "EACCES" });
  const { folder, waiting } = waitingIn(temporaryFolder(old));
  const staged = [stage({ path: "h/v1/a.ts", content }, stagerFor({ folder, waiting }))];
  const failing = Object.assign(Object.create(folder), { fileSystem });
  expect(() => placementsOf(failing, waiting, staged)).toThrow(
    expect.objectContaining({ code: "disk", message: expect.stringContaining("cannot open the folder out/h: ") }),
  );
});
