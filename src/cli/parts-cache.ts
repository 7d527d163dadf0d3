import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import * as path from "node:path";
import process from "node:process";
import { digestOf } from "../digest.ts";
import type { Part } from "../generated.ts";
import { isJsonObject } from "../json.ts";
import type { OutputFolder } from "../output/output-folder.ts";

/** What a source file became the last time. */
export interface CachedPart {
  /** Of the source. */
  readonly digest: string;
  /** Its files have empty contents. */
  readonly part: Part;
  /** The digests of its files, by path. */
  readonly files: Readonly<Record<string, string>>;
}

/** The parts of the files of a run, by their names in the lock. */
export type CachedParts = ReadonlyMap<string, CachedPart>;

/**
 * What the source files of earlier runs became, so that only those that have changed are looked into. It is a file in
 * `node_modules/.cache/crd-gen` of the project around the output folder, or else in the user's cache folder: it saves time and nothing
 * else, and may be removed at any time.
 *
 * The first line of the file is the key; each further one is the name of a source and its part, as JSON, of which the last counts. So
 * what has changed is written, and not the whole.
 */
export class PartsCache {
  readonly #file: string;
  readonly #key: string;
  #known: CachedParts = new Map();
  /** Lines with parts in the file, those that count no more among them. */
  #lines = 0;

  /** `key` stands for everything but the source that shapes a part: the version of crd-gen and the options. */
  constructor(folder: OutputFolder, key: string) {
    this.#file = path.join(cacheFolder(folder.root), `${digestOf(folder.root).slice(0, 32)}.jsonl`);
    this.#key = digestOf(key);
  }

  /** The parts of the last run with this key; none where there are none, whatever the reason. */
  load(): CachedParts {
    try {
      const [key, ...lines] = readFileSync(this.#file, "utf8").trimEnd().split("\n");
      if (key !== this.#key) return this.#known;
      this.#known = new Map(lines.map(parseLine));
      this.#lines = lines.length;
    } catch {
      // It is not there, or a run was ended while it wrote: then all parts are made anew.
    }
    return this.#known;
  }

  /** Keeps the parts of a run that has claimed the output folder. That they cannot be kept is no reason to fail. */
  save(parts: CachedParts): void {
    const changed = [...parts].filter(([name, part]) => this.#known.get(name)?.part !== part.part);
    const isOutdated = [...this.#known.keys()].some((name) => !parts.has(name));
    if (changed.length === 0 && !isOutdated) return;
    const isWorthAll = this.#lines === 0 || isOutdated || this.#lines + changed.length > 2 * parts.size;
    try {
      if (isWorthAll) this.#replace([this.#key, ...[...parts].map(printLine)]);
      else appendFileSync(this.#file, textOf(changed.map(printLine)));
    } catch {
      // What is half written is not read.
    }
  }

  #replace(lines: readonly string[]): void {
    // One run writes at a time: what a run that was killed has left is written over.
    const temporary = `${this.#file}.tmp`;
    try {
      mkdirSync(path.dirname(this.#file), { recursive: true });
      writeFileSync(temporary, textOf(lines), { mode: 0o600 });
      renameSync(temporary, this.#file);
    } catch {
      discard(temporary);
    }
  }
}

function printLine(entry: readonly [string, CachedPart]): string {
  return JSON.stringify(entry);
}

/** @throws {Error} for a line that is not whole */
function parseLine(line: string): [string, CachedPart] {
  const entry: unknown = JSON.parse(line);
  if (!Array.isArray(entry) || typeof entry[0] !== "string" || !isJsonObject(entry[1])) throw new Error("no part");
  return entry as [string, CachedPart];
}

function textOf(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join("");
}

function discard(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // Its folder is none, or cannot be looked into: then nothing was written there.
  }
}

function cacheFolder(folder: string): string {
  for (let current = folder; ; current = path.dirname(current)) {
    const modules = path.join(current, "node_modules");
    if (existsSync(modules)) return path.join(modules, ".cache", "crd-gen");
    if (path.dirname(current) === current) return path.join(userCacheFolder(), "crd-gen", "parts");
  }
}

/** As the XDG base directory specification has it; elsewhere where the system keeps what may be lost. */
function userCacheFolder(): string {
  const { XDG_CACHE_HOME = "", LOCALAPPDATA = "" } = process.env;
  if (path.isAbsolute(XDG_CACHE_HOME)) return XDG_CACHE_HOME;
  if (process.platform === "win32" && path.isAbsolute(LOCALAPPDATA)) return LOCALAPPDATA;
  return process.platform === "darwin" ? path.join(homedir(), "Library", "Caches") : path.join(homedir(), ".cache");
}
