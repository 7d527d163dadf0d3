import { expect, test } from "vitest";
import type { CommandLine } from "../../src/cli/arguments.ts";
import type { LoadedConfig } from "../../src/cli/config-file.ts";
import { settingsOf } from "../../src/cli/settings.ts";

const typed: CommandLine = { sources: ["a.yaml"], json: false, quiet: false, verbose: false };
const loaded: LoadedConfig = {
  name: "deploy/c.json",
  folder: "/work/deploy",
  config: {
    sources: ["crds/*.yaml", "https://example.com/x.yaml", "-", "/abs.yaml", "!crds/no.yaml"],
    out: "../client",
    groups: ["g"],
    unserved: true,
  },
};

test("has defaults for everything but the sources", () => {
  expect(settingsOf(typed, undefined, "/work")).toEqual({
    sources: ["a.yaml"],
    out: "generated",
    options: {},
    json: false,
    quiet: false,
    verbose: false,
  });
});

test("takes paths of the config file as relative to it", () => {
  const { sources, out } = settingsOf({ ...typed, sources: [] }, loaded, "/work");
  expect(sources).toEqual([
    "deploy/crds/*.yaml",
    "https://example.com/x.yaml",
    "-",
    "/abs.yaml",
    "!deploy/crds/no.yaml",
  ]);
  expect(out).toBe("client");
});

test("lets the command line win, one setting at a time", () => {
  const settings = settingsOf({ ...typed, out: "x", groups: ["h"], unserved: false, kinds: ["K"] }, loaded, "/work");
  expect(settings).toMatchObject({ sources: ["a.yaml"], out: "x" });
  expect(settings.options).toEqual({ groups: ["h"], unserved: false, kinds: ["K"] });
});

test("lists what is said in comments only in a verbose report, and nowhere else", () => {
  expect(settingsOf({ ...typed, verbose: true, report: "r.json" }, undefined, "/work").options).toEqual({
    listJsdoc: true,
  });
  expect(settingsOf({ ...typed, verbose: true }, undefined, "/work").options).toEqual({});
});

test.each([undefined, { ...loaded, config: {} }])("refuses to run without a source", (config) => {
  expect(() => settingsOf({ ...typed, sources: [] }, config, "/work")).toThrow(/^no source: name a file/);
});
