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
    expect(path.basename(fileIn(cwd))).toMatch(/^[0-9a-f]{32}\.json$/);
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
  ["no list of parts", (text) => text.replace(/"parts":.*$/s, '"parts":{}}')],
  ["parts that are none", (text) => text.replace(/"parts":.*$/s, '"parts":[null]}')],
  ["half of it", (text) => text.slice(0, text.length / 2)],
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
