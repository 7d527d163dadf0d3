import { execFileSync } from "node:child_process";
import { type Dirent, readdirSync, statSync } from "node:fs";
import * as path from "node:path";
import { compareText, isJsonObject, type JsonObject } from "../../json.ts";
import { type DocumentsOfText, readDocuments } from "../../read/documents.ts";
import { isReadError } from "../../read/read-error.ts";
import { readFileSource } from "../../read/sources.ts";

/** A `.yaml`, `.yml` or `.json` file of a project; `path` has `/` and is relative to the folder that was searched. */
export type FoundFile =
  /** `definitions` has a text for each version that the file defines, as `mycoolapps.stable.example.com v1`. */
  | { readonly kind: "definitions"; readonly path: string; readonly definitions: readonly string[] }
  /** It speaks of definitions, and cannot be read as a source; `reason` says why. */
  | { readonly kind: "unfit"; readonly path: string; readonly reason: string }
  /** It has nothing to do with definitions; `broken` says that a run which reads it fails. */
  | { readonly kind: "other"; readonly path: string; readonly broken: boolean };

/** What a search came to. */
export interface FoundFiles {
  readonly files: readonly FoundFile[];
  /** Files and folders that a source above them would read, and that the search left out. */
  readonly leftOut: readonly string[];
  /** Whether the search came to its end, and not to its bounds. */
  readonly complete: boolean;
}

/** How much is looked at, so that a search in the wrong place ends. */
export interface SearchBounds {
  /** Files and folders. */
  readonly entries: number;
  /** Bytes of one file. */
  readonly fileBytes: number;
  /** Bytes of all files. */
  readonly bytes: number;
}

const usualBounds: SearchBounds = { entries: 50_000, fileBytes: 16 * 2 ** 20, bytes: 256 * 2 ** 20 };

/** Folders of build outputs and of other people's code, by the names that they have in most projects. */
const notSearched: ReadonlySet<string> = new Set(["build", "coverage", "dist", "out", "target", "vendor"]);

const extension = /\.(?:ya?ml|json)$/i;
const kind = "CustomResourceDefinition";

/**
 * Finds the files below a folder that define custom resources, those nearest to it first. Left out are hidden folders, `node_modules`,
 * build outputs, and what git ignores: it is not there where the project is built anew.
 */
export function findDefinitions(folder: string, bounds: SearchBounds = usualBounds): FoundFiles {
  const { entries, leftOut, complete } = listFiles(folder, bounds);
  const files: FoundFile[] = [];
  let bytes = 0;
  for (const [index, { name, size }] of entries.entries()) {
    bytes += size;
    if (bytes > bounds.bytes) {
      leftOut.push(...entries.slice(index).map((entry) => entry.name));
      return { files: judged(files, folder), leftOut, complete: false };
    }
    if (size > bounds.fileBytes) leftOut.push(name);
    else files.push(fileOf(name, folder));
  }
  return { files: judged(files, folder), leftOut, complete };
}

interface Listing {
  readonly entries: readonly { readonly name: string; readonly size: number }[];
  readonly leftOut: string[];
  readonly complete: boolean;
}

function listFiles(folder: string, bounds: SearchBounds): Listing {
  const ignored = ignoredByGit(folder);
  const entries: { readonly name: string; readonly size: number }[] = [];
  const leftOut: string[] = [];
  const waiting = [""];
  let seen = 0;
  for (let below = waiting.shift(); below !== undefined; below = waiting.shift()) {
    const present = entriesOf(path.join(folder, below));
    if (present === undefined) leftOut.push(below);
    for (const entry of present ?? []) {
      // A folder that is a source is read without these as well, so they are not left out of anything.
      if (entry.name.startsWith(".") || entry.name === "node_modules") continue;
      seen++;
      if (seen > bounds.entries) return { entries, leftOut: [...leftOut, below, ...waiting], complete: false };
      const name = below === "" ? entry.name : `${below}/${entry.name}`;
      if (entry.isDirectory()) {
        if (notSearched.has(entry.name) || ignored.has(`${name}/`)) leftOut.push(name);
        else waiting.push(name);
      } else if (extension.test(entry.name)) {
        const size = ignored.has(name) ? undefined : sizeOf(path.join(folder, name));
        if (size === undefined) leftOut.push(name);
        else entries.push({ name, size });
      }
    }
  }
  return { entries, leftOut, complete: true };
}

/** Undefined for a folder that may not be read. */
function entriesOf(folder: string): readonly Dirent[] | undefined {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((one, other) => compareText(one.name, other.name));
  } catch {
    return undefined;
  }
}

/** The size of a file in bytes; undefined for what is none, such as a link to a folder or to nothing. */
function sizeOf(file: string): number | undefined {
  try {
    const stats = statSync(file);
    return stats.isFile() ? stats.size : undefined;
  } catch {
    return undefined;
  }
}

/** Files, and folders that end in `/`, relative to the folder; none where there is no git or no repository. */
function ignoredByGit(folder: string): ReadonlySet<string> {
  try {
    const words = ["ls-files", "--others", "--ignored", "--exclude-standard", "--directory", "-z"];
    const stdio = ["ignore", "pipe", "ignore"] as const;
    const options = { cwd: folder, stdio: [...stdio], timeout: 10_000, maxBuffer: 64 * 2 ** 20 };
    return new Set(execFileSync("git", words, options).toString("utf8").split("\0"));
  } catch {
    return new Set();
  }
}

function fileOf(name: string, folder: string): FoundFile {
  const text = textOf(name, folder);
  if (text === undefined) return { kind: "other", path: name, broken: true };
  return text.includes(kind)
    ? definingFile(name, readDocuments(text, name))
    : { kind: "other", path: name, broken: false };
}

/** Undefined where it cannot be read as a text. */
function textOf(name: string, folder: string): string | undefined {
  try {
    return readFileSource({ kind: "file", name, path: path.join(folder, name) }).text;
  } catch (error) {
    if (isReadError(error)) return undefined;
    throw error;
  }
}

function definingFile(name: string, { documents, diagnostics }: DocumentsOfText): FoundFile {
  const error = diagnostics.find(({ severity }) => severity === "error");
  if (error !== undefined) {
    const reason = error.code === "helm-template" ? "a Helm template; read what helm template prints" : error.message;
    return { kind: "unfit", path: name, reason };
  }
  const definitions: string[] = [];
  for (const { tree } of documents) {
    if (!isJsonObject(tree) || tree.kind !== kind) continue;
    const versions = versionsOf(tree);
    if (versions.length === 0) return { kind: "unfit", path: name, reason: "a part of a definition, such as a patch" };
    definitions.push(...versions);
  }
  return definitions.length === 0
    ? { kind: "other", path: name, broken: false }
    : { kind: "definitions", path: name, definitions };
}

/** The versions of a definition, each with its name; none where it has no names or no versions, as in a patch. */
function versionsOf({ spec }: JsonObject): readonly string[] {
  if (!isJsonObject(spec) || !isJsonObject(spec.names)) return [];
  const { group, names, version, versions } = spec;
  if (typeof group !== "string" || typeof names.plural !== "string") return [];
  const named = Array.isArray(versions) ? versions.map((each: unknown) => isJsonObject(each) && each.name) : [version];
  return named.flatMap((each) => (typeof each === "string" ? [`${names.plural}.${group} ${each}`] : []));
}

/** Tells which of the other files beside and below definitions are broken: a folder with one of them is no source. */
function judged(files: readonly FoundFile[], folder: string): readonly FoundFile[] {
  const defining = new Set(
    files.flatMap((file) => (file.kind === "definitions" ? [path.posix.dirname(file.path)] : [])),
  );
  return files.map((file) => {
    if (file.kind !== "other" || file.broken || !isBelow(file.path, defining)) return file;
    return { ...file, broken: isBroken(file.path, folder) };
  });
}

function isBelow(name: string, folders: ReadonlySet<string>): boolean {
  for (let above = path.posix.dirname(name); above !== "."; above = path.posix.dirname(above)) {
    if (folders.has(above)) return true;
  }
  return false;
}

function isBroken(name: string, folder: string): boolean {
  const text = textOf(name, folder);
  return text === undefined || readDocuments(text, name).diagnostics.some(({ severity }) => severity === "error");
}
