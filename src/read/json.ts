import { deepestNesting, nestedTooDeep } from "./nesting.ts";

/** What is wrong with a JSON text, and the offset where. */
export interface JsonError {
  readonly message: string;
  readonly offset: number;
}

/** Parses JSON. Gives the tree, or what is wrong with the text and where. */
export function parseJson(text: string): { readonly tree: unknown } | { readonly error: JsonError } {
  try {
    const tree: unknown = JSON.parse(text);
    if (!isDeeper(tree, deepestNesting)) return { tree };
    return { error: { message: nestedTooDeep, offset: offsetBelow(text, deepestNesting) } };
  } catch {
    // The messages of JSON.parse differ between versions of Node, and not all of them name a place.
    return { error: new JsonScanner(text).firstError() };
  }
}

/** Whether a tree has more levels of lists and objects than the limit. */
function isDeeper(tree: unknown, limit: number): boolean {
  if (typeof tree !== "object" || tree === null) return false;
  if (limit === 0) return true;
  for (const value of Array.isArray(tree) ? tree : Object.values(tree)) {
    if (typeof value === "object" && value !== null && isDeeper(value, limit - 1)) return true;
  }
  return false;
}

/** The offset of the first bracket beyond a depth, or -1. */
function offsetBelow(text: string, limit: number): number {
  let depth = 0;
  let quoted = false;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (quoted) {
      if (code === 92) index++;
      else if (code === 34) quoted = false;
    } else if (code === 34) quoted = true;
    else if (code === 91 || code === 123) {
      if (++depth > limit) return index;
    } else if (code === 93 || code === 125) depth--;
  }
  return -1;
}

const space = /[ \t\r\n]*/y;
const string = /"(?:[^"\\\p{Cc}]|[\u007f-\u009f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/uy;
const atom = /(?:true|false|null|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?)(?![\w.+-])/y;

/** Finds the first place where a text departs from JSON. */
class JsonScanner {
  readonly #text: string;
  #offset = 0;

  constructor(text: string) {
    this.#text = text;
  }

  firstError(): JsonError {
    return (
      this.#value() ??
      (this.#peek() === ""
        ? this.#error("a JSON text")
        : this.#error("the end of the text, as one file holds one value"))
    );
  }

  #take(pattern: RegExp): boolean {
    pattern.lastIndex = this.#offset;
    if (!pattern.test(this.#text)) return false;
    this.#offset = pattern.lastIndex;
    return true;
  }

  #peek(): string {
    this.#take(space);
    return this.#text.charAt(this.#offset);
  }

  #error(wanted: string): JsonError {
    // Never the text itself: any manifest may be read, a Secret too.
    const next = this.#peek();
    const got = next === "" ? "the end of the text" : /[\w-]/.test(next) ? "a bare word" : JSON.stringify(next);
    return { message: `expected ${wanted}, got ${got}`, offset: this.#offset };
  }

  #value(): JsonError | undefined {
    switch (this.#peek()) {
      case "{":
        return this.#list("}", () => this.#member());
      case "[":
        return this.#list("]", () => this.#value());
      case '"':
        return this.#take(string) ? undefined : this.#error("a string without bare line breaks or unknown escapes");
      default:
        return this.#take(atom) ? undefined : this.#error("a value");
    }
  }

  #member(): JsonError | undefined {
    if (this.#peek() !== '"') return this.#error("a key in double quotes");
    if (!this.#take(string)) return this.#error("a key without bare line breaks or unknown escapes");
    if (this.#peek() !== ":") return this.#error('":" after the key');
    this.#offset++;
    return this.#value();
  }

  #list(end: string, item: () => JsonError | undefined): JsonError | undefined {
    this.#offset++;
    if (this.#peek() === end) {
      this.#offset++;
      return undefined;
    }
    for (;;) {
      const error = item();
      if (error !== undefined) return error;
      const following = this.#peek();
      if (following !== "," && following !== end) return this.#error(`"," or "${end}"`);
      this.#offset++;
      if (following === end) return undefined;
    }
  }
}
