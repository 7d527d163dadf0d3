import { mkdirSync, rmdirSync, type StatSyncOptions, symlinkSync } from "node:fs";
import * as path from "node:path";
import { expect, test } from "vitest";
import { type FileSystem, nodeFileSystem } from "../../src/output/file-system.ts";
import { OutputFolder } from "../../src/output/output-folder.ts";
import { contentsOf, temporaryFolder } from "../temporary-folder.ts";

test("finds the place of a file and the folders that are missing, and makes none", () => {
  const cwd = temporaryFolder({ "out/group/": "" });
  const place = new OutputFolder("out", cwd).placeOf("group/v1/things.ts");
  expect(place).toEqual({
    absolute: path.join(cwd, "out/group/v1/things.ts"),
    missingFolders: [path.join(cwd, "out/group/v1")],
  });
  expect(contentsOf(cwd)).toEqual({ out: null, "out/group": null });
});

test("counts the output folder and what is above it among the missing folders", () => {
  const cwd = temporaryFolder();
  const { missingFolders } = new OutputFolder("a/b", cwd).placeOf("v1/x.ts");
  expect(missingFolders).toEqual(["a", "a/b", "a/b/v1"].map((name) => path.join(cwd, name)));
});

test.each(["../x.ts", "a/../../x.ts", "/etc/x.ts", "a//x.ts", "./x.ts", "", "a\\..\\x.ts", "C:x.ts", "a/\u0000.ts"])(
  "refuses the path %j",
  (name) => {
    const folder = new OutputFolder("out", temporaryFolder());
    expect(() => folder.placeOf(name)).toThrow(
      expect.objectContaining({ code: "unsafe-path", message: expect.stringContaining(JSON.stringify(name)) }),
    );
  },
);

test.each(["out", "out/below", "out/below/further"])("refuses the output folder %s where out is a file", (name) => {
  const cwd = temporaryFolder({ out: "mine" });
  expect(() => new OutputFolder(name, cwd)).toThrow(
    expect.objectContaining({
      code: "out-is-file",
      message: `cannot write into ${name}: wanted a folder at ${path.join(cwd, "out")}, got a file; move it away or choose another folder with --out`,
    }),
  );
});

test("refuses an output folder that is a link to nowhere", () => {
  const cwd = temporaryFolder();
  symlinkSync(path.join(cwd, "nowhere"), path.join(cwd, "out"));
  expect(() => new OutputFolder("out", cwd)).toThrow(expect.objectContaining({ code: "out-is-file" }));
});

test("refuses a file in the place of a folder below", () => {
  const cwd = temporaryFolder({ "out/group": "mine" });
  const folder = new OutputFolder("out", cwd);
  expect(() => folder.placeOf("group/v1/x.ts")).toThrow(expect.objectContaining({ code: "out-is-file" }));
});

test("takes a link as the output folder itself, since the user named it", () => {
  const cwd = temporaryFolder({ "real/group/": "" });
  symlinkSync(path.join(cwd, "real"), path.join(cwd, "out"));
  const place = new OutputFolder("out", cwd).placeOf("group/x.ts");
  expect(place).toEqual({ absolute: path.join(cwd, "real/group/x.ts"), missingFolders: [] });
});

test("refuses a link below that leads out of the output folder, also to one whose name begins alike", () => {
  const cwd = temporaryFolder({ "out/": "", "outside/": "" });
  symlinkSync(path.join(cwd, "outside"), path.join(cwd, "out/group"));
  const folder = new OutputFolder("out", cwd);
  expect(() => folder.placeOf("group/v1/x.ts")).toThrow(
    expect.objectContaining({ code: "outside", message: expect.stringContaining(path.join("out", "group")) }),
  );
});

test("an output folder that another run removes while it is looked at is one that is missing", () => {
  const cwd = temporaryFolder();
  mkdirSync(path.join(cwd, "out"));
  const realpathSync = ((place: string) => {
    if (place === path.join(cwd, "out")) rmdirSync(place);
    return nodeFileSystem.realpathSync(place);
  }) as FileSystem["realpathSync"];
  const { missingFolders } = new OutputFolder("out", cwd, { ...nodeFileSystem, realpathSync }).placeOf("x.ts");
  expect(missingFolders).toEqual([path.join(cwd, "out")]);
});

test("an output folder that another run makes while it is looked at is there", () => {
  const cwd = temporaryFolder();
  const lstatSync = ((place: string, options: StatSyncOptions) => {
    mkdirSync(place);
    return nodeFileSystem.lstatSync(place, options);
  }) as FileSystem["lstatSync"];
  const { missingFolders } = new OutputFolder("out", cwd, { ...nodeFileSystem, lstatSync }).placeOf("x.ts");
  expect(missingFolders).toEqual([]);
});
