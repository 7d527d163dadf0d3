import { readFileSync } from "node:fs";
import * as path from "node:path";
import { type Node, parseTree } from "jsonc-parser";
import { describeJson, isJsonObject, type JsonObject } from "../../json.ts";
import { parseJson } from "../../read/json.ts";
import { TextPositions } from "../../read/text-position.ts";
import { UsageError } from "../usage-error.ts";

/** The package.json of a folder, as it stands on the disk. */
export interface PackageJson {
  /** Its absolute path. */
  readonly file: string;
  /** All of it, a byte order mark included. */
  readonly text: string;
  readonly content: JsonObject;
}

/** How a JSON text is laid out, as far as a text beside it has to look alike. */
export interface Layout {
  /** One level of indentation. */
  readonly indent: string;
  readonly lineEnd: "\n" | "\r\n";
}

const remedy = "mend it and run crd-gen init again";

/**
 * Reads the package.json of a folder; undefined where there is none.
 *
 * @throws UsageError where it cannot be read, is not JSON or not an object, or its scripts are not an object.
 */
export function readPackageJson(folder: string): PackageJson | undefined {
  const file = path.join(folder, "package.json");
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw new UsageError(`package.json: cannot be read: ${error instanceof Error ? error.message : error}`, error);
  }
  const json = withoutMark(text);
  const parsed = parseJson(json);
  if ("error" in parsed) {
    const { line, column } = new TextPositions(json).at(parsed.error.offset);
    throw new UsageError(`package.json:${line}:${column}: not valid JSON: ${parsed.error.message}; ${remedy}`);
  }
  const content = parsed.tree;
  if (!isJsonObject(content)) {
    throw new UsageError(`package.json: expected an object, got ${describeJson(content)}; ${remedy}`);
  }
  if (content.scripts !== undefined && !isJsonObject(content.scripts)) {
    throw new UsageError(
      `package.json: scripts: expected an object of texts, got ${describeJson(content.scripts)}; ${remedy}`,
    );
  }
  return { file, text, content };
}

/** The layout of a JSON text; two spaces and a line feed where it says nothing. */
export function layoutOf(text: string): Layout {
  const [, indent] = /^([ \t]+)"/m.exec(text) ?? [];
  return { indent: indent ?? "  ", lineEnd: text.includes("\r\n") ? "\r\n" : "\n" };
}

/**
 * Adds a script behind the others of a package.json that `readPackageJson` has accepted. Text is put in at one place and
 * laid out as what stands beside it is; nothing else of the text changes.
 */
export function withScript(text: string, name: string, command: string): string {
  const mark = text.length - withoutMark(text).length;
  const json = text.slice(mark);
  const root = parseTree(json);
  if (root === undefined) throw new Error("expected the text of a package.json");
  const layout = layoutOf(json);
  const scripts = findLast(root, "scripts");
  const colon = colonOf(json, scripts?.children?.length ? scripts : root);
  const member = `${JSON.stringify(name)}${colon}${JSON.stringify(command)}`;
  const newScripts = (broken: boolean): string => {
    const [inside, end] = broken ? breaks(layout, 2) : [paddingOf(json, root), paddingOf(json, root)];
    return `"scripts"${colon}{${inside}${member}${end}}`;
  };
  const addition =
    scripts === undefined
      ? memberAt(json, root, { depth: 1, layout, memberFor: newScripts })
      : memberAt(json, scripts, { depth: 2, layout, memberFor: () => member });
  const before = json.slice(0, addition.offset);
  return `${text.slice(0, mark)}${before}${addition.text}${json.slice(addition.offset + addition.length)}`;
}

interface Addition {
  readonly offset: number;
  /** How much white space the text takes the place of. */
  readonly length: number;
  readonly text: string;
}

interface Member {
  /** How many levels the members of the object are indented. */
  readonly depth: number;
  readonly layout: Layout;
  /** The text of the new member; `broken` says whether the object's members stand on lines of their own. */
  readonly memberFor: (broken: boolean) => string;
}

function memberAt(json: string, object: Node, { depth, layout, memberFor }: Member): Addition {
  const last = object.children?.at(-1);
  if (last !== undefined) {
    // What stands before the last member goes before the new one too: a line break and its indentation, a space, or nothing.
    const [space = ""] = /[\t\n\r ]*$/.exec(json.slice(0, last.offset)) ?? [];
    const lineBreak = space.lastIndexOf("\n");
    const separator = lineBreak < 0 ? space : `${layout.lineEnd}${space.slice(lineBreak + 1)}`;
    return { offset: last.offset + last.length, length: 0, text: `,${separator}${memberFor(lineBreak >= 0)}` };
  }
  // An empty object on one line with others stays on it; alone or on lines of its own it gets them.
  const broken = object.parent === undefined || json.slice(0, object.offset).includes("\n");
  const [inside, end] = broken ? breaks(layout, depth) : ["", ""];
  const text = `${inside}${memberFor(broken)}${end}`;
  return { offset: object.offset + 1, length: object.length - 2, text };
}

/** What stands before the members of an object at this depth, and behind them, where they have lines of their own. */
function breaks({ indent, lineEnd }: Layout, depth: number): readonly [inside: string, end: string] {
  return [`${lineEnd}${indent.repeat(depth)}`, `${lineEnd}${indent.repeat(depth - 1)}`];
}

/** The white space that an object on one line has inside of its braces. */
function paddingOf(json: string, object: Node): string {
  return json.slice(object.offset + 1, object.children?.[0]?.offset ?? object.offset + 1);
}

/** What stands between the names and the values of an object: a colon, and a space or none. */
function colonOf(json: string, object: Node): string {
  const [key, value] = object.children?.at(-1)?.children ?? [];
  return key === undefined || value === undefined ? ": " : json.slice(key.offset + key.length, value.offset);
}

/** The value of a member; of several of one name the last counts, as it does for JSON.parse. */
function findLast(object: Node, name: string): Node | undefined {
  const members = object.children?.filter(({ children }) => children?.[0]?.value === name) ?? [];
  return members.at(-1)?.children?.[1];
}

function withoutMark(text: string): string {
  return text.startsWith("\uFEFF") ? text.slice(1) : text;
}
