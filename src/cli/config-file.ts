import { existsSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { pathToFileURL } from "node:url";
import type { Config } from "../config.ts";
import { checkConfig } from "./check-config.ts";
import { UsageError } from "./usage-error.ts";

/** A config file as it was read. It is never written. */
export interface LoadedConfig {
  /** As it is called in messages. */
  readonly name: string;
  /** The absolute folder that its relative paths start from. */
  readonly folder: string;
  readonly config: Config;
}

const defaultNames = ["ts", "js", "mjs", "json"].map((extension) => `crd-gen.config.${extension}`);

/** Node's own type stripping: on by default from 22.18 and 23.6; `@types/node` of the oldest supported Node does not know it. */
function stripsTypes(): boolean {
  return "typescript" in process.features && Boolean(process.features.typescript);
}

/**
 * Reads the config file that is named, or else the one in the working directory, or undefined where there is none.
 *
 * @throws UsageError where it is missing, cannot be loaded, holds something else than a config, or two of them stand side by side.
 */
export async function loadConfig(cwd: string, named: string | undefined): Promise<LoadedConfig | undefined> {
  const name = named ?? findConfig(cwd);
  if (name === undefined) return undefined;
  const file = path.resolve(cwd, name);
  if (!existsSync(file)) throw new UsageError(`${name}: there is no such config file; check --config`);
  const value = await loadValue(file, name);
  return { name, folder: path.dirname(file), config: checkConfig(value, name) };
}

function findConfig(cwd: string): string | undefined {
  const [first, second] = defaultNames.filter((name) => existsSync(path.join(cwd, name)));
  if (second !== undefined)
    throw new UsageError(`found both ${first} and ${second}; remove one, or choose with --config`);
  return first;
}

async function loadValue(file: string, name: string): Promise<unknown> {
  switch (path.extname(file)) {
    case ".json":
      return loadJson(file, name);
    case ".ts":
    case ".mts":
      if (!stripsTypes()) {
        throw new UsageError(
          `${name}: this Node (${process.version}) does not read TypeScript; use Node 22.18 or newer, or rename the file to crd-gen.config.js and take its types out`,
        );
      }
      return loadModule(file, name);
    case ".js":
    case ".mjs":
    case ".cjs":
      return loadModule(file, name);
    default:
      throw new UsageError(`${name}: expected a config file that ends in .ts, .js, .mjs or .json`);
  }
}

function loadJson(file: string, name: string): unknown {
  try {
    // Editors on Windows put a byte order mark before a text, which JSON does not know.
    return JSON.parse(readFileSync(file, "utf8").replace(/^\uFEFF/, ""));
  } catch (error) {
    throw new UsageError(`${name}: cannot be read as JSON: ${reasonOf(error)}`, error);
  }
}

async function loadModule(file: string, name: string): Promise<unknown> {
  let module: unknown;
  try {
    module = await import(pathToFileURL(file).href);
  } catch (error) {
    throw new UsageError(`${name}: cannot be loaded: ${reasonOf(error)}`, error);
  }
  if (typeof module === "object" && module !== null && "default" in module) return module.default;
  throw new UsageError(
    `${name}: expected a default export, as in export default defineConfig({ sources: ["crds"] }), got none`,
  );
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
