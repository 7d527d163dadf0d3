import { expect, test } from "vitest";
import { type CommandLine, parseArguments } from "../../src/cli/arguments.ts";

const nothing = { sources: [], json: false, quiet: false, verbose: false };

async function parsed(...argv: string[]): Promise<CommandLine> {
  const result = await parseArguments(argv);
  if (result.kind !== "generate") throw new Error("expected a command line, got help");
  return result.commandLine;
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
  [["--no-unserved"], { unserved: false }],
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
])("reads %j", async (argv, wanted) => {
  expect(await parsed(...argv)).toEqual({ ...nothing, ...wanted });
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
  [[""], "a source has an empty name"],
])("refuses %j", async (argv, message) => {
  await expect(parseArguments(argv)).rejects.toThrow(expect.objectContaining({ name: "UsageError", message }));
});

test.each(["--help", "-h"])("%s gives the help, with every option and examples", async (option) => {
  const help = await parseArguments([option]);
  expect(help).toMatchObject({
    kind: "help",
    text: expect.stringMatching(
      /crd-gen \[sources\.\.\].*--from-cluster.*--context.*--kubeconfig.*--api-version.*Examples:/s,
    ),
  });
});
