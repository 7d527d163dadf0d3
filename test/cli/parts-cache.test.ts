import { chmodSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { afterEach, describe, expect, test, vi } from "vitest";
import { type CachedPart, type CachedParts, PartsCache } from "../../src/cli/parts-cache.ts";
import { OutputFolder } from "../../src/output/output-folder.ts";
import { contentsOf, temporaryFolder } from "../temporary-folder.ts";
import { definitionNamed, runCommand } from "./command-process.ts";
import { resourceNamed } from "./fake-stages.ts";

afterEach(() => {
  vi.unstubAllEnvs();
});

const part: CachedPart = {
  digest: "d",
  part: { resources: [resourceNamed("a", ["a.yaml"])], definitions: [], skipped: [], diagnostics: [] },
  files: { "a.ts": "e" },
};
const parts: CachedParts = new Map([
  ["a.yaml", part],
  ["b.yaml", { ...part, digest: "f" }],
]);

function cacheOf(cwd: string, { out = "out", key = "1" } = {}): PartsCache {
  return new PartsCache(new OutputFolder(out, cwd), key);
}

/** The one file below a folder. */
function fileIn(folder: string): string {
  const [file, ...others] = Object.entries(contentsOf(folder)).flatMap(([name, content]) =>
    content === null ? [] : [name],
  );
  if (file === undefined || others.length > 0) throw new Error(`expected one file in ${folder}`);
  return path.join(folder, file);
}

describe("the cache of parts lies", () => {
  test.each<readonly [string, string, string]>([
    ["beside the output folder", "app/node_modules/", "app/generated"],
    ["above it", "app/node_modules/", "app/src/client/generated"],
    ["above the working folder", "node_modules/", "app/generated"],
  ])("in the project's node_modules %s", (_, modules, out) => {
    const cwd = temporaryFolder({ [modules]: "" });
    cacheOf(cwd, { out }).save(parts);
    const cache = path.join(cwd, modules, ".cache/crd-gen");
    expect(path.dirname(fileIn(cwd))).toBe(cache);
    expect(path.basename(fileIn(cwd))).toMatch(/^[0-9a-f]{32}\.jsonl$/);
    expect(cacheOf(cwd, { out }).load()).toEqual(parts);
  });

  test("in the nearest of several", () => {
    const cwd = temporaryFolder({ "node_modules/": "", "app/node_modules/": "" });
    cacheOf(cwd, { out: "app/out" }).save(parts);
    expect(path.dirname(fileIn(cwd))).toBe(path.join(cwd, "app/node_modules/.cache/crd-gen"));
  });

  test("in the user's cache folder where there is no project", () => {
    const home = temporaryFolder();
    vi.stubEnv("XDG_CACHE_HOME", home);
    const cwd = temporaryFolder();
    cacheOf(cwd).save(parts);
    expect(path.dirname(fileIn(home))).toBe(path.join(home, "crd-gen/parts"));
    expect(contentsOf(cwd)).toEqual({});
    expect(cacheOf(cwd).load()).toEqual(parts);
  });

  // The home folder is the process's, so it takes one.
  test.skipIf(process.platform !== "linux").each([undefined, "relative/cache"])(
    "in .cache of the home folder where XDG_CACHE_HOME is %s",
    async (given) => {
      const home = temporaryFolder();
      const cwd = temporaryFolder({ "a.yaml": definitionNamed("as") });
      const environment = { HOME: home, XDG_CACHE_HOME: given };
      expect(await runCommand(["a.yaml"], { cwd, environment })).toMatchObject({ code: 0, stderr: "" });
      expect(path.dirname(fileIn(home))).toBe(path.join(home, ".cache/crd-gen/parts"));
      expect(contentsOf(cwd)).not.toHaveProperty("relative");
    },
  );
});

test("keeps what the parts of a run were, for the user alone, and replaces it with the next", () => {
  const cwd = temporaryFolder({ "node_modules/": "" });
  expect(cacheOf(cwd).load()).toEqual(new Map());
  cacheOf(cwd).save(parts);
  expect(statSync(fileIn(cwd)).mode & 0o777).toBe(0o600);
  const next: CachedParts = new Map([["c.yaml", part]]);
  cacheOf(cwd).save(next);
  expect(cacheOf(cwd).load()).toEqual(next);
});

describe("of a run that has loaded it", () => {
  const changedPart: CachedPart = { ...part, digest: "g", part: { ...part.part } };

  test("what has changed alone is written, until half of the file counts no more", () => {
    const cwd = temporaryFolder({ "node_modules/": "" });
    cacheOf(cwd).save(parts);
    const { ino, size } = statSync(fileIn(cwd));
    const lines = (): number => readFileSync(fileIn(cwd), "utf8").trimEnd().split("\n").length;
    for (const wanted of [4, 5, 3, 4]) {
      const cache = cacheOf(cwd);
      const next: CachedParts = new Map([...cache.load(), ["b.yaml", { ...changedPart, part: { ...part.part } }]]);
      cache.save(next);
      expect(lines()).toBe(wanted);
      expect(cacheOf(cwd).load()).toEqual(next);
      if (wanted === 5) expect(statSync(fileIn(cwd)).ino).toBe(ino);
    }
    expect(statSync(fileIn(cwd)).size).toBeLessThan(size * 2);
  });

  test("nothing is written where nothing has changed", () => {
    const cwd = temporaryFolder({ "node_modules/": "" });
    cacheOf(cwd).save(parts);
    const before = statSync(fileIn(cwd));
    const cache = cacheOf(cwd);
    cache.save(new Map(cache.load()));
    expect(statSync(fileIn(cwd))).toMatchObject({ ino: before.ino, mtimeMs: before.mtimeMs });
  });

  test("a source that is gone is forgotten", () => {
    const cwd = temporaryFolder({ "node_modules/": "" });
    cacheOf(cwd).save(parts);
    const cache = cacheOf(cwd);
    const left: CachedParts = new Map([...cache.load()].slice(0, 1));
    cache.save(left);
    expect(cacheOf(cwd).load()).toEqual(left);
  });
});

test("has nothing of another output folder, nor of other options", () => {
  const cwd = temporaryFolder({ "node_modules/": "" });
  cacheOf(cwd).save(parts);
  expect(cacheOf(cwd, { out: "other" }).load()).toEqual(new Map());
  expect(cacheOf(cwd, { key: "2" }).load()).toEqual(new Map());
  expect(cacheOf(cwd).load()).toEqual(parts);
});

test.each<readonly [string, (text: string) => string]>([
  ["nothing", () => ""],
  ["something else", () => "{}\n"],
  ["a list", () => "[]"],
  ["the key of other options", (text) => text.replace(/^./, (digit) => (digit === "0" ? "1" : "0"))],
  ["a line that is no entry", (text) => `${text}null\n`],
  ["an entry without a part", (text) => `${text}["c.yaml",null]\n`],
  ["an entry without a name", (text) => `${text}[1,{}]\n`],
  ["half of it", (text) => text.slice(0, text.length / 2)],
  ["all but its last letters", (text) => text.slice(0, -3)],
])("is empty where its file holds %s", (_, spoil) => {
  const cwd = temporaryFolder({ "node_modules/": "" });
  cacheOf(cwd).save(parts);
  const file = fileIn(cwd);
  writeFileSync(file, spoil(readFileSync(file, "utf8")));
  expect(cacheOf(cwd).load()).toEqual(new Map());
});

describe("that it cannot be kept is no reason to fail", () => {
  test.each<readonly [string, Readonly<Record<string, string>>]>([
    ["a file stands where its folder is to be", { "node_modules/.cache": "mine" }],
    ["a file stands where a folder above is to be", { node_modules: "mine" }],
    ["a file stands where our folder is to be", { "node_modules/.cache/crd-gen": "mine" }],
  ])("where %s", (_, files) => {
    const cwd = temporaryFolder(files);
    const untouched = contentsOf(cwd);
    cacheOf(cwd).save(parts);
    expect(cacheOf(cwd).load()).toEqual(new Map());
    expect(contentsOf(cwd)).toEqual(untouched);
  });

  test("where a folder stands in its place", () => {
    const cwd = temporaryFolder({ "node_modules/": "" });
    cacheOf(cwd).save(parts);
    const file = fileIn(cwd);
    rmSync(file);
    mkdirSync(file);
    const untouched = contentsOf(cwd);
    cacheOf(cwd).save(parts);
    expect(cacheOf(cwd).load()).toEqual(new Map());
    expect(contentsOf(cwd)).toEqual(untouched);
  });

  test.skipIf(process.getuid?.() === 0)("where nothing may be written", () => {
    const cwd = temporaryFolder({ "node_modules/": "" });
    chmodSync(path.join(cwd, "node_modules"), 0o555);
    cacheOf(cwd).save(parts);
    expect(contentsOf(cwd)).toEqual({ node_modules: null });
  });
});
