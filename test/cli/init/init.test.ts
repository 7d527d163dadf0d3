import { spawnSync } from "node:child_process";
import { chmodSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it, vi } from "vitest";
import { init } from "../../../src/cli/init/init.ts";
import { initJson, initProblems, initText } from "../../../src/cli/init/init-text.ts";
import { generatedMark } from "../../../src/output/mark.ts";
import { contentsOf, temporaryFolder } from "../../temporary-folder.ts";
import { builtCommand } from "../command-process.ts";
import { definitionText } from "./definition-text.ts";
import { generateIn, type InitChanges, initIn } from "./real-run.ts";

const crd = definitionText("apps", "v1", "v1beta1");
const nodeNext = JSON.stringify({ compilerOptions: { module: "nodenext", rootDir: "src" } });
const project = {
  "package.json": '{\n  "name": "x",\n  "scripts": {\n    "build": "tsc"\n  }\n}\n',
  "tsconfig.json": nodeNext,
  "src/index.ts": "",
  "config/crd/bases/apps.yaml": crd,
};

/** The lines of the text for a person. */
async function linesOf(cwd: string, changes: InitChanges = {}): Promise<readonly string[]> {
  return initText(await initIn(cwd, changes)).split("\n");
}

const install = ["next:", "  npm install --save-dev crd-gen", "  npm install @crd-gen/runtime"];

describe("a project is set up", () => {
  it("with a config file, a script and the first output, and the user is told what is left to do", async () => {
    const cwd = temporaryFolder(project);
    const outcome = await initIn(cwd);
    expect(outcome.exitCode).toBe(0);
    expect(initProblems(outcome)).toBe("");
    expect(initText(outcome).split("\n")).toEqual([
      "found 1 definition in config/crd/bases",
      "wrote crd-gen.config.json: from config/crd/bases into src/generated",
      'wrote package.json: the script "generate": "crd-gen"',
      "generated 1 kind in 2 versions into src/generated: 7 files",
      ...install,
      '  import { appClient } from "./generated/example.com/v1/apps.js";  // in src',
      "  commit crd-gen.config.json, package.json and src/generated with its crd-gen.lock",
      "  in CI: npx crd-gen --check",
      "",
    ]);
    const after = contentsOf(cwd);
    expect(after["crd-gen.config.json"]).toBe(
      '{\n  "sources": [\n    "config/crd/bases"\n  ],\n  "out": "src/generated"\n}\n',
    );
    expect(after["package.json"]).toBe(
      '{\n  "name": "x",\n  "scripts": {\n    "build": "tsc",\n    "generate": "crd-gen"\n  }\n}\n',
    );
    expect(after["src/generated/example.com/v1/apps.ts"]).toContain("export const appClient");
  });

  it("only once: the second time everything is there, and stays", async () => {
    const cwd = temporaryFolder(project);
    await initIn(cwd);
    const after = contentsOf(cwd);
    expect(await linesOf(cwd)).toEqual([
      "crd-gen.config.json is there, and was left as it is",
      "the script generate of package.json is there",
      "src/generated is there",
      "nothing was changed; npm run generate generates anew",
      ...install,
      "",
    ]);
    expect(contentsOf(cwd)).toEqual(after);
  });

  it("where a part of it is there, with the rest", async () => {
    const cwd = temporaryFolder(project);
    await initIn(cwd);
    const after = contentsOf(cwd);
    writeFileSync(path.join(cwd, "package.json"), project["package.json"]);
    const lines = await linesOf(cwd);
    expect(lines.slice(0, 3)).toEqual([
      "crd-gen.config.json is there, and was left as it is",
      'wrote package.json: the script "generate": "crd-gen"',
      "src/generated is there",
    ]);
    expect(contentsOf(cwd)).toEqual(after);
  });

  it("around an output that is there already and up to date", async () => {
    const cwd = temporaryFolder(project);
    await initIn(cwd);
    const after = contentsOf(cwd);
    rmSync(path.join(cwd, "crd-gen.config.json"));
    const lines = await linesOf(cwd);
    expect(lines).toContain("wrote crd-gen.config.json: from config/crd/bases into src/generated");
    expect(lines).toContain("nothing has changed in src/generated");
    expect(contentsOf(cwd)).toEqual(after);
  });

  it("by a config file that was written by hand, whose output is made", async () => {
    const config = 'export default { sources: ["config/crd/bases"], typesOnly: true };\n';
    const cwd = temporaryFolder({ ...project, "crd-gen.config.mjs": config });
    const lines = await linesOf(cwd);
    expect(lines).toContain("generated 1 kind in 2 versions into generated: 7 files");
    expect(lines).toContain('  import type { App } from "./generated/example.com/v1/apps.js";  // in this folder');
    // Types alone need no runtime.
    expect(lines).not.toContain("  npm install @crd-gen/runtime");
    expect(contentsOf(cwd)).toMatchObject({ "crd-gen.config.mjs": config, "generated/core.ts": expect.any(String) });
  });

  it("with the line ends and the indentation of its package.json", async () => {
    const text = '{\r\n\t"name": "x"\r\n}';
    const cwd = temporaryFolder({ ...project, "package.json": text });
    await initIn(cwd);
    expect(contentsOf(cwd)).toMatchObject({
      "package.json": '{\r\n\t"name": "x",\r\n\t"scripts": {\r\n\t\t"generate": "crd-gen"\r\n\t}\r\n}',
      "crd-gen.config.json":
        '{\r\n\t"sources": [\r\n\t\t"config/crd/bases"\r\n\t],\r\n\t"out": "src/generated"\r\n}\r\n',
    });
  });

  it("by the imports that its compiler wants", async () => {
    const bundler = { "tsconfig.json": '{ "compilerOptions": { "module": "esnext", "moduleResolution": "bundler" } }' };
    const { next } = await initIn(temporaryFolder({ ...project, ...bundler }));
    expect(next.importLine).toBe('import { appClient } from "./generated/example.com/v1/apps";');
    const bare = await initIn(temporaryFolder({ "crds/apps.yaml": crd }));
    expect(bare.next).toMatchObject({
      importLine: 'import { appClient } from "./generated/example.com/v1/apps.js";',
      importFrom: ".",
    });
  });

  it.each([
    ["pnpm-lock.yaml", "pnpm add -D crd-gen", "pnpm add @crd-gen/runtime", "pnpm exec crd-gen --check"],
    ["yarn.lock", "yarn add -D crd-gen", "yarn add @crd-gen/runtime", "yarn run crd-gen --check"],
    ["bun.lock", "bun add -D crd-gen", "bun add @crd-gen/runtime", "bun x crd-gen --check"],
    ["package-lock.json", "npm install --save-dev crd-gen", "npm install @crd-gen/runtime", "npx crd-gen --check"],
  ])("as a package of a workspace with %s", async (lockFile, ...[tool, runtime, check]) => {
    const files = { [lockFile]: "", "package.json": '{ "workspaces": ["packages/*"] }' };
    const inner = Object.entries(project).map(([name, text]) => [`packages/a/${name}`, text]);
    const cwd = temporaryFolder({ ...files, ...Object.fromEntries(inner) });
    const { next } = await initIn(path.join(cwd, "packages/a"));
    expect(next).toMatchObject({ install: [tool, runtime], check });
    expect(contentsOf(cwd)).toMatchObject({
      "package.json": files["package.json"],
      "packages/a/crd-gen.config.json": expect.any(String),
    });
  });

  it("without a package.json, with a word on it", async () => {
    const { "package.json": _, ...rest } = project;
    const cwd = temporaryFolder(rest);
    const lines = await linesOf(cwd);
    expect(lines.slice(0, 5)).toEqual([
      "found 1 definition in config/crd/bases",
      "no package.json here, so there is no script; npm init --yes makes one",
      "wrote crd-gen.config.json: from config/crd/bases into src/generated",
      "generated 1 kind in 2 versions into src/generated: 7 files",
      "next:",
    ]);
    expect(lines).toContain("  commit crd-gen.config.json and src/generated with its crd-gen.lock");
    expect(Object.keys(contentsOf(cwd))).not.toContain("package.json");
  });

  it("in a folder of a package, with a word on where a script could be", async () => {
    const cwd = temporaryFolder({ "package.json": "{}", "client/crds/apps.yaml": crd });
    expect((await initIn(path.join(cwd, "client"))).notes).toEqual([
      "no package.json here but in .., so there is no script; run crd-gen init there to have one",
    ]);
    expect(readFileSync(path.join(cwd, "package.json"), "utf8")).toBe("{}");
  });

  it("with another name for the script where its name is taken, and without one where both are", async () => {
    const taken = { ...project, "package.json": '{ "scripts": { "generate": "a" } }' };
    const cwd = temporaryFolder(taken);
    expect(await linesOf(cwd)).toContain('wrote package.json: the script "generate:crds": "crd-gen"');
    expect(contentsOf(cwd)).toMatchObject({
      "package.json": '{ "scripts": { "generate": "a", "generate:crds": "crd-gen" } }',
    });
    const both = '{ "scripts": { "generate": "a", "generate:crds": "b" } }';
    const other = temporaryFolder({ ...project, "package.json": both });
    expect(await linesOf(other)).toContain(
      "package.json has other scripts called generate and generate:crds; add one that runs crd-gen",
    );
    expect(contentsOf(other)).toMatchObject({ "package.json": both, "crd-gen.config.json": expect.any(String) });
  });

  it("beside the files of others, which are named and left", async () => {
    const cwd = temporaryFolder({ ...project, "src/generated/graphql.ts": "mine" });
    const { notes, config } = await initIn(cwd);
    expect(notes).toEqual([
      "src/generated holds files that crd-gen did not generate, graphql.ts; they are left as they are",
    ]);
    expect(config.out).toBe("src/generated-crds");
    expect(contentsOf(path.join(cwd, "src/generated"))).toEqual({ "graphql.ts": "mine" });
  });

  it("with client-node where there is a kubeconfig", async () => {
    const environment = { HOME: temporaryFolder({ ".kube/config": "" }) };
    const { next } = await initIn(temporaryFolder(project), { environment });
    expect(next.install[1]).toMatch(/^npm install @crd-gen\/runtime @kubernetes\/client-node(?:@1)?$/);
  });
});

describe("a dry run", () => {
  it("says what would be written, and writes nothing", async () => {
    const cwd = temporaryFolder(project);
    const generate = vi.fn(generateIn(cwd));
    expect(await linesOf(cwd, { dryRun: true, generate })).toEqual([
      "found 1 definition in config/crd/bases",
      "would write crd-gen.config.json:",
      "  {",
      '    "sources": [',
      '      "config/crd/bases"',
      "    ],",
      '    "out": "src/generated"',
      "  }",
      'would add to package.json: the script "generate": "crd-gen"',
      "would generate into src/generated",
      ...install,
      "",
    ]);
    expect(generate).not.toHaveBeenCalled();
    expect(contentsOf(cwd)).toEqual(contentsOf(temporaryFolder(project)));
  });

  it("where everything is there says that", async () => {
    const cwd = temporaryFolder(project);
    await initIn(cwd);
    expect(await linesOf(cwd, { dryRun: true })).toEqual(await linesOf(cwd));
  });
});

it("the result as JSON is one document", async () => {
  const cwd = temporaryFolder(project);
  const document: unknown = JSON.parse(initJson(await initIn(cwd)));
  expect(document).toMatchObject({
    exitCode: 0,
    dryRun: false,
    config: {
      name: "crd-gen.config.json",
      state: "new",
      content: { sources: ["config/crd/bases"], out: "src/generated" },
    },
    found: { sources: ["config/crd/bases"], definitions: 1, copies: [] },
    script: { kind: "new", name: "generate" },
    out: "src/generated",
    files: expect.arrayContaining([{ path: "example.com/v1/apps.ts", state: "new" }]),
    diagnostics: [],
    notes: [],
    next: { install: [expect.any(String), expect.any(String)], generate: "npm run generate" },
  });
});

describe("nothing is written", () => {
  it("where the first run finds something wrong", async () => {
    const broken = crd.replace('"scope": "Namespaced"', '"scope": "Everywhere"');
    const cwd = temporaryFolder({ ...project, "config/crd/bases/apps.yaml": broken });
    const before = contentsOf(cwd);
    const outcome = await initIn(cwd);
    expect(outcome.exitCode).toBe(2);
    expect(initText(outcome)).toBe("");
    expect(initProblems(outcome).split("\n").slice(-3)).toEqual([
      "1 error; nothing was written",
      "the project was left as it was; mend this or name other sources, and run crd-gen init again",
      "",
    ]);
    expect(JSON.parse(initJson(outcome))).toMatchObject({
      exitCode: 2,
      files: [],
      diagnostics: [{ severity: "error" }],
    });
    expect(contentsOf(cwd)).toEqual(before);
  });

  it("where the config file that is there leads to something wrong", async () => {
    const cwd = temporaryFolder({ "package.json": "{}", "crd-gen.config.json": '{ "sources": ["gone"] }' });
    const before = contentsOf(cwd);
    const outcome = await initIn(cwd);
    expect(outcome.exitCode).toBe(2);
    expect(initProblems(outcome)).toMatch(
      /^gone: (?:.*\n)+\d errors?; nothing was written\nthe project was left as it was; mend this, or crd-gen\.config\.json, and run crd-gen init again\n$/,
    );
    expect(contentsOf(cwd)).toEqual(before);
  });

  it("where the cluster cannot be reached", async () => {
    const cwd = temporaryFolder({ "package.json": "{}" });
    const outcome = await initIn(cwd, { fromCluster: true });
    expect(outcome.exitCode).toBe(3);
    expect(initProblems(outcome)).toContain("the cluster cannot be reached");
    expect(contentsOf(cwd)).toEqual({ "package.json": "{}" });
  });

  it("where the first run is interrupted", async () => {
    const cwd = temporaryFolder(project);
    const before = contentsOf(cwd);
    const context = { cwd, environment: {}, generate: async () => undefined };
    expect(await init({ sources: [] }, context)).toBeUndefined();
    expect(contentsOf(cwd)).toEqual(before);
  });

  it.each<readonly [string, Readonly<Record<string, string>>, InitChanges, string]>([
    ["a broken package.json", { "package.json": "{" }, {}, "package.json:1:2: not valid JSON"],
    [
      "a broken tsconfig.json",
      { "tsconfig.json": '{ "include": [' },
      {},
      "tsconfig.json:1:15: not valid JSON with comments",
    ],
    ["no definitions", { "config/crd/bases/apps.yaml": "" }, {}, "nothing to generate from: "],
    [
      "two config files",
      { "crd-gen.config.json": "{}", "crd-gen.config.js": "" },
      {},
      "found both crd-gen.config.js and",
    ],
    [
      "a config file of another wish",
      { "crd-gen.config.json": "{}" },
      { out: "k8s" },
      "crd-gen.config.json is there, and init",
    ],
  ])("with %s", async (_, files, changes, message) => {
    const cwd = temporaryFolder({ ...project, ...files });
    const before = contentsOf(cwd);
    await expect(initIn(cwd, changes)).rejects.toThrow(message);
    expect(contentsOf(cwd)).toEqual(before);
  });

  it("but the output, where package.json changes meanwhile", async () => {
    const cwd = temporaryFolder(project);
    const run = generateIn(cwd);
    const generate: typeof run = (loaded) => {
      writeFileSync(path.join(cwd, "package.json"), "{}");
      return run(loaded);
    };
    await expect(initIn(cwd, { generate })).rejects.toThrow(
      "package.json was changed meanwhile, and is not written; run crd-gen init again; src/generated was generated, and stays",
    );
    const after = contentsOf(cwd);
    expect(after["package.json"]).toBe("{}");
    expect(Object.keys(after)).not.toContain("crd-gen.config.json");
    expect(after["src/generated/clientset.ts"]?.startsWith(generatedMark)).toBe(true);
  });

  it("into a folder that is read-only, and nothing is generated", () => {
    const cwd = temporaryFolder({ "crds/apps.yaml": crd });
    const module = path.join(path.dirname(builtCommand), "init/init.js");
    const program = `
      const { init } = await import(${JSON.stringify(pathToFileURL(module).href)});
      const generate = () => { console.log("generated"); };
      await init({ sources: [] }, { cwd: process.cwd(), environment: {}, generate }).catch((error) => console.log(error.message));
    `;
    chmodSync(cwd, 0o555);
    // Permissions do not hold root back.
    const user = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
    const words = ["--input-type=module", "--eval", program];
    const { stdout } = spawnSync(process.execPath, words, { cwd, encoding: "utf8", ...user });
    chmodSync(cwd, 0o755);
    expect(stdout).toBe(
      "cannot write crd-gen.config.json: permission denied; make the folder writable for this user and run crd-gen init again (EACCES); neither config file nor script was written\n",
    );
  });
});
