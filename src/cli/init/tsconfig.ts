import { existsSync, readFileSync, statSync } from "node:fs";
import * as path from "node:path";
import { createFilesMatcher, findTsconfig, parseTsconfig, type TsConfigResult } from "get-tsconfig";
import { type ParseError, parse, printParseErrorCode } from "jsonc-parser";
import { describeJson, isJsonObject } from "../../json.ts";
import { TextPositions } from "../../read/text-position.ts";
import { UsageError } from "../usage-error.ts";
import { portable } from "./portable-path.ts";

/** What the compiler of a project looks at. */
export interface CompilerScope {
  /** What to call its settings in messages. */
  readonly name: string;
  /** Absolute folders that its settings name as places of sources, the likeliest first. */
  readonly folders: readonly string[];
  /** Whether a file of this absolute path is one of the program without being imported. */
  readonly includes: (file: string) => boolean;
  /** Whether the compiler may compile a file of this absolute path at all. */
  readonly allows: (file: string) => boolean;
}

const remedy = "mend it and run crd-gen init again";

/**
 * Reads the tsconfig.json that a folder is subject to, with those that it refers to; undefined where there is none.
 *
 * @throws UsageError where one of them cannot be read.
 */
export function readCompilerScope(folder: string): CompilerScope | undefined {
  const file = findTsconfig(folder);
  if (file === undefined) return undefined;
  const name = portable(path.relative(folder, file));
  checkSyntax(file, name);
  return attempt(name, () => {
    const projects = projectsOf({ path: file, config: parseTsconfig(file) });
    const matchers = projects.map((project) => createFilesMatcher(project));
    const roots = projects.flatMap(rootOf);
    return {
      name,
      folders: [...roots, ...projects.flatMap(includedFolders)],
      includes: (file) => matchers.some((matches) => matches(file) !== undefined),
      allows: (file) => roots.length < projects.length || roots.some((root) => isInside(root, file)),
    };
  });
}

/** get-tsconfig reads what it can of a broken file, as the compiler does; here is the time to hear of it. */
function checkSyntax(file: string, name: string): void {
  const text = readFileSync(file, "utf8").replace(/^\uFEFF/, "");
  const errors: ParseError[] = [];
  const content: unknown = parse(text, errors, { allowTrailingComma: true, allowEmptyContent: true });
  const [error] = errors;
  if (error !== undefined) {
    const { line, column } = new TextPositions(text).at(error.offset);
    const what = printParseErrorCode(error.error).replaceAll(/(?!^)[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
    throw new UsageError(`${name}:${line}:${column}: not valid JSON with comments: ${what.toLowerCase()}; ${remedy}`);
  }
  if (content !== undefined && !isJsonObject(content)) {
    throw new UsageError(`${name}: expected an object, got ${describeJson(content)}; ${remedy}`);
  }
  if (!isJsonObject(content)) return;
  for (const setting of ["include", "exclude", "files", "references"]) {
    if (content[setting] === undefined || Array.isArray(content[setting])) continue;
    throw new UsageError(`${name}: ${setting}: expected a list, got ${describeJson(content[setting])}; ${remedy}`);
  }
}

function attempt<Result>(name: string, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/\.$/, "") : String(error);
    throw new UsageError(
      `${name}: cannot be read: ${reason}; mend it, or install what it extends, and run crd-gen init again`,
      error,
    );
  }
}

/** The configuration itself, or where it only points to others those. */
function projectsOf(nearest: TsConfigResult): readonly TsConfigResult[] {
  const { files, references } = nearest.config;
  if (files?.length !== 0 || references === undefined) return [nearest];
  return references.map((reference) => {
    const target = path.resolve(path.dirname(nearest.path), reference.path);
    const file = target.endsWith(".json") ? target : path.join(target, "tsconfig.json");
    return { path: file, config: parseTsconfig(file) };
  });
}

function rootOf({ path: file, config }: TsConfigResult): readonly string[] {
  const rootDir: unknown = config.compilerOptions?.rootDir;
  return typeof rootDir === "string" ? [path.resolve(path.dirname(file), rootDir)] : [];
}

/** The folders that `include` begins with, as `src` for `src/**` + `/*.ts`. */
function includedFolders({ path: file, config }: TsConfigResult): readonly string[] {
  return (config.include ?? []).flatMap((pattern) => {
    const parts = pattern.split("/");
    const wild = parts.findIndex((part) => /[*?]/.test(part));
    const folder = path.resolve(path.dirname(file), (wild < 0 ? parts : parts.slice(0, wild)).join("/"));
    return isFolder(folder) ? [folder] : [];
  });
}

function isFolder(place: string): boolean {
  return existsSync(place) && statSync(place).isDirectory();
}

function isInside(folder: string, file: string): boolean {
  const way = path.relative(folder, file);
  return way !== ".." && !way.startsWith(`..${path.sep}`) && !path.isAbsolute(way);
}
