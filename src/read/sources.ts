import { readdirSync, readFileSync, statSync } from "node:fs";
import { posix, resolve } from "node:path";
import process from "node:process";
import type { Diagnostic } from "../diagnostic.ts";
import { digestOf } from "../digest.ts";
import { compareText } from "../json.ts";
import { decodeText } from "./encoding.ts";
import { fileError, missingError, ReadError, sourceDiagnostic } from "./read-error.ts";
import { collectBytes, fetchBytes, printableUrl, sizeError } from "./url.ts";

/** A file to read documents from. */
export interface FileSource {
  readonly kind: "file";
  /** The path as it was given, with `/`. */
  readonly name: string;
  /** The absolute path. */
  readonly path: string;
  /** The size in bytes when it was found; absent where the system did not tell. */
  readonly size?: number;
}

/** A URL to read documents from. */
export interface UrlSource {
  readonly kind: "url";
  /** The address without credentials and query. */
  readonly name: string;
  /** The whole address. It may hold credentials: never print it. */
  readonly url: string;
}

/** The standard input of the process. */
export interface StdinSource {
  readonly kind: "stdin";
  readonly name: "<stdin>";
}

/** A cluster to read definitions from: the one that this program is in or, outside of one or with more said, that of a kubeconfig. */
export interface ClusterSource {
  readonly kind: "cluster";
  readonly name: "<cluster>";
  /** The context of the kubeconfig; undefined for the current one. */
  readonly context?: string | undefined;
  /** The absolute path of the kubeconfig; undefined for the usual ones. */
  readonly kubeconfig?: string | undefined;
}

/** A place to read documents from; `name` is what to call it in messages. Plain data: it can be sent to another thread. */
export type Source = TextSource | ClusterSource;

/** A place that holds a text. */
export type TextSource = FileSource | UrlSource | StdinSource;

/** The sources that some patterns name, each once, and what is wrong with the patterns. */
export interface FoundSources {
  readonly sources: readonly TextSource[];
  readonly diagnostics: readonly Diagnostic[];
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
export async function findSources(patterns: readonly string[], cwd: string): Promise<FoundSources> {
  const found = new Map<string, TextSource>();
  const diagnostics: Diagnostic[] = [];
  for (const pattern of patterns) {
    try {
      for (const source of await sourcesOf(pattern, cwd, diagnostics)) {
        const key = keyOf(source);
        const known = found.get(key);
        if (known === undefined || source.name < known.name) found.set(key, source);
      }
    } catch (error) {
      if (!(error instanceof ReadError)) throw error;
      diagnostics.push(error.diagnostic);
    }
  }
  const sources = [...found.values()].sort((a, b) => compareText(a.name, b.name) || compareText(keyOf(a), keyOf(b)));
  diagnostics.sort((a, b) => compareText(a.message, b.message));
  return { sources, diagnostics };
}

/** Equal for patterns that lead to one place; addresses that differ in what their names leave out are two. */
function keyOf(source: TextSource): string {
  switch (source.kind) {
    case "file":
      return source.path;
    case "url":
      return source.url;
    case "stdin":
      return source.name;
  }
}

async function sourcesOf(pattern: string, cwd: string, diagnostics: Diagnostic[]): Promise<TextSource[]> {
  if (pattern === "-") return [{ name: "<stdin>", kind: "stdin" }];
  if (/^https?:\/\//i.test(pattern)) return [urlSource(pattern)];
  const slashed = slashes(pattern);
  const path = resolve(cwd, slashed);
  const name = posix.normalize(slashed);
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats?.isDirectory() === true) return folderSources(name.replace(/(.)\/$/, "$1"), path, diagnostics);
  if (stats !== undefined) return [{ name, kind: "file", path, size: stats.size }];
  return globSources(pattern, cwd);
}

/** On Windows a path may have backslashes, which in a glob would quote what follows them. */
function slashes(path: string): string {
  return process.platform === "win32" ? path.replaceAll("\\", "/") : path;
}

function urlSource(pattern: string): UrlSource {
  if (!URL.canParse(pattern)) {
    // The address may hold credentials, so not even a wrong one is repeated.
    throw new ReadError(sourceDiagnostic("source-url", "expected a URL, got an address that is none; check it"));
  }
  const url = new URL(pattern);
  return { name: printableUrl(url), kind: "url", url: url.href };
}

function folderSources(name: string, path: string, diagnostics: Diagnostic[]): FileSource[] {
  const found: Findings = { sources: [], diagnostics: [] };
  walk(name, path, found);
  if (found.sources.length === 0 && found.diagnostics.length === 0) {
    const message = `${name}: expected a folder with .yaml, .yml or .json files, found none in it; check the path`;
    throw new ReadError(sourceDiagnostic("source-missing", message));
  }
  diagnostics.push(...found.diagnostics);
  return found.sources;
}

interface Findings {
  readonly sources: FileSource[];
  readonly diagnostics: Diagnostic[];
}

function walk(name: string, path: string, found: Findings): void {
  try {
    for (const entry of readdirSync(path, { withFileTypes: true })) {
      if (entry.name.startsWith(".") || entry.name === "node_modules") continue;
      const entryName = name === "." ? entry.name : posix.join(name, entry.name);
      const entryPath = resolve(path, entry.name);
      if (entry.isDirectory()) walk(entryName, entryPath, found);
      else if (extension.test(entry.name)) {
        const stats = statSync(entryPath, { throwIfNoEntry: false });
        if (stats?.isDirectory() === true) continue; // A link to a folder could lead back here.
        found.sources.push({ name: entryName, kind: "file", path: entryPath, ...(stats && { size: stats.size }) });
      }
    }
  } catch (error) {
    found.diagnostics.push(fileError(name, error).diagnostic);
  }
}

async function globSources(pattern: string, cwd: string): Promise<FileSource[]> {
  const { glob, isDynamicPattern } = await import("tinyglobby");
  const slashed = slashes(pattern);
  if (!isDynamicPattern(slashed)) throw missingError(pattern);
  const ignore = pattern.includes("node_modules") ? [] : ["**/node_modules/**"];
  const matches = await glob(slashed, { cwd, ignore, onlyFiles: true, expandDirectories: false });
  // A glob that names no extension of its own, such as crds/*, means the files that can hold definitions.
  const open = !posix.basename(slashed).includes(".");
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

/** The text of a source, and the digest of its bytes. */
export interface SourceText {
  readonly text: string;
  readonly digest: string;
}

/**
 * The text of a source.
 *
 * @throws ReadError where it cannot be read or is not text; the diagnostic says what to do.
 */
export async function readSource(source: TextSource, options: ReadSourceOptions = {}): Promise<SourceText> {
  switch (source.kind) {
    case "stdin":
      return sourceText(await collectBytes(options.stdin ?? process.stdin, source.name, maxBytes), source.name);
    case "url":
      return sourceText(await fetchBytes(new URL(source.url), source.name, { ...options, maxBytes }), source.name);
    case "file":
      return readFileSource(source);
  }
}

/**
 * The text of a file. A thread that reads one has nothing else to do meanwhile, so it waits for the disk.
 *
 * @throws ReadError where it cannot be read or is not text; the diagnostic says what to do.
 */
export function readFileSource(source: FileSource): SourceText {
  return sourceText(readBytes(source), source.name);
}

/**
 * The digest of a file, by which it can be told whether it has changed.
 *
 * @throws ReadError where it cannot be read.
 */
export function digestOfFile(source: FileSource): string {
  return digestOf(readBytes(source));
}

function sourceText(bytes: Buffer, name: string): SourceText {
  return { text: decodeText(bytes, name), digest: digestOf(bytes) };
}

function readBytes({ name, path, size }: FileSource): Buffer {
  if (size !== undefined && size > maxBytes) throw sizeError(name, maxBytes);
  try {
    return readFileSync(path);
  } catch (error) {
    throw fileError(name, error);
  }
}
