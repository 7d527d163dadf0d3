import { rmSync, symlinkSync } from "node:fs";
import * as path from "node:path";
import { describe, expect, test } from "vitest";
import { digestOf } from "../../src/digest.ts";
import { type FileSystem, nodeFileSystem } from "../../src/output/file-system.ts";
import { generatedMark } from "../../src/output/mark.ts";
import { obsoleteFiles } from "../../src/output/obsolete.ts";
import { OutputFolder } from "../../src/output/output-folder.ts";
import type { OwnedFiles } from "../../src/output/owned-files.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { lockListing } from "./lock-listing.ts";
import { ownedByMark } from "./stage-file.ts";

const ours = `${generatedMark}. Do not edit.\n`;

function outOf(cwd: string, fileSystem?: FileSystem): OutputFolder {
  return new OutputFolder("out", cwd, fileSystem);
}

describe("with a lock", () => {
  const listed = (force = false, ...paths: readonly string[]): OwnedFiles => ({
    digests: new Map(paths.map((file) => [file, digestOf(ours)])),
    force,
    restore: false,
  });

  test("are the listed files that are not wanted and are there, in the order of their paths", () => {
    const cwd = temporaryFolder({
      "out/g/b.ts": ours,
      "out/g/a.ts": ours,
      "out/kept.ts": ours,
      "out/unlisted.ts": ours,
    });
    const owned = listed(false, "g/b.ts", "kept.ts", "g/a.ts", "absent.ts", "h/absent.ts");
    expect(obsoleteFiles(outOf(cwd), owned, new Set(["kept.ts", "new.ts"]))).toEqual([
      { path: "g/a.ts", state: "obsolete" },
      { path: "g/b.ts", state: "obsolete" },
    ]);
  });

  test("one with the line ends of Windows is as we left it; one with other content is edited, unless with force", () => {
    const cwd = temporaryFolder({
      "out/a.ts": ours.replaceAll("\n", "\r\n"),
      "out/b.ts": `${ours}edited\n`,
      "out/c.ts": "mine",
    });
    expect(obsoleteFiles(outOf(cwd), listed(false, "a.ts", "b.ts", "c.ts"), new Set())).toEqual([
      { path: "a.ts", state: "obsolete" },
      { path: "b.ts", state: "edited" },
      { path: "c.ts", state: "edited" },
    ]);
    const forced = obsoleteFiles(outOf(cwd), listed(true, "a.ts", "b.ts", "c.ts"), new Set());
    expect(forced.map(({ state }) => state)).toEqual(["obsolete", "obsolete", "obsolete"]);
  });

  test("what is no file is nothing of ours, even with force", () => {
    const cwd = temporaryFolder({ "out/a.ts/": "", "elsewhere.ts": ours });
    symlinkSync(path.join(cwd, "elsewhere.ts"), path.join(cwd, "out/b.ts"));
    expect(obsoleteFiles(outOf(cwd), listed(true, "a.ts", "b.ts"), new Set())).toEqual([]);
  });

  test("one that cannot be looked at is told", () => {
    const readFileSync = (): never => {
      throw Object.assign(new Error("no"), { code: "EACCES" });
    };
    const folder = outOf(temporaryFolder({ "out/a.ts": ours }), { ...nodeFileSystem, readFileSync });
    expect(() => obsoleteFiles(folder, listed(false, "a.ts"), new Set())).toThrow(
      expect.objectContaining({ code: "disk", message: expect.stringMatching(/^cannot read out\/a\.ts: /) }),
    );
  });
});

describe("without a lock", () => {
  test("are the files that bear the mark, wherever they are, but in hidden folders and packages", () => {
    const cwd = temporaryFolder({
      "out/a.ts": ours,
      "out/g/v1/b.ts": ours.replaceAll("\n", "\r\n"),
      "out/g/v1/edited.ts": `${ours}edited\n`,
      "out/kept.ts": ours,
      "out/mine.ts": "mine",
      "out/fork.ts": `${generatedMark}-fork.\n`,
      "out/below.ts": `\n${ours}`,
      "out/empty.ts": "",
      "out/.hidden/c.ts": ours,
      "out/.c.ts": ours,
      "out/node_modules/d.ts": ours,
    });
    expect(obsoleteFiles(outOf(cwd), ownedByMark, new Set(["kept.ts"]))).toEqual(
      ["a.ts", "g/v1/b.ts", "g/v1/edited.ts"].map((file) => ({ path: file, state: "obsolete" })),
    );
  });

  test("links are not followed", () => {
    const cwd = temporaryFolder({ "out/": "", "elsewhere/a.ts": ours });
    symlinkSync(path.join(cwd, "elsewhere"), path.join(cwd, "out/folder"));
    symlinkSync(path.join(cwd, "elsewhere/a.ts"), path.join(cwd, "out/file.ts"));
    expect(obsoleteFiles(outOf(cwd), ownedByMark, new Set())).toEqual([]);
  });

  test("there are none in a folder that is not there", () => {
    expect(obsoleteFiles(outOf(temporaryFolder()), ownedByMark, new Set())).toEqual([]);
  });

  test("files of another output below are its own, and nothing is put among them", () => {
    const cwd = temporaryFolder({
      "out/a.ts": ours,
      "out/g/crd-gen.lock": lockListing("b.ts"),
      "out/g/b.ts": ours,
      "out/g/v1/c.ts": ours,
      "out/h/d.ts": ours,
    });
    expect(obsoleteFiles(outOf(cwd), ownedByMark, new Set(["a.ts", "gg/x.ts"]))).toEqual([
      { path: "h/d.ts", state: "obsolete" },
    ]);
    expect(() => obsoleteFiles(outOf(cwd), ownedByMark, new Set(["g/v1/c.ts"]))).toThrow(
      expect.objectContaining({
        code: "lock",
        message: "out/g/v1/c.ts: belongs to the output of out/g/crd-gen.lock; choose another folder with --out",
      }),
    );
  });

  test.each([
    [".crd-gen/", ""],
    [".crd-gen.lock.next", lockListing("b.ts")],
  ])("files of an output below that is being written are its own: %s", (name, content) => {
    const cwd = temporaryFolder({ "out/a.ts": ours, "out/g/b.ts": ours, [`out/g/${name}`]: content });
    expect(obsoleteFiles(outOf(cwd), ownedByMark, new Set())).toEqual([{ path: "a.ts", state: "obsolete" }]);
  });

  test("what somebody removes meanwhile is none of them, and hides none", () => {
    const cwd = temporaryFolder({ "out/a.ts": ours, "out/b/c.ts": ours, "out/d.ts": ours });
    const openSync: FileSystem["openSync"] = (place, ...rest) => {
      rmSync(path.join(cwd, "out/a.ts"), { force: true });
      rmSync(path.join(cwd, "out/b"), { recursive: true, force: true });
      return nodeFileSystem.openSync(place, ...rest);
    };
    expect(obsoleteFiles(outOf(cwd, { ...nodeFileSystem, openSync }), ownedByMark, new Set())).toEqual([
      { path: "d.ts", state: "obsolete" },
    ]);
  });

  test("a folder that cannot be looked at is told", () => {
    const readdirSync = (): never => {
      throw Object.assign(new Error("no"), { code: "EACCES" });
    };
    const folder = outOf(temporaryFolder({ "out/": "" }), { ...nodeFileSystem, readdirSync });
    expect(() => obsoleteFiles(folder, ownedByMark, new Set())).toThrow(
      expect.objectContaining({ code: "disk", message: expect.stringMatching(/^cannot look for files in out: /) }),
    );
  });
});
