import * as path from "node:path";
import { expect, test } from "vitest";
import { contextNames } from "../../src/cli/contexts.ts";
import { temporaryFolder } from "../temporary-folder.ts";

/** A kubeconfig with contexts of these names. */
function configWith(...names: readonly unknown[]): string {
  return JSON.stringify({ kind: "Config", contexts: names.map((name) => ({ name, context: {} })) });
}

test("the contexts of a kubeconfig, whatever KUBECONFIG says", () => {
  const folder = temporaryFolder({ mine: configWith("staging", "arn:aws:eks:1/a"), other: configWith("other") });
  const names = contextNames(path.join(folder, "mine"), { KUBECONFIG: path.join(folder, "other") });
  expect(names).toEqual(["staging", "arn:aws:eks:1/a"]);
});

test("the contexts of all files of KUBECONFIG, each once", () => {
  const folder = temporaryFolder({ one: configWith("a", "b"), two: "contexts:\r\n- {name: b}\r\n- {name: c}\r\n" });
  const KUBECONFIG = ["one", "none", "two", ""].map((name) => name && path.join(folder, name)).join(path.delimiter);
  expect(contextNames(undefined, { KUBECONFIG })).toEqual(["a", "b", "c"]);
});

test.each([
  ["broken", "contexts: [{name: a"],
  ["empty", ""],
  ["no object", "7"],
  ["of something else", "contexts: {a: b}"],
  ["without names", "contexts: [7, null, {context: {}}, {name: 7}, {name: ''}]"],
  ["with names of several lines", JSON.stringify({ contexts: [{ name: "a\nb" }, { name: "a\u001b[2J" }] })],
])("a kubeconfig that is %s has none", (_, text) => {
  const folder = temporaryFolder({ config: text });
  expect(contextNames(path.join(folder, "config"), {})).toEqual([]);
});

test("a kubeconfig that is not there, or is a folder, has none", () => {
  const folder = temporaryFolder();
  expect(contextNames(path.join(folder, "none"), {})).toEqual([]);
  expect(contextNames(folder, {})).toEqual([]);
});
