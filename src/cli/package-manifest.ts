import { existsSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { isJsonObject, type JsonObject } from "../json.ts";

/** A package.json and where it was found. */
export interface Manifest {
  readonly folder: string;
  readonly content: JsonObject;
}

/** The package.json nearest to a folder, which need not exist, going up; undefined where there is none that can be read. */
export function nearestManifest(folder: string): Manifest | undefined {
  for (let current = path.resolve(folder); ; current = path.dirname(current)) {
    try {
      const content: unknown = JSON.parse(readFileSync(path.join(current, "package.json"), "utf8"));
      return isJsonObject(content) ? { folder: current, content } : undefined;
    } catch (error) {
      if (error instanceof SyntaxError) return undefined;
    }
    if (path.dirname(current) === current) return undefined;
  }
}

const runtime = "@crd-gen/runtime";
const dependencyFields = ["dependencies", "devDependencies", "peerDependencies", "optionalDependencies"];
const installCommands: readonly (readonly [lockFile: string, command: string])[] = [
  ["pnpm-lock.yaml", "pnpm add"],
  ["yarn.lock", "yarn add"],
  ["bun.lock", "bun add"],
  ["bun.lockb", "bun add"],
];

/** The command that adds the runtime to the project around a folder, or undefined where its package.json lists it. */
export function runtimeInstallCommand(folder: string): string | undefined {
  const manifest = nearestManifest(folder);
  if (manifest === undefined) return `npm init --yes && npm install ${runtime}`;
  const { content } = manifest;
  const lists = (field: string): boolean => {
    const names = content[field];
    return isJsonObject(names) && Object.hasOwn(names, runtime);
  };
  if (content.name === runtime || dependencyFields.some(lists)) return undefined;
  return `${installCommand(manifest.folder)} ${runtime}`;
}

function installCommand(folder: string): string {
  for (let current = folder; ; current = path.dirname(current)) {
    const found = installCommands.find(([lockFile]) => existsSync(path.join(current, lockFile)));
    if (found !== undefined) return found[1];
    // The lock file of a workspace stands at its root, above the package.
    if (existsSync(path.join(current, "package-lock.json")) || path.dirname(current) === current) return "npm install";
  }
}
