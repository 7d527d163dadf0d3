import { describe, expect, test } from "vitest";
import type { LoadedConfig } from "../../src/cli/config-file.ts";
import { type CommandLine, type Settings, settingsOf } from "../../src/cli/settings.ts";
import type { Config } from "../../src/config.ts";
import type { ClusterSource } from "../../src/read/sources.ts";

const typed: CommandLine = { sources: ["a.yaml"] };
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
    mode: "write",
    diff: false,
    force: false,
    yes: false,
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

test.each<readonly [Partial<CommandLine>, Partial<Settings>]>([
  [{ check: true }, { mode: "check", diff: false }],
  [
    { check: true, diff: true },
    { mode: "check", diff: true },
  ],
  [
    { check: true, yes: true },
    { mode: "check", yes: true },
  ],
  [
    { check: false, dryRun: true },
    { mode: "dry-run", diff: false },
  ],
  [{ diff: true }, { mode: "dry-run", diff: true }],
  [
    { dryRun: true, diff: true, force: true },
    { mode: "dry-run", diff: true, force: true },
  ],
  [
    { force: true, yes: true },
    { mode: "write", force: true, yes: true },
  ],
])("knows by %j what is to be done with the output", (changes, wanted) => {
  expect(settingsOf({ ...typed, ...changes }, undefined, "/work")).toMatchObject({ ...wanted, options: {} });
});

test.each<readonly [Partial<CommandLine>, RegExp]>([
  [{ check: true, dryRun: true }, /^--check and --dry-run: wanted one of them, got both; /],
  [{ check: true, force: true, diff: true }, /^--check and --force: wanted one of them, got both; /],
  [{ typesOnly: true, definitions: true }, /^--types-only and --definitions: wanted one of them, got both; /],
])("refuses %j", (changes, message) => {
  expect(() => settingsOf({ ...typed, ...changes }, undefined, "/work")).toThrow(
    expect.objectContaining({ name: "UsageError", message: expect.stringMatching(message) }),
  );
});

test.each<readonly [Partial<CommandLine>, Config, string]>([
  [{ typesOnly: true }, { definitions: true }, "definitions in deploy/c.json; add --no-definitions"],
  [{ definitions: true }, { typesOnly: true }, "typesOnly in deploy/c.json; add --no-types-only"],
  [
    {},
    { typesOnly: true, definitions: true },
    "both in deploy/c.json; take one of them out, or add --no-definitions or --no-types-only",
  ],
  [{ typesOnly: true, definitions: true }, { definitions: true }, "leave one of them out"],
])("refuses types only with definitions wherever they are asked for: %j over %j", (changes, config, remedy) => {
  const run = (): Settings => settingsOf({ ...typed, ...changes }, { ...loaded, config }, "/work");
  const wanted = "--types-only and --definitions: wanted one of them, got both; ";
  expect(run).toThrow(`${wanted}the type of an exported definition is the runtime's; ${remedy}`);
});

test("lets the command line take back types only or definitions of the config file", () => {
  const config = { ...loaded, config: { ...loaded.config, definitions: true } };
  const { options } = settingsOf({ ...typed, typesOnly: true, definitions: false }, config, "/work");
  expect(options).toMatchObject({ typesOnly: true, definitions: false });
});

test.each([undefined, { ...loaded, config: {} }])("refuses to run without a source", (config) => {
  expect(() => settingsOf({ ...typed, sources: [] }, config, "/work")).toThrow(/^no source: name a file/);
});

describe("a cluster", () => {
  const usual: ClusterSource = { kind: "cluster", name: "<cluster>", context: undefined, kubeconfig: undefined };
  const config = { sources: ["crds"], fromCluster: true, context: "staging", kubeconfig: "kube/config" };

  test.each<readonly [string, Partial<CommandLine>, Config | undefined, Partial<Settings>]>([
    ["the current context's", { fromCluster: true }, undefined, { sources: [], cluster: usual }],
    [
      "a context's of a kubeconfig that is relative to the working directory",
      { fromCluster: true, context: "staging", kubeconfig: "../kube/config" },
      undefined,
      { sources: [], cluster: { ...usual, context: "staging", kubeconfig: "/kube/config" } },
    ],
    ["beside sources", { sources: ["a.yaml"], fromCluster: true }, undefined, { sources: ["a.yaml"], cluster: usual }],
    [
      "of the config file, with a kubeconfig that is relative to it",
      {},
      config,
      {
        sources: ["deploy/crds"],
        cluster: { ...usual, context: "staging", kubeconfig: "/work/deploy/kube/config" },
      },
    ],
    [
      "of the config file, with a kubeconfig that is absolute",
      {},
      { fromCluster: true, kubeconfig: "/kube/config" },
      { sources: [], cluster: { ...usual, kubeconfig: "/kube/config" } },
    ],
    [
      "of the config file in another context",
      { context: "production" },
      config,
      { cluster: { ...usual, context: "production", kubeconfig: "/work/deploy/kube/config" } },
    ],
    [
      "of another kubeconfig than that of the config file",
      { kubeconfig: "mine" },
      config,
      { cluster: { ...usual, context: "staging", kubeconfig: "/work/mine" } },
    ],
    [
      "in place of the config file's sources",
      { fromCluster: true },
      { sources: ["crds"] },
      { sources: [], cluster: usual },
    ],
    [
      "in the config file's context where only the command line asks for it",
      { fromCluster: true },
      { sources: ["crds"], context: "staging" },
      { sources: [], cluster: { ...usual, context: "staging" } },
    ],
  ])("%s", (_, changes, settings, wanted) => {
    const from = settings && { ...loaded, config: settings };
    expect(settingsOf({ ...typed, sources: [], ...changes }, from, "/work")).toMatchObject(wanted);
  });

  test.each<readonly [string, Partial<CommandLine>, Config, readonly string[]]>([
    ["where sources are typed in its place", { sources: ["a.yaml"] }, config, ["a.yaml"]],
    ["where it is switched off", { sources: [], fromCluster: false }, config, ["deploy/crds"]],
    ["where the config file switches it off", { sources: [] }, { ...config, fromCluster: false }, ["deploy/crds"]],
    ["where a context alone is in the config file", { sources: [] }, { sources: ["x"], context: "c" }, ["deploy/x"]],
  ])("is not read %s", (_, changes, settings, sources) => {
    const chosen = settingsOf({ ...typed, ...changes }, { ...loaded, config: settings }, "/work");
    expect(chosen.sources).toEqual(sources);
    expect(chosen).not.toHaveProperty("cluster");
  });

  test.each<readonly [string, Partial<CommandLine>, Config, string]>([
    ["a context without it", { context: "c" }, {}, "--context: wanted --from-cluster beside it, found none"],
    ["a kubeconfig without it", { kubeconfig: "k" }, {}, "--kubeconfig: wanted --from-cluster beside it, found none"],
    [
      "a context beside sources that replace it",
      { context: "c" },
      config,
      "--context: wanted --from-cluster beside it, found none",
    ],
    [
      "nothing to read",
      { sources: [], fromCluster: false },
      { fromCluster: true },
      "no source: name a file, a folder, a glob, a URL, - for standard input, or --from-cluster; see crd-gen --help",
    ],
    [
      "a context alone",
      { sources: [], context: "c" },
      { context: "d" },
      "no source: name a file, a folder, a glob, a URL, - for standard input, or --from-cluster; see crd-gen --help",
    ],
  ])("refuses %s", (_, changes, settings, message) => {
    const attempt = (): Settings => settingsOf({ ...typed, ...changes }, { ...loaded, config: settings }, "/work");
    expect(attempt).toThrow(expect.objectContaining({ name: "UsageError", message }));
  });
});
