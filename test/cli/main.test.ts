import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { expect, test } from "vitest";
import { contentsOf, temporaryFolder } from "../temporary-folder.ts";
import { builtCommand, type CommandResult, definitionNamed, myCoolApp, runCommand } from "./command-process.ts";

const definition = readFileSync(myCoolApp, "utf8");
const { version } = JSON.parse(readFileSync(path.join(import.meta.dirname, "../../package.json"), "utf8"));

/** A definition whose file is this many comment lines larger. */
function largerDefinition(plural: string, lines: number): string {
  return `${definitionNamed(plural)}\n${`# ${"x".repeat(98)}\n`.repeat(lines)}`;
}

test.each(["--version", "-V", "--version=true"])(
  "%s is answered before anything of the command is loaded",
  async (option) => {
    const folder = temporaryFolder({ "package.json": JSON.stringify({ version, type: "module" }), "dist/cli/": "" });
    const alone = path.join(folder, "dist/cli/main.js");
    copyFileSync(builtCommand, alone);
    copyFileSync(path.join(path.dirname(builtCommand), "own-version.js"), path.join(folder, "dist/cli/own-version.js"));
    expect(execFileSync(process.execPath, [alone, "crds", option], { encoding: "utf8" })).toBe(`${version}\n`);
  },
);

test("generates the reference example, and leaves it alone the second time", async () => {
  const cwd = temporaryFolder({
    "package.json": "{}",
    "crds/mycoolapp.yaml": definition,
    "crds/web.yaml": "apiVersion: v1\nkind: Service\nmetadata: {name: web}\n",
  });
  const first = await runCommand(["crds", "--verbose"], { cwd });
  expect(first).toMatchObject({ code: 0, stderr: "" });
  expect(first.stdout).toMatch(
    /^generated 1 kind in 1 version into generated: \d+ files, \d+ new, 0 changed, 0 unchanged\n/,
  );
  expect(first.stdout).toContain("  crds/web.yaml (document 1): ");
  expect(first.stdout).toContain("add it: npm install @crd-gen/runtime\n");
  const written = contentsOf(path.join(cwd, "generated"));
  expect(written["stable.example.com/v1/mycoolapps.ts"]).toContain("export interface MyCoolApp {");
  for (const name of Object.keys(written)) expect(name).toMatch(/^[\w./-]+(?<!tmp)$/);
  const second = await runCommand(["crds"], { cwd });
  expect(second.stdout).toMatch(/^nothing has changed: 1 kind in 1 version in generated, \d+ files\n/);
  expect(contentsOf(path.join(cwd, "generated"))).toEqual(written);
});

test("reads standard input, and prints one JSON document", async () => {
  const cwd = temporaryFolder();
  const { code, stdout } = await runCommand(["-", "--out", "x/y", "--json", "--types-only"], {
    cwd,
    input: definition,
  });
  expect(code).toBe(0);
  const result = JSON.parse(stdout);
  expect(result).toMatchObject({ exitCode: 0, out: "x/y", counts: { kinds: 1, versions: 1 }, diagnostics: [] });
  expect(result).not.toHaveProperty("install");
  const written = contentsOf(path.join(cwd, "x/y"));
  for (const file of result.files) expect(written).toHaveProperty([file.path]);
});

test("--quiet says nothing where there is no problem", async () => {
  const cwd = temporaryFolder();
  expect(await runCommand([myCoolApp, "--quiet"], { cwd })).toEqual({ code: 0, stdout: "", stderr: "" });
});

test("takes sources, output folder and selection from the config file, and the rest from the tsconfig.json", async () => {
  const cwd = temporaryFolder({
    "crd-gen.config.json": JSON.stringify({
      sources: ["crds/*.yaml"],
      out: "client",
      crds: ["ones.stable.example.com"],
    }),
    "crds/one.yaml": definitionNamed("ones"),
    "crds/two.yaml": definitionNamed("twos"),
    "tsconfig.json": JSON.stringify({ compilerOptions: { allowImportingTsExtensions: true, module: "nodenext" } }),
  });
  const { code } = await runCommand([], { cwd });
  expect(code).toBe(0);
  const written = contentsOf(path.join(cwd, "client"));
  expect(Object.keys(written).filter((name) => /(?:ones|twos)\.ts$/.test(name))).toEqual([
    "stable.example.com/v1/ones.ts",
  ]);
  expect(written["stable.example.com/v1/index.ts"]).toContain('"./ones.ts"');
});

test("a wrong option is told on stderr", async () => {
  const { code, stdout, stderr } = await runCommand(["--grup", "x"], { cwd: temporaryFolder() });
  expect({ code, stdout, stderr }).toEqual({
    code: 2,
    stdout: "",
    stderr: "unknown option --grup; did you mean --group?\n",
  });
});

test("a reader that closes the pipe early is no failure", async () => {
  const cwd = temporaryFolder();
  mkdirSync(path.join(cwd, "empty"));
  const shell = `"${process.execPath}" "${builtCommand}" --help | true;`;
  const { stderr } = await runCommand(["--version"], { cwd, shell });
  expect(stderr).toBe("");
});

test("output, messages and exit code are the same for any number of threads", async () => {
  const cwd = temporaryFolder({
    ...Object.fromEntries(
      ["as", "bs", "cs", "ds", "es", "fs"].map((name, index) => [
        `crds/${name}.yaml`,
        largerDefinition(name, index * 3),
      ]),
    ),
    "crds/twice.yaml": definitionNamed("cs"),
  });
  const results: CommandResult[] = [];
  for (const jobs of ["1", "2", "5"]) {
    results.push(await runCommand(["crds", "--jobs", jobs, "--out", `out${jobs}`], { cwd }));
  }
  const [one, ...others] = results.map((result) => ({
    ...result,
    stdout: result.stdout.replace(/into out\d/, "into out"),
  }));
  expect(one).toMatchObject({ code: 0, stdout: expect.stringContaining("generated 6 kinds") });
  for (const other of others) expect(other).toEqual(one);
  const { out1, out2, out5 } = {
    out1: contentsOf(path.join(cwd, "out1")),
    out2: contentsOf(path.join(cwd, "out2")),
    out5: contentsOf(path.join(cwd, "out5")),
  };
  expect(out2).toEqual(out1);
  expect(out5).toEqual(out1);
});

test("errors found by several threads are reported together, in one order", async () => {
  const cwd = temporaryFolder({
    "crds/a.yaml": definitionNamed("as"),
    "crds/b.yaml": "a: [broken\n",
    "crds/c.yaml": definitionNamed("cs").replace("type: integer", "type: 7"),
    "crds/d.yaml": "a: 'broken\n",
  });
  const one = await runCommand(["crds", "--jobs", "1"], { cwd });
  expect(one).toMatchObject({ code: 2, stdout: "" });
  const lines = one.stderr.trimEnd().split("\n");
  expect(lines.slice(0, -1).map((line) => line.slice(0, "crds/x.yaml:".length))).toEqual([
    "crds/b.yaml:",
    "crds/c.yaml:",
    "crds/d.yaml:",
  ]);
  expect(lines.at(-1)).toBe("3 errors; nothing was written");
  expect(await runCommand(["crds", "--jobs", "3"], { cwd })).toEqual(one);
  expect(Object.keys(contentsOf(cwd))).not.toContain("generated");
});
