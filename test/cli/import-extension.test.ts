import * as path from "node:path";
import { expect, test } from "vitest";
import { importExtensionFor } from "../../src/cli/import-extension.ts";
import { temporaryFolder } from "../temporary-folder.ts";

const module = JSON.stringify({ type: "module" });

test.each<readonly [string, Readonly<Record<string, unknown>>, string]>([
  ["node 16", { module: "node16" }, ".js"],
  ["node 18", { module: "Node18" }, ".js"],
  ["nodenext", { module: "NodeNext" }, ".js"],
  ["resolution nodenext", { module: "esnext", moduleResolution: "nodenext" }, ".js"],
  ["a bundler", { module: "esnext", moduleResolution: "bundler" }, ""],
  ["preserve", { module: "preserve" }, ""],
  ["commonjs", { module: "commonjs", moduleResolution: "node10" }, ""],
  ["nothing", {}, ""],
  ["TypeScript extensions", { module: "nodenext", allowImportingTsExtensions: true }, ".ts"],
  ["rewritten extensions", { module: "nodenext", rewriteRelativeImportExtensions: true }, ".ts"],
])("a tsconfig that asks for %s", (_, compilerOptions, wanted) => {
  const folder = temporaryFolder({ "tsconfig.json": JSON.stringify({ compilerOptions }) });
  expect(importExtensionFor(path.join(folder, "src/generated"))).toBe(wanted);
});

test.each([
  [module, ".js"],
  ["{}", ""],
])("ES modules resolved in the old way, in a package %s", (manifest, wanted) => {
  const tsconfig = JSON.stringify({ compilerOptions: { module: "es2022", moduleResolution: "node" } });
  const folder = temporaryFolder({ "tsconfig.json": tsconfig, "package.json": manifest });
  expect(importExtensionFor(folder)).toBe(wanted);
});

test("follows extends", () => {
  const folder = temporaryFolder({
    "base.json": JSON.stringify({ compilerOptions: { rewriteRelativeImportExtensions: true } }),
    "tsconfig.json": JSON.stringify({ extends: "./base.json" }),
  });
  expect(importExtensionFor(folder)).toBe(".ts");
});

test("follows references to the project that covers the folder", () => {
  const folder = temporaryFolder({
    "tsconfig.json": JSON.stringify({ files: [], references: [{ path: "./tsconfig.app.json" }, { path: "./server" }] }),
    "tsconfig.app.json": JSON.stringify({ compilerOptions: { moduleResolution: "bundler" }, include: ["src"] }),
    "server/tsconfig.json": JSON.stringify({ compilerOptions: { module: "nodenext" }, include: ["../api"] }),
  });
  expect(importExtensionFor(path.join(folder, "src"))).toBe("");
  expect(importExtensionFor(path.join(folder, "api"))).toBe(".js");
});

test("a tsconfig that cannot be read is left to the compiler", () => {
  expect(importExtensionFor(temporaryFolder({ "tsconfig.json": '{ "extends": "./gone.json" }' }))).toBe(".js");
});
