import { spawnSync } from "node:child_process";
import { chmodSync } from "node:fs";
import * as path from "node:path";
import { describe, expect, test } from "vitest";
import { commands } from "../../src/cli/commands.ts";
import { bashCompletion } from "../../src/cli/completion/bash.ts";
import { fishCompletion } from "../../src/cli/completion/fish.ts";
import { zshCompletion } from "../../src/cli/completion/zsh.ts";
import { answeredOptions } from "../../src/cli/options.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { builtCommand, runCommand } from "./command-process.ts";

const shells = ["bash", "zsh", "fish"] as const;
const scripts = { bash: bashCompletion(), zsh: zshCompletion(), fish: fishCompletion() };

function optionNames(name: string): string[] {
  const command = commands.find((one) => one.name === name);
  return [...Object.values(command?.options ?? {}), ...Object.values(answeredOptions)].map((option) => option.name);
}

const installed = (shell: string): boolean => spawnSync(shell, ["-c", "exit"]).status === 0;

/** A folder with files to name, and `bin/crd-gen`, the built command. */
function playground(): string {
  const folder = temporaryFolder({
    "list.yaml": "",
    "a file.yaml": "",
    "crds/": "",
    kubeconfig: JSON.stringify({ contexts: ["staging", "arn:aws:eks:1/a", "two words"].map((name) => ({ name })) }),
    "bin/crd-gen": `#!/bin/sh\nexec '${process.execPath}' '${builtCommand}' "$@"\n`,
  });
  chmodSync(path.join(folder, "bin/crd-gen"), 0o755);
  return folder;
}

describe.skipIf(!installed("bash"))("bash", () => {
  /** What bash would offer at the end of a line; `COMP_WORDBREAKS` is bash's own. */
  function offered(line: string): readonly string[] {
    const cwd = playground();
    const asked = `
      COMP_WORDBREAKS=$' \\t\\n"\\'><=;|&(:'
      COMP_LINE=$LINE COMP_POINT=\${#LINE}
      compopt() { :; }
      _crd_gen
      [[ \${#COMPREPLY[@]} -eq 0 ]] || printf '%s\\n' "\${COMPREPLY[@]}"
    `;
    const env = { ...process.env, LINE: line.replace(/^crd-gen/, "./bin/crd-gen") };
    const bash = spawnSync("bash", ["--norc", "-c", scripts.bash + asked], { cwd, env, encoding: "utf8" });
    expect(bash).toMatchObject({ status: 0, stderr: "" });
    return bash.stdout.split("\n").slice(0, -1);
  }

  test.each<readonly [string, readonly string[]]>([
    ["crd-gen l", ["list", "list.yaml"]],
    ["crd-gen gen", ["generate"]],
    ["crd-gen x", []],
    ["crd-gen list l", []],
    ["crd-gen completion ", ["bash", "zsh", "fish"]],
    ["crd-gen --quiet completion z", ["zsh"]],
    ["crd-gen list --kub", ["--kubeconfig"]],
    ["crd-gen list --out", []],
    ["crd-gen --out", ["--out"]],
    ["crd-gen crds --out", ["--out"]],
    ["crd-gen --group list --out", ["--out"]],
    ["crd-gen --group=g list --out", []],
    ["crd-gen --group x completion --j", ["--json"]],
    ["crd-gen -- --out", []],
    ["crd-gen --import-extension ", ["js", "ts", "none"]],
    ["crd-gen --import-extension=n", ["none"]],
    ["crd-gen --group ", []],
    ["crd-gen --group --out", []],
    ["crd-gen --config ", []],
    ["crd-gen --from-cluster --kubeconfig kubeconfig --context ", ["staging", "arn:aws:eks:1/a", "two\\ words"]],
    ["crd-gen list --kubeconfig=kubeconfig --context s", ["staging"]],
    ["crd-gen --kubeconfig kubeconfig --context=s", ["staging"]],
    ["crd-gen --kubeconfig kubeconfig --context arn:aws:", ["eks:1/a"]],
    ["crd-gen --kubeconfig none --context ", []],
  ])("%s", (line, wanted) => {
    expect(offered(line)).toEqual(wanted);
  });

  test("the first word is a command or a file, and options are those of the command", () => {
    expect(offered("crd-gen ").toSorted()).toEqual(
      [...commands.map(({ name }) => name), "a file.yaml", "bin", "crds", "kubeconfig", "list.yaml"].toSorted(),
    );
    for (const { name } of commands) {
      expect(offered(`crd-gen ${name} --`)).toEqual(optionNames(name).map((option) => `--${option}`));
    }
  });
});

if (installed("fish")) {
  test.each<readonly [string, readonly string[]]>([
    ["crd-gen gen", ["generate"]],
    ["crd-gen completion ", ["bash", "fish", "zsh"]],
    ["crd-gen list --kub", ["--kubeconfig"]],
    ["crd-gen list --out", []],
    ["crd-gen --group list --out", ["--out"]],
    ["crd-gen --import-extension ", ["js", "none", "ts"]],
    ["crd-gen --kubeconfig kubeconfig --context s", ["staging"]],
  ])("fish: %s", (line, wanted) => {
    const asked = `${scripts.fish}\ncomplete -C$LINE\n`;
    const env = { ...process.env, LINE: line.replace(/^crd-gen/, "./bin/crd-gen") };
    const { stdout } = spawnSync("fish", ["--no-config", "-c", asked], { cwd: playground(), env, encoding: "utf8" });
    expect(stdout.split("\n").flatMap((offer) => (offer === "" ? [] : [offer.split("\t")[0]]))).toEqual(wanted);
  });
}

test.each(shells.filter(installed))("%s finds no fault with its script", (shell) => {
  const cwd = temporaryFolder({ script: scripts[shell] });
  const { status, stderr } = spawnSync(shell, ["-n", path.join(cwd, "script")], { encoding: "utf8" });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
});

/** The part of the script of zsh that is about a command. */
function zshCase(name: string): string {
  const [, from = ""] = scripts.zsh.split(`\n    ${name})\n`);
  return from.slice(0, from.indexOf("\n      ;;"));
}

test.each(commands.map(({ name }) => name))("zsh and fish know the options of %s, and no other", (name) => {
  const specs = zshCase(name).split(" \\\n").slice(1);
  const inZsh = specs.flatMap((spec) => /--([a-z-]+)=?(?:\[|\})/.exec(spec)?.[1] ?? []);
  expect(inZsh).toEqual(optionNames(name));
  const lines = scripts.fish.split("\n").filter((line) => line.includes(`'__crd_gen_runs ${name}' -l `));
  expect(lines.map((line) => / -l ([a-z-]+) /.exec(line)?.[1])).toEqual(optionNames(name));
});

test("zsh takes no text of an option for a part of its specification", () => {
  const spec = zshCase("generate")
    .split(" \\\n")
    .find((line) => line.includes("--kubeconfig"));
  expect(spec?.trim()).toBe(
    String.raw`'--kubeconfig=[Kubeconfig to read it from \[default\: $KUBECONFIG, or ~/.kube/config\]]:FILE:_files'`,
  );
});

test.each(shells)("the command prints the script of %s", async (shell) => {
  const cwd = temporaryFolder();
  expect(await runCommand(["completion", shell], { cwd })).toEqual({ code: 0, stdout: scripts[shell], stderr: "" });
});

test("the command prints JSON, or nothing", async () => {
  const cwd = temporaryFolder();
  const { stdout } = await runCommand(["completion", "fish", "--json"], { cwd });
  expect(JSON.parse(stdout)).toEqual({ exitCode: 0, shell: "fish", script: scripts.fish });
  const quiet = await runCommand(["completion", "fish", "--quiet"], { cwd });
  expect(quiet).toEqual({ code: 0, stdout: "", stderr: "" });
});

test.each([
  [[], "completion: expected bash, zsh or fish, got nothing; crd-gen completion --help says where the script goes"],
  [["fihs"], 'completion: expected bash, zsh or fish, got "fihs"; did you mean fish?'],
  [["powershell"], 'completion: expected bash, zsh or fish, got "powershell"; there is no script for other shells'],
  [["bash", "zsh"], "completion: expected bash, zsh or fish, got 2 words; name one"],
  [
    ["bash", "--out", "x"],
    "--out is an option of generate, pull and init, and not of completion; crd-gen completion --help lists those that are",
  ],
])("completion %j is wrong usage", async (words, message) => {
  const result = await runCommand(["completion", ...words], { cwd: temporaryFolder() });
  expect(result).toEqual({ code: 2, stdout: "", stderr: `${message}\n` });
});
