import { expect, test } from "vitest";
import { parseArguments } from "../../src/cli/arguments.ts";
import { commands } from "../../src/cli/commands.ts";
import { answeredOptions, generateOptions } from "../../src/cli/options.ts";
import type { CommandLine } from "../../src/cli/settings.ts";
import { readValues } from "../../src/cli/typed-options.ts";

/** What was typed to generate. */
function parsed(...argv: string[]): CommandLine {
  const result = parseArguments(argv);
  if (result.kind !== "run") throw new Error("expected a command to run, got help");
  expect(result.command.name).toBe("generate");
  return { sources: result.line.words, ...readValues(result.line.values, generateOptions) };
}

test.each<readonly [readonly string[], Partial<CommandLine>]>([
  [["a.yaml", "b/"], { sources: ["a.yaml", "b/"] }],
  [["-"], { sources: ["-"] }],
  [["7"], { sources: ["7"] }],
  [["--", "--odd.yaml"], { sources: ["--odd.yaml"] }],
  [["--group", "g", "a.yaml"], { sources: ["a.yaml"], groups: ["g"] }],
  [["--group", "g", "--group=h"], { groups: ["g", "h"] }],
  [["--kind", "K", "--crd", "ks.g", "--api-version", "v1"], { kinds: ["K"], crds: ["ks.g"], versions: ["v1"] }],
  [["-o", "x"], { out: "x" }],
  [["--unserved", "--types-only"], { unserved: true, typesOnly: true }],
  [["--definitions"], { definitions: true }],
  [["--check", "--diff", "--yes"], { check: true, diff: true, yes: true }],
  [["--dry-run", "--force"], { dryRun: true, force: true }],
  [["--no-unserved"], { unserved: false }],
  [["--check=true", "--diff=false", "false"], { sources: ["false"], check: true, diff: false }],
  [["--no-check=true", "--no-diff=false", "true"], { sources: ["true"], check: false, diff: true }],
  [["--", "--check=on"], { sources: ["--check=on"] }],
  [["--from-cluster"], { fromCluster: true }],
  [["--no-from-cluster", "a.yaml"], { sources: ["a.yaml"], fromCluster: false }],
  [
    ["--from-cluster", "--context", "staging", "--crd", "ks.g"],
    { fromCluster: true, context: "staging", crds: ["ks.g"] },
  ],
  [["a.yaml", "--from-cluster", "--kubeconfig", "k"], { sources: ["a.yaml"], fromCluster: true, kubeconfig: "k" }],
  [["--context=arn:aws:eks:1/a", "--kubeconfig=7"], { context: "arn:aws:eks:1/a", kubeconfig: "7" }],
  [["--import-extension", "js"], { importExtension: ".js" }],
  [["--import-extension", "ts"], { importExtension: ".ts" }],
  [["--import-extension", "none"], { importExtension: "" }],
  [["--report", "r.json", "--jobs", "3", "--config", "c.json"], { report: "r.json", jobs: 3, config: "c.json" }],
  [["--json", "--quiet", "--verbose", "--verbose"], { json: true, quiet: true, verbose: true }],
])("reads %j", (argv, wanted) => {
  expect(parsed(...argv)).toEqual({ sources: [], ...wanted });
});

test.each([
  [["--grup", "x"], "unknown option --grup; did you mean --group?"],
  [["--typesOnly"], "unknown option --typesOnly; did you mean --types-only?"],
  [["--watermelon"], "unknown option --watermelon; crd-gen --help lists them"],
  [["-x"], "unknown option -x; crd-gen --help lists them"],
  [["--from-custer"], "unknown option --from-custer; did you mean --from-cluster?"],
  [["--context"], "--context: expected a value, got nothing"],
  [["--kubeconfig="], "--kubeconfig: expected a value, got nothing"],
  [["--context", "a", "--context", "b"], "--context was given 2 times; it takes one value"],
  [["--out"], "--out: expected a value, got nothing"],
  [["--out="], "--out: expected a value, got nothing"],
  [["--group", "--json"], "--group: expected a value, got nothing"],
  [["--out", "a", "--out", "b"], "--out was given 2 times; it takes one value"],
  [["--jobs", "0"], "--jobs: expected a whole number from 1 to 64"],
  [["--jobs", "many"], "--jobs: expected a whole number from 1 to 64"],
  [["--jobs"], "--jobs: expected a whole number from 1 to 64"],
  [["--import-extension", "toString"], '--import-extension: expected js, ts or none, got "toString"'],
  [["crds", "--dry-run=yes"], '--dry-run: takes no value, got "yes"'],
  [["--no-check=1"], '--no-check: takes no value, got "1"'],
  [["--definitions="], '--definitions: takes no value, got ""'],
  [["--json=a=b\n"], '--json: takes no value, got "a=b\\n"'],
  [["-h=on"], '-h: takes no value, got "on"'],
  [["--no-watermelon=true"], "unknown option --no-watermelon; crd-gen --help lists them"],
  [[""], "a source has an empty name"],
])("refuses %j", (argv, message) => {
  expect(() => parsed(...argv)).toThrow(expect.objectContaining({ name: "UsageError", message }));
});

test.each([
  [["generate", "a.yaml"], { words: ["a.yaml"], named: true }],
  [["--from-cluster", "generate", "a.yaml"], { words: ["a.yaml"], named: true }],
  [["--group", "generate", "a.yaml"], { words: ["a.yaml"], named: false }],
  [["a.yaml", "generate"], { words: ["a.yaml", "generate"], named: false }],
  [["./generate"], { words: ["./generate"], named: false }],
  [["Generate"], { words: ["Generate"], named: false }],
  [["--", "generate"], { words: ["generate"], named: false }],
  [["generate", "--", "generate"], { words: ["generate"], named: true }],
  [[], { words: [], named: false }],
])("tells from the words of %j whether the first is a command", (argv, line) => {
  expect(parseArguments(argv)).toMatchObject({ kind: "run", command: { name: "generate" }, line });
});

test.each([
  [["--help"], "generate"],
  [["-h"], "generate"],
  [["crds", "--help"], "generate"],
  [["generate", "-h"], "generate"],
])("%j asks for help", (argv, name) => {
  expect(parseArguments(argv)).toMatchObject({ kind: "help", command: { name } });
});

test.each(
  commands.flatMap(({ name, options }) =>
    Object.values({ ...options, ...answeredOptions })
      .filter(({ kind }) => kind === "flag")
      .map((option) => [name, option.name] as const),
  ),
)("%s refuses a value of --%s that is neither true nor false", (command, name) => {
  for (const word of [`--${name}`, `--no-${name}`]) {
    const message = `${word}: takes no value, got "on"`;
    expect(() => parseArguments([command, `${word}=on`])).toThrow(
      expect.objectContaining({ name: "UsageError", message }),
    );
  }
});

test("a name of an option means one kind of value in every command, and a letter one option", () => {
  const options = [...commands.flatMap((command) => Object.values(command.options)), ...Object.values(answeredOptions)];
  const kinds = new Set(options.map(({ name, kind }) => `${name} ${kind}`));
  const names = new Set(options.map(({ name }) => name));
  expect(kinds.size).toBe(names.size);
  const letters = new Map(options.flatMap(({ name, alias }) => (alias === undefined ? [] : [[alias, name]])));
  for (const { name, alias } of options) if (alias !== undefined) expect(letters.get(alias)).toBe(name);
});
