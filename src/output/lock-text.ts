import { compareText } from "../json.ts";
import type { Lock, LockedDefinition, LockedFile, LockedSource } from "./lock.ts";
import { OutputError } from "./output-error.ts";

/** The form of the file; a program that knows only lower numbers refuses it. */
const form = 1;

const heading = "# What crd-gen has written here, and from what. Commit it beside the files; do not edit it.";
/** The last line: without it the file has been cut short. */
const ending = "end";

/**
 * Prints a lock. Each source, definition and file has a line of its own, in the order of names, so that a change shows as
 * the lines that changed, and changes of two branches merge where those are not neighbours.
 */
export function printLock(lock: Lock): string {
  const { generator, contract, options, warnings } = lock;
  const head = [heading, `lock ${form}`, `generator ${generator}`, `contract ${contract}`, `options ${options}`];
  if (warnings > 0) head.push(`warnings ${warnings}`);
  const sources = sortedBy(lock.sources, ({ name, digest }) => `${name}\n${digest}`).map(({ name, digest, skipped }) =>
    line("source", digest, name, { skipped }),
  );
  const definitions = sortedBy(lock.definitions, ({ name }) => name).map(
    ({ name, digest, versions, lost, weaker, comments }) =>
      line("definition", digest, name, { versions: versions.join(","), lost, weaker, comments }),
  );
  const files = sortedBy(lock.files, ({ path }) => path).map(({ path, digest }) => line("file", digest, path, {}));
  const blocks = [head, sources, definitions, files, [ending]].filter((block) => block.length > 0);
  return `${blocks.map((block) => block.join("\n")).join("\n\n")}\n`;
}

function sortedBy<Entry>(entries: readonly Entry[], key: (entry: Entry) => string): readonly Entry[] {
  return [...entries].sort((one, other) => compareText(key(one), key(other)));
}

/** Attributes that are zero or empty are left out. */
function line(
  word: string,
  digest: string,
  name: string,
  attributes: Readonly<Record<string, string | number>>,
): string {
  const said = Object.entries(attributes).filter(([, value]) => value !== 0 && value !== "");
  return [word, digest, printName(name), ...said.map(([key, value]) => `${key}:${value}`)].join(" ");
}

/** A name that could be taken for something else is quoted as in JSON. */
function printName(name: string): string {
  return /^[^\s"\p{Cc}]+$/u.test(name)
    ? name
    : JSON.stringify(name).replaceAll(/[\u007f-\u009f\u2028\u2029]/g, escaped);
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/**
 * Reads a lock; `place` is what messages call the file.
 *
 * @throws OutputError `lock` for conflict markers, a file that was cut short, one of a newer crd-gen, and every line that
 * no crd-gen writes. The message says what to do.
 */
export function parseLock(text: string, place: string): Lock {
  const lines = text.split(/\r?\n/);
  const marker = lines.findIndex((content) => /^(?:<{7}|={7}|>{7}|\|{7})(?: |$)/.test(content));
  if (marker >= 0) {
    throw lockError(`${place}:${marker + 1}`, "a merge conflict", "take either side, and run again with --force");
  }
  const reading = new Reading(place);
  for (const [index, content] of lines.entries()) {
    if (content !== "" && !content.startsWith("#")) reading.take(content, index + 1);
  }
  return reading.lock();
}

function lockError(where: string, got: string, remedy: string): OutputError {
  return new OutputError("lock", `${where}: wanted a lock file that crd-gen has written, got ${got}; ${remedy}`);
}

const restore = `restore it from version control, or remove it and run again: files that bear the mark of crd-gen are then taken over`;

type Fields = { -readonly [Key in "generator" | "contract" | "options"]?: string };

class Reading {
  readonly #place: string;
  readonly #fields: Fields = {};
  readonly #sources: LockedSource[] = [];
  readonly #definitions: LockedDefinition[] = [];
  readonly #files = new Map<string, LockedFile>();
  #form: number | undefined;
  #warnings = 0;
  #ended = false;

  constructor(place: string) {
    this.#place = place;
  }

  take(content: string, number: number): void {
    const space = content.indexOf(" ");
    const word = space < 0 ? content : content.slice(0, space);
    const rest = space < 0 ? "" : content.slice(space + 1);
    if (this.#ended || !this.#takeWord(word, rest)) {
      throw lockError(`${this.#place}:${number}`, `the line ${JSON.stringify(content.slice(0, 80))}`, restore);
    }
  }

  #takeWord(word: string, rest: string): boolean {
    if (word === "lock") return this.#takeForm(rest);
    if (this.#form === undefined) return false;
    switch (word) {
      case "generator":
      case "contract":
      case "options":
        this.#fields[word] = rest;
        return rest !== "";
      case "warnings":
        this.#warnings = Number(rest);
        return Number.isSafeInteger(this.#warnings);
      case "source":
      case "definition":
      case "file":
        return this.#takeEntry(word, rest);
      case ending:
        this.#ended = rest === "";
        return this.#ended;
      default:
        return false;
    }
  }

  #takeForm(rest: string): boolean {
    if (!/^[1-9]\d*$/.test(rest)) return false;
    this.#form = Number(rest);
    if (this.#form > form) throw lockError(this.#place, `one of a newer crd-gen (form ${rest})`, "update crd-gen");
    return true;
  }

  #takeEntry(word: "source" | "definition" | "file", rest: string): boolean {
    const parsed = /^([0-9a-f]{64}) ("(?:[^"\\]|\\.)*"|[^\s"]+)((?: [a-z]+:\S+)*)$/.exec(rest);
    if (parsed === null) return false;
    const [, digest = "", quoted = "", attributes = ""] = parsed;
    const name = readName(quoted);
    if (name === undefined) return false;
    const said = new Map(attributes.split(" ").map((part) => splitOnce(part, ":")));
    const count = (key: string): number => Number(said.get(key) ?? 0);
    if (word === "source") {
      this.#sources.push({ name, digest, skipped: count("skipped") });
      return true;
    }
    if (word === "definition") {
      const versions = (said.get("versions") ?? "").split(",").filter((version) => version !== "");
      const losses = { lost: count("lost"), weaker: count("weaker"), comments: count("comments") };
      this.#definitions.push({ name, digest, versions, ...losses });
      return true;
    }
    // Two branches that added the same file differently, merged without a conflict.
    if (this.#files.has(name)) return false;
    this.#files.set(name, { path: name, digest });
    return true;
  }

  lock(): Lock {
    const { generator, contract, options } = this.#fields;
    if (!this.#ended || generator === undefined || contract === undefined || options === undefined) {
      throw lockError(this.#place, this.#form === undefined ? "something else" : "one that was cut short", restore);
    }
    return {
      generator,
      contract,
      options,
      warnings: this.#warnings,
      sources: this.#sources,
      definitions: this.#definitions,
      files: [...this.#files.values()],
    };
  }
}

function readName(quoted: string): string | undefined {
  if (!quoted.startsWith('"')) return quoted;
  try {
    const name: unknown = JSON.parse(quoted);
    return typeof name === "string" ? name : undefined;
  } catch {
    return undefined;
  }
}

function splitOnce(text: string, separator: string): readonly [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
}
