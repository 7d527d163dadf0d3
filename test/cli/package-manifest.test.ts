import * as path from "node:path";
import { expect, test } from "vitest";
import { runtimeInstallCommand } from "../../src/cli/package-manifest.ts";
import { temporaryFolder } from "../temporary-folder.ts";

test.each<readonly [string, Readonly<Record<string, string>>, string | undefined]>([
  ["no runtime", { "package.json": "{}" }, "npm install @crd-gen/runtime"],
  ["the runtime", { "package.json": '{"dependencies": {"@crd-gen/runtime": "1"}}' }, undefined],
  ["the runtime for development", { "package.json": '{"devDependencies": {"@crd-gen/runtime": "1"}}' }, undefined],
  ["pnpm", { "package.json": "{}", "pnpm-lock.yaml": "" }, "pnpm add @crd-gen/runtime"],
  ["yarn", { "package.json": '{"dependencies": {"x": "1"}}', "yarn.lock": "" }, "yarn add @crd-gen/runtime"],
  [
    "the nearest package.json",
    { "package.json": '{"dependencies": {"@crd-gen/runtime": "1"}}', "src/package.json": "{}" },
    "npm install @crd-gen/runtime",
  ],
  ["a workspace's lock file", { "pnpm-lock.yaml": "", "src/package.json": "{}" }, "pnpm add @crd-gen/runtime"],
  ["a manifest of odd shape", { "package.json": '{"dependencies": 1}' }, "npm install @crd-gen/runtime"],
])("a project with %s", (_, files, wanted) => {
  expect(runtimeInstallCommand(path.join(temporaryFolder(files), "src/generated"))).toBe(wanted);
});
