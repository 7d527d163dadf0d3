import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { expect, test } from "vitest";
import { pageOf, pages, refusal, silence, startOwnCluster } from "../read/own-cluster.ts";
import { contentsOf, temporaryFolder } from "../temporary-folder.ts";
import { kubeconfigOf, listedDefinition, nowhere } from "./cluster-command.ts";
import { builtCommand, definitionNamed, myCoolApp, resultOf, runCommand } from "./command-process.ts";
import { hasScript, screenOf, startOnTerminal } from "./terminal.ts";

const definition = readFileSync(myCoolApp, "utf8");
const header = "KIND        GROUP                SCOPE        VERSIONS      SCHEMA\n";
const row = "MyCoolApp   stable.example.com   Namespaced   v1 (stored)   yes\n";

/** The kinds that a document of `--json` lists. */
function kindsIn(stdout: string): readonly string[] {
  return JSON.parse(stdout).definitions.map(({ kind }: { kind: string }) => kind);
}

test("lists files, folders, globs and standard input, and writes nothing", async () => {
  const cwd = temporaryFolder({
    "a.yaml": definition,
    "crds/ones.yaml": definitionNamed("ones"),
    "more/twos.yaml": definitionNamed("twos"),
    "more/service.yaml": "apiVersion: v1\nkind: Service\nmetadata: {name: web}\n",
  });
  const before = contentsOf(cwd);
  const { code, stdout, stderr } = await runCommand(["list", "a.yaml", "crds", "more/*", "-"], {
    cwd,
    input: definitionNamed("threes"),
  });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout.split("\n").map((line) => line.split(" ")[0])).toEqual([
    "KIND",
    "MyCoolApp",
    "OnesKind",
    "ThreesKind",
    "TwosKind",
    "",
  ]);
  expect(contentsOf(cwd)).toEqual(before);
});

test("a folder called list is ./list, and the word alone reads the config file's sources", async () => {
  const cwd = temporaryFolder({
    "list/a.yaml": definition,
    "crds/ones.yaml": definitionNamed("ones"),
    "crd-gen.config.json": JSON.stringify({ sources: ["crds"], groups: ["other.example.com"] }),
  });
  expect(kindsIn((await runCommand(["list", "--json"], { cwd })).stdout)).toEqual(["OnesKind"]);
  expect(kindsIn((await runCommand(["--json", "list", "list"], { cwd })).stdout)).toEqual(["MyCoolApp"]);
  expect(await runCommand(["./list", "--group", "stable.example.com", "--quiet"], { cwd })).toMatchObject({ code: 0 });
  expect(contentsOf(cwd)).toHaveProperty(["generated/stable.example.com/v1/mycoolapps.ts"]);
});

test("without sources anywhere it says what to name", async () => {
  const { code, stderr } = await runCommand(["list"], { cwd: temporaryFolder() });
  expect(code).toBe(2);
  expect(stderr).toMatch(/^no source: name a file, a folder, a glob, a URL/);
});

test("tells a program where each definition stands, and everything that was said", async () => {
  const cwd = temporaryFolder({ "two.yaml": `${definitionNamed("ones")}\n---\n${definition}`, "a.yaml": definition });
  const { code, stdout } = await runCommand(["list", ".", "--json", "--kind", "MyCoolApp", "--kind", "MyCoolAp"], {
    cwd,
  });
  const { definitions, ...rest } = JSON.parse(stdout);
  const line = definition.split("\n").findIndex((text) => text.includes("name: mycoolapps.")) + 1;
  const later = definitionNamed("ones").split("\n").length + 1;
  expect(code).toBe(0);
  expect(definitions).toMatchObject([
    {
      kind: "MyCoolApp",
      plural: "mycoolapps",
      sources: [
        { source: "a.yaml", document: 1, position: { line } },
        { source: "two.yaml", document: 2, position: { line: line + later } },
      ],
    },
  ]);
  expect(rest).toEqual({
    exitCode: 0,
    diagnostics: [expect.objectContaining({ message: expect.stringMatching(/did you mean MyCoolApp\?$/) })],
  });
});

test("what could be read is listed beside what is broken", async () => {
  const cwd = temporaryFolder({ "a.yaml": definition, "b.yaml": "a: [broken\n", "c.json": "{" });
  const { code, stdout, stderr } = await runCommand(["list", ".", "none"], { cwd });
  expect({ code, stdout }).toEqual({ code: 2, stdout: header + row });
  const lines = stderr.trimEnd().split("\n");
  expect(lines.map((line) => line.split(":")[0])).toEqual([
    "b.yaml",
    "c.json",
    "none",
    "3 errors; what could be read is listed",
  ]);
});

test.each([
  [["b.yaml"], "no CustomResourceDefinition among 1 document of b.yaml; name a source that holds one"],
  [["a.yaml", "--crd", "x"], "the selection leaves nothing of the one definition; see --group, --kind and --crd"],
  [["a.yaml", "--api-version", "v9"], "no version of mycoolapps.stable.example.com is selected; see --api-version"],
])("%j holds nothing that is wanted: exit code 2", async (argv, message) => {
  const cwd = temporaryFolder({ "a.yaml": definition, "b.yaml": "kind: Service\n" });
  const { code, stdout, stderr } = await runCommand(["list", ...argv], { cwd });
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr.split("\n")).toContain(message);
  expect(stderr).toMatch(/\n1 error; nothing is listed\n$/);
});

test("a word that is nearly a command is told which one", async () => {
  const { code, stderr } = await runCommand(["lst"], { cwd: temporaryFolder() });
  expect(code).toBe(2);
  expect(stderr).toMatch(/^lst: expected a file, .*; check the path, or did you mean the command list\?\n/);
});

test("--quiet prints problems only", async () => {
  const cwd = temporaryFolder({ "a.yaml": definition });
  expect(await runCommand(["list", "a.yaml", "--quiet"], { cwd })).toEqual({ code: 0, stdout: "", stderr: "" });
});

test("definitions of a cluster, selected, beside those of a file", async () => {
  const first = pageOf(["ones", "twos"].map(listedDefinition), { continue: "1", remainingItemCount: 1 });
  const { baseUrl: server } = await startOwnCluster(pages(first, pageOf([listedDefinition("threes")])));
  const cwd = temporaryFolder({ config: kubeconfigOf({ server }), "a.yaml": definition });
  const words = ["list", "--from-cluster", "--kubeconfig", "config", "a.yaml", "--json"];
  const selection = ["OnesKind", "ThreesKind", "MyCoolApp"].flatMap((kind) => ["--kind", kind]);
  const { code, stdout } = await runCommand([...words, ...selection], { cwd, environment: nowhere });
  expect(code).toBe(0);
  expect(kindsIn(stdout)).toEqual(["MyCoolApp", "OnesKind", "ThreesKind"]);
  expect(JSON.parse(stdout).definitions[1].sources).toEqual([{ source: "<cluster>", document: 1 }]);
});

test("a cluster that refuses is exit code 3, and what could be read is listed", async () => {
  const first = pageOf([listedDefinition("ones")], { continue: "1", remainingItemCount: 1 });
  const { baseUrl: server } = await startOwnCluster(pages(first, refusal(403, "Forbidden", "no")));
  const cwd = temporaryFolder({ config: kubeconfigOf({ server }), "a.yaml": definition });
  const words = ["list", "--from-cluster", "--kubeconfig", "config", "a.yaml", "--kind", "OnesKind", "--kind", "None"];
  const { code, stdout, stderr } = await runCommand(words, { cwd, environment: nowhere });
  expect(code).toBe(3);
  expect(stdout).toMatch(/^KIND .*\nOnesKind .*\n$/);
  // Of a selection nothing can be said: what it misses may be in what was not read.
  expect(stderr.trimEnd().split("\n")).toEqual([
    expect.stringContaining('context "staging"'),
    "1 error; what could be read is listed",
  ]);
});

test("a network that is away is exit code 3", async () => {
  const cwd = temporaryFolder({ "a.yaml": definition });
  const { code, stdout, stderr } = await runCommand(["list", "a.yaml", "http://127.0.0.1:1/crds.yaml"], { cwd });
  expect({ code, stdout }).toEqual({ code: 3, stdout: header + row });
  expect(stderr).toMatch(/^http:\/\/127\.0\.0\.1:1\/crds\.yaml: /);
});

test("loads nothing of what generates", () => {
  const cwd = temporaryFolder({ "a.yaml": definition, "hooks.mjs": hooks });
  const said = execFileSync(
    process.execPath,
    ["--no-warnings", "--import", "./hooks.mjs", builtCommand, "list", "a.yaml"],
    { cwd, encoding: "utf8", env: { ...process.env, LOADED: path.join(cwd, "loaded") } },
  );
  expect(said).toBe(header + row);
  const loaded = readFileSync(path.join(cwd, "loaded"), "utf8").split("\n");
  expect(loaded.some((url) => url.endsWith("/dist/cli/list-command.js"))).toBe(true);
  const unwanted =
    /\/dist\/(?:declare|emit|normalize|output\/(?!output-error|lock\.)|generate\.js)|json-schema-to-typescript|runtime|undici|generate-command/;
  expect(loaded.filter((url) => unwanted.test(url))).toEqual([]);
});

/** Writes the address of every module that is loaded into a file. */
const hooks = `
  import { register } from "node:module";
  const source = \`
    import { appendFileSync } from "node:fs";
    export async function load(url, context, next) {
      appendFileSync(process.env.LOADED, url + "\\\\n");
      return next(url, context);
    }
  \`;
  register("data:text/javascript," + encodeURIComponent(source));
`;

test.skipIf(!hasScript).each([40, 80])("on a terminal of %i columns lines are cut", async (columns) => {
  const cwd = temporaryFolder({
    "a.yaml": definition.replaceAll("stable.example.com", `${"a".repeat(50)}.example.com`),
  });
  const { code, stdout } = await resultOf(startOnTerminal(["list", "a.yaml"], { cwd, columns }));
  expect(code).toBe(0);
  const lines = stdout.replaceAll("\r", "").split("\n");
  expect(lines.map((line) => line.length)).toEqual([columns, columns, 0]);
  expect(lines[0]).toMatch(/^KIND {8}GROUP .*…$/);
});

test.skipIf(!hasScript)("on a terminal it shows how far a cluster is read, and Ctrl-C ends it with 130", async () => {
  const first = pageOf([listedDefinition("ones")], { continue: "1", remainingItemCount: 1 });
  const { baseUrl: server } = await startOwnCluster(pages(first, silence));
  const cwd = temporaryFolder({ config: kubeconfigOf({ server }) });
  const words = ["list", "--from-cluster", "--kubeconfig", "config"];
  const child = startOnTerminal(words, { cwd, columns: 80, environment: nowhere });
  const closed = once(child, "close");
  let stdout = "";
  for await (const part of child.stdout ?? []) {
    const shown = stdout.includes("1 of 2 definitions");
    stdout += part;
    if (!shown && stdout.includes("1 of 2 definitions")) child.stdin?.write("\u0003");
  }
  expect(await closed).toEqual([130, null]);
  expect(screenOf(stdout)).toEqual([""]);
});
