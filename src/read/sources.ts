import { readdirSync, readFileSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { posix, resolve } from "node:path";
import process from "node:process";
import type { Diagnostic } from "../diagnostic.ts";
import { decodeText } from "./encoding.ts";
import { fileError, ReadError, sourceDiagnostic } from "./read-error.ts";
import { collectBytes, fetchBytes, printableUrl, sizeError } from "./url.ts";

/** A place to read documents from. Plain data: it can be sent to another thread. */
export interface Source {
  /** What to call it in messages: the path as it was given, with `/`; a URL without credentials; or `<stdin>`. */
  readonly name: string;
  readonly kind: "file" | "url" | "stdin";
  /** The absolute path of a file. */
  readonly path?: string;
  /** The size of a file in bytes, when it was found. */
  readonly size?: number;
  /** The whole address of a URL. It may hold credentials: never print it. */
  readonly url?: string;
}

/** What a program may pass in place of its own standard input and of Node's `fetch`. */
export interface ReadSourceOptions {
  readonly stdin?: AsyncIterable<Uint8Array | string>;
  readonly fetch?: typeof fetch;
  /** Ends a request when it is aborted. */
  readonly signal?: AbortSignal;
}

/** The largest source that is read, in bytes: far more than any set of definitions takes. */
const maxBytes = 64 * 2 ** 20;

const extension = /\.(?:ya?ml|json)$/i;

/**
 * Finds what to read: `-` is the standard input, `http:` and `https:` are URLs, a folder means the `.yaml`, `.yml` and
 * `.json` files below it, and what does not exist and has `*` or the like is a glob. Hidden files and `node_modules` are
 * left out of folders and globs. Each source comes once, in the order of the names, whatever the order of the patterns.
 *
 * @param cwd The folder that relative paths are relative to.
 */
export async function findSources(
  patterns: readonly string[],
  cwd: string,
): Promise<{ sources: Source[]; diagnostics: Diagnostic[] }> {
  const found = new Map<string, Source>();
  const diagnostics: Diagnostic[] = [];
  for (const pattern of patterns) {
    try {
      for (const source of await sourcesOf(pattern, cwd, diagnostics)) {
        const key = source.path ?? source.url ?? source.name;
        const known = found.get(key);
        if (known === undefined || source.name < known.name) found.set(key, source);
      }
    } catch (error) {
      if (!(error instanceof ReadError)) throw error;
      diagnostics.push(error.diagnostic);
    }
  }
  const sources = [...found.values()].sort((a, b) => compare(a.name, b.name) || compare(a.url ?? "", b.url ?? ""));
  diagnostics.sort((a, b) => compare(a.message, b.message));
  return { sources, diagnostics };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

async function sourcesOf(pattern: string, cwd: string, diagnostics: Diagnostic[]): Promise<Source[]> {
  if (pattern === "-") return [{ name: "<stdin>", kind: "stdin" }];
  if (/^https?:\/\//i.test(pattern)) return [urlSource(pattern)];
  const path = resolve(cwd, pattern);
  const name = posix.normalize(slashes(pattern));
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats?.isDirectory() === true) return folderSources(name.replace(/(.)\/$/, "$1"), path, diagnostics);
  if (stats !== undefined) return [{ name, kind: "file", path, size: stats.size }];
  return globSources(pattern, cwd);
}

function slashes(path: string): string {
  return process.platform === "win32" ? path.replaceAll("\\", "/") : path;
}

function urlSource(pattern: string): Source {
  if (!URL.canParse(pattern)) {
    // The address may hold credentials, so not even a wrong one is repeated.
    throw new ReadError(sourceDiagnostic("source-url", "expected a URL, got an address that is none; check it"));
  }
  const url = new URL(pattern);
  return { name: printableUrl(url), kind: "url", url: url.href };
}

function folderSources(name: string, path: string, diagnostics: Diagnostic[]): Source[] {
  const before = diagnostics.length;
  const sources: Source[] = [];
  walk(name, path, sources, diagnostics);
  if (sources.length === 0 && diagnostics.length === before) {
    const message = `${name}: expected a folder with .yaml, .yml or .json files, found none in it; check the path`;
    throw new ReadError(sourceDiagnostic("source-missing", message));
  }
  return sources;
}

function walk(name: string, path: string, sources: Source[], diagnostics: Diagnostic[]): void {
  try {
    for (const entry of readdirSync(path, { withFileTypes: true })) {
      if (entry.name.startsWith(".") || entry.name === "node_modules") continue;
      const entryName = name === "." ? entry.name : posix.join(name, entry.name);
      const entryPath = resolve(path, entry.name);
      if (entry.isDirectory()) walk(entryName, entryPath, sources, diagnostics);
      else if (extension.test(entry.name)) {
        const stats = statSync(entryPath, { throwIfNoEntry: false });
        if (stats?.isDirectory() === true) continue; // A link to a folder could lead back here.
        sources.push({ name: entryName, kind: "file", path: entryPath, ...(stats && { size: stats.size }) });
      }
    }
  } catch (error) {
    diagnostics.push(fileError(name, error).diagnostic);
  }
}

async function globSources(pattern: string, cwd: string): Promise<Source[]> {
  const { glob, isDynamicPattern } = await import("tinyglobby");
  if (!isDynamicPattern(pattern)) throw fileError(pattern, Object.assign(new Error("no entry"), { code: "ENOENT" }));
  const ignore = pattern.includes("node_modules") ? [] : ["**/node_modules/**"];
  const matches = await glob(slashes(pattern), { cwd, ignore, onlyFiles: true, expandDirectories: false });
  // A glob that names no extension of its own, such as crds/*, means the files that can hold definitions.
  const open = !posix.basename(slashes(pattern)).includes(".");
  const names = open ? matches.filter((name) => extension.test(name)) : matches;
  if (names.length === 0) {
    const what = open ? "a glob that matches .yaml, .yml or .json files" : "a glob that matches files";
    const message = `${pattern}: expected ${what}, found none in ${matches.length} matches; check the pattern`;
    throw new ReadError(sourceDiagnostic("source-missing", message));
  }
  return names.map((name) => {
    const path = resolve(cwd, name);
    const size = statSync(path, { throwIfNoEntry: false })?.size;
    return { name, kind: "file", path, ...(size !== undefined && { size }) };
  });
}

/** The text of a source. Throws a ReadError, whose diagnostic says what to do, when it cannot be read or is not text. */
export async function readSource(source: Source, options: ReadSourceOptions = {}): Promise<string> {
  return decodeText(await readBytes(source, options), source.name);
}

async function readBytes(source: Source, options: ReadSourceOptions): Promise<Buffer> {
  const { name } = source;
  switch (source.kind) {
    case "stdin":
      return collectBytes(options.stdin ?? process.stdin, name, maxBytes);
    case "url":
      return fetchBytes(new URL(source.url ?? name), name, { ...options, maxBytes });
    case "file":
      refuseLarge(source);
      try {
        return await readFile(source.path ?? name);
      } catch (error) {
        throw fileError(name, error);
      }
  }
}

/** The text of a source that is a file, for threads that have nothing else to do. Throws as `readSource` does. */
export function readFileSourceSync(source: Source): string {
  refuseLarge(source);
  let bytes: Buffer;
  try {
    bytes = readFileSync(source.path ?? source.name);
  } catch (error) {
    throw fileError(source.name, error);
  }
  return decodeText(bytes, source.name);
}

function refuseLarge({ name, size }: Source): void {
  if (size !== undefined && size > maxBytes) throw sizeError(name, maxBytes);
}
