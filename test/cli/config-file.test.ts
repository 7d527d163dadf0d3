import * as path from "node:path";
import { expect, test } from "vitest";
import { loadConfig } from "../../src/cli/config-file.ts";
import { defineConfig } from "../../src/config.ts";
import { contentsOf, temporaryFolder } from "../temporary-folder.ts";

const stripsTypes = "typescript" in process.features && Boolean(process.features.typescript);
const config = defineConfig({
  sources: ["crds"],
  out: "client",
  groups: ["g"],
  types: { A: { from: "./a.js", name: "A" } },
});
const source = `export default ${JSON.stringify(config)};\n`;

test("without a config file there is no config", async () => {
  expect(await loadConfig(temporaryFolder(), undefined)).toBeUndefined();
});

test.each([
  ["crd-gen.config.json", JSON.stringify(config)],
  ["crd-gen.config.json", `\uFEFF${JSON.stringify(config, undefined, 2).replaceAll("\n", "\r\n")}\r\n`],
  ["crd-gen.config.mjs", source],
  ["crd-gen.config.mjs", `\uFEFF// of Windows\r\n${source.replaceAll("\n", "\r\n")}`],
  ["crd-gen.config.js", `module.exports = ${JSON.stringify(config)};\n`],
])("reads %s in the working directory, and leaves it as it is", async (name, text) => {
  const cwd = temporaryFolder({ [name]: text });
  expect(await loadConfig(cwd, undefined)).toEqual({ name, folder: cwd, config });
  expect(contentsOf(cwd)).toEqual({ [name]: text });
});

test("reads a named file, and takes its folder as where its paths start", async () => {
  const cwd = temporaryFolder({ "deep/own.json": JSON.stringify(config) });
  expect(await loadConfig(cwd, "deep/own.json")).toEqual({
    name: "deep/own.json",
    folder: path.join(cwd, "deep"),
    config,
  });
});

test.skipIf(stripsTypes)("says that this Node does not read a TypeScript config", async () => {
  const cwd = temporaryFolder({ "crd-gen.config.ts": source });
  const message = `crd-gen.config.ts: this Node (${process.version}) does not read TypeScript; use Node 22.18 or newer, or rename the file to crd-gen.config.js and take its types out`;
  await expect(loadConfig(cwd, undefined)).rejects.toThrow(message);
});

test.each<readonly [string, string, string]>([
  ["a.json", "{ broken", "a.json: cannot be read as JSON: "],
  ["a.mjs", "throw new Error('boom');", "a.mjs: cannot be loaded: boom"],
  ["a.mjs", "export const out = 'x';", "a.mjs: expected a default export"],
  ["a.yaml", "out: x", "a.yaml: expected a config file that ends in .ts, .js, .mjs or .json"],
  ["a.json", "[]", "a.json: expected an object of settings, got []"],
  ["a.json", '{"grups": []}', 'a.json: unknown setting "grups"; did you mean groups?'],
  [
    "a.json",
    '{"x": []}',
    'a.json: unknown setting "x"; the settings are sources, fromCluster, context, kubeconfig, out, ',
  ],
  ["a.json", '{"toString": 1}', 'a.json: unknown setting "toString"'],
  ["a.json", '{"out": ""}', 'a.json: out: expected a text that is not empty, got ""'],
  ["a.json", '{"sources": "crds"}', 'a.json: sources: expected a list of texts, got "crds"'],
  ["a.json", '{"unserved": "yes"}', 'a.json: unserved: expected true or false, got "yes"'],
  ["a.json", '{"importExtension": "js"}', 'a.json: importExtension: expected ".js", ".ts" or "", got "js"'],
  ["a.json", '{"types": {"A": {"from": "x"}}}', "a.json: types: expected an object such as "],
  ["a.json", '{"x": 1, "out": 2}', "a.json: out: expected a text that is not empty, got 2"],
])("refuses %s: %s", async (name, text, message) => {
  const cwd = temporaryFolder({ [name]: text });
  await expect(loadConfig(cwd, name)).rejects.toThrow(
    expect.objectContaining({ name: "UsageError", message: expect.stringContaining(message) }),
  );
});

test("refuses a config file that is not there, and a choice between two", async () => {
  const cwd = temporaryFolder({ "crd-gen.config.json": "{}", "crd-gen.config.mjs": source });
  await expect(loadConfig(cwd, "none.json")).rejects.toThrow("none.json: there is no such config file; check --config");
  await expect(loadConfig(cwd, undefined)).rejects.toThrow(
    "found both crd-gen.config.mjs and crd-gen.config.json; remove one, or choose with --config",
  );
});
