import * as path from "node:path";
import { expect, test } from "vitest";
import { installCommands, readProject } from "../../../src/cli/init/project.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

/** Node 20 does not load the next one. */
const reader = process.versions.node.startsWith("20.") ? "@kubernetes/client-node@1" : "@kubernetes/client-node";

const everything = { runtime: true, kubeconfig: true };

async function installIn(
  files: Readonly<Record<string, string>>,
  needs = everything,
  below = ".",
): Promise<readonly string[]> {
  const folder = path.join(temporaryFolder(files), below);
  return installCommands(await readProject(folder, {}), needs);
}

const listing = (field: string, ...names: readonly string[]): string =>
  JSON.stringify({ [field]: Object.fromEntries(names.map((name) => [name, "1"])) });

test("what is missing is added, tools apart from what the program needs", async () => {
  expect(await installIn({ "package.json": "{}", "pnpm-lock.yaml": "" })).toEqual([
    "pnpm add -D crd-gen",
    `pnpm add @crd-gen/runtime ${reader}`,
  ]);
});

test("what is not needed is not added", async () => {
  const files = { "package.json": listing("devDependencies", "crd-gen") };
  expect(await installIn(files, { runtime: true, kubeconfig: false })).toEqual(["npm install @crd-gen/runtime"]);
  expect(await installIn(files, { runtime: false, kubeconfig: false })).toEqual([]);
});

test.each(["dependencies", "devDependencies", "peerDependencies", "optionalDependencies"])(
  "what is listed under %s is not added",
  async (field) => {
    const listed = listing(field, "crd-gen", "@crd-gen/runtime", "@kubernetes/client-node");
    expect(await installIn({ "package.json": listed })).toEqual([]);
  },
);

test("a tool may be listed by the workspace, what a program imports may not", async () => {
  const files = {
    "package.json": listing("devDependencies", "crd-gen", "@crd-gen/runtime", "@kubernetes/client-node"),
    "packages/a/package.json": "{}",
  };
  expect(await installIn(files, everything, "packages/a")).toEqual([`npm install @crd-gen/runtime ${reader}`]);
});

test("a folder of a package is told what the package lacks", async () => {
  const files = { "package.json": listing("dependencies", "@crd-gen/runtime"), "src/a.ts": "" };
  expect(await installIn(files, { runtime: true, kubeconfig: false }, "src")).toEqual([
    "npm install --save-dev crd-gen",
  ]);
});

test("without a package there is one to make first", async () => {
  expect(await installIn({})).toEqual([
    "npm init --yes",
    "npm install --save-dev crd-gen",
    `npm install @crd-gen/runtime ${reader}`,
  ]);
});

test.each<readonly [Readonly<Record<string, string>>, boolean]>([
  [{ "package.json": '{"workspaces": ["packages/*"]}' }, true],
  [{ "package.json": "{}", "pnpm-workspace.yaml": "packages: [a]" }, true],
  [{ "package.json": "{}" }, false],
])("%j is the root of a workspace: %s", async (files, wanted) => {
  expect(await readProject(temporaryFolder(files), {})).toMatchObject({ workspaceRoot: wanted });
});
