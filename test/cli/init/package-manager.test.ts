import * as path from "node:path";
import { describe, expect, it } from "vitest";
import { packageManagerCommands } from "../../../src/cli/init/package-manager.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

interface Commands {
  readonly add: string;
  readonly development: string;
  readonly run: string;
  readonly check: string;
}

interface Where {
  readonly below?: string;
  readonly environment?: NodeJS.ProcessEnv;
  readonly workspaceRoot?: boolean;
}

async function commandsIn(files: Readonly<Record<string, string>>, where: Where = {}): Promise<Commands> {
  const { below = ".", environment = {}, workspaceRoot = false } = where;
  const folder = path.join(temporaryFolder({ ...files, [`${below}/`]: "" }), below);
  const commands = await packageManagerCommands({ folder, environment, workspaceRoot });
  return {
    add: commands.add(["a", "b"]),
    development: commands.addForDevelopment(["a"]),
    run: commands.run("generate"),
    check: commands.execute(["crd-gen", "--check"]),
  };
}

const npm: Commands = {
  add: "npm install a b",
  development: "npm install --save-dev a",
  run: "npm run generate",
  check: "npx crd-gen --check",
};
const pnpm: Commands = {
  add: "pnpm add a b",
  development: "pnpm add -D a",
  run: "pnpm run generate",
  check: "pnpm exec crd-gen --check",
};
const yarn: Commands = {
  add: "yarn add a b",
  development: "yarn add -D a",
  run: "yarn run generate",
  check: "yarn run crd-gen --check",
};
const bun: Commands = {
  add: "bun add a b",
  development: "bun add -D a",
  run: "bun run generate",
  check: "bun x crd-gen --check",
};

describe("the package manager of", () => {
  it.each<readonly [string, Readonly<Record<string, string>>, Commands]>([
    ["a project without one", { "package.json": "{}" }, npm],
    ["package-lock.json", { "package.json": "{}", "package-lock.json": "{}" }, npm],
    ["npm-shrinkwrap.json", { "npm-shrinkwrap.json": "{}" }, npm],
    ["pnpm-lock.yaml", { "package.json": "{}", "pnpm-lock.yaml": "" }, pnpm],
    ["yarn.lock", { "package.json": "{}", "yarn.lock": "" }, yarn],
    ["bun.lock", { "package.json": "{}", "bun.lock": "" }, bun],
    ["bun.lockb", { "package.json": "{}", "bun.lockb": "" }, bun],
    ["packageManager", { "package.json": '{"packageManager": "pnpm@10.1.0"}' }, pnpm],
    [
      "packageManager beside another lock file",
      { "package.json": '{"packageManager": "bun@1.2.0"}', "yarn.lock": "" },
      bun,
    ],
    ["packageManager, yarn 4", { "package.json": '{"packageManager": "yarn@4.5.0"}' }, yarn],
    ["packageManager, unknown", { "package.json": '{"packageManager": "cargo@1"}' }, npm],
    ["devEngines", { "package.json": '{"devEngines": {"packageManager": {"name": "pnpm"}}}' }, pnpm],
  ])("%s", async (_, files, wanted) => {
    expect(await commandsIn(files)).toEqual(wanted);
  });

  it("a package is that of its workspace", async () => {
    const files = { "packages/a/package.json": "{}", "package.json": "{}", "pnpm-lock.yaml": "" };
    expect(await commandsIn(files, { below: "packages/a" })).toEqual(pnpm);
    const field = { "packages/a/package.json": "{}", "package.json": '{"packageManager": "yarn@1.22.0"}' };
    expect(await commandsIn(field, { below: "packages/a" })).toEqual(yarn);
  });

  it("a project without one is the one that started the command", async () => {
    const environment = { npm_config_user_agent: "pnpm/10.1.0 npm/? node/v22.12.0 linux x64" };
    expect(await commandsIn({}, { environment })).toEqual(pnpm);
    expect(await commandsIn({ "yarn.lock": "" }, { environment })).toEqual(yarn);
    expect(await commandsIn({}, { environment: { npm_config_user_agent: "cargo/1" } })).toEqual(npm);
  });
});

describe("at the root of a workspace", () => {
  it.each([
    ["pnpm-lock.yaml", "pnpm add --ignore-workspace-root-check a b"],
    ["yarn.lock", "yarn add --ignore-workspace-root-check a b"],
    ["package-lock.json", "npm install a b"],
  ])("%s adds by", async (lockFile, wanted) => {
    expect((await commandsIn({ [lockFile]: "" }, { workspaceRoot: true })).add).toBe(wanted);
  });
});
