import { expect, test } from "vitest";
import { checkConfig } from "../../src/cli/check-config.ts";

test("takes every setting, and drops those that a module leaves undefined", () => {
  const cluster = { fromCluster: true, context: "staging", kubeconfig: "k" };
  const config = { sources: ["crds"], ...cluster, typesOnly: true, definitions: false, importExtension: "" };
  expect(checkConfig({ ...config, out: undefined }, "a.js")).toEqual(config);
});

test.each<[string, unknown, string]>([
  ["a list of something else", ["crds", 7], '["crds",7]'],
  ["a long list", Array.from({ length: 40 }, () => 7), "a list"],
  ["a long object", Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`key${index}`, 7])), "an object"],
  ["a function of a module", () => [], "a function"],
  ["a number that JSON cannot hold", 7n, "a bigint"],
  ["a list that JSON cannot hold", [7n], "a list"],
])("says what it got: %s", (_, sources, got) => {
  expect(() => checkConfig({ sources }, "a.js")).toThrow(`a.js: sources: expected a list of texts, got ${got}`);
});

test.each<[object, string]>([
  [{ fromCluster: "yes" }, 'fromCluster: expected true or false, got "yes"'],
  [{ context: "" }, 'context: expected a text that is not empty, got ""'],
  [{ kubeconfig: ["a", "b"] }, 'kubeconfig: expected a text that is not empty, got ["a","b"]'],
  [{ fromcluster: true }, 'unknown setting "fromcluster"; did you mean fromCluster?'],
])("refuses what names a cluster in another form: %j", (config, message) => {
  expect(() => checkConfig(config, "a.js")).toThrow(`a.js: ${message}`);
});

test("names all that is wrong at once", () => {
  expect(() => checkConfig({ kind: ["A"], out: 7 }, "a.js")).toThrow(
    'a.js: unknown setting "kind"; did you mean kinds?\na.js: out: expected a text that is not empty, got 7',
  );
});
