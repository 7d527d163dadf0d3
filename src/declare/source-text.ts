import { sortedJson } from "../json.ts";

/**
 * The only ways in which a text of a CustomResourceDefinition reaches generated code: as a string literal, as a property
 * key, inside a comment, or as JSON in a template literal. Names of types come from the model, which makes identifiers of them.
 */

/** Line separators, control and bidirectional characters: the first end a literal in old parsers, the others deceive a reader. */
const unsafeInLiterals = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** A double-quoted string literal. */
export function stringLiteral(text: string): string {
  return JSON.stringify(text).replace(unsafeInLiterals, unicodeEscape);
}

/** What ends a template literal, and what begins an expression or an escape in one. */
const specialInTemplates = /[\\`]|\$(?=\{)/g;

/** A template literal whose text is the JSON of a value, its keys sorted and each value on a line of its own. */
export function jsonLiteral(value: unknown): string {
  const text = sortedJson(value, 1).replace(unsafeInLiterals, unicodeEscape);
  return `\`${text.replace(specialInTemplates, "\\$&")}\``;
}

const plainKey = /^[A-Za-z_$][\w$]*$/;

/** A property name of a type: as it is where it is a plain ASCII identifier, else quoted. */
export function propertyKey(key: string): string {
  return plainKey.test(key) ? key : stringLiteral(key);
}

/**
 * What a comment cannot hold as it is: its own end, the beginning of a tag, and what no reader could see. To TypeScript
 * a zero-width space is a space, behind which a tag may begin.
 */
const unsafeInComments =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  /\*(?=\/)|(?<![^\s{])@|[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Whether a text may hold something unsafe; most are printable ASCII, and the search for the exact places takes longer. */
const mayBeUnsafe = /[^\n\x20-\x3f\x41-\x7e]|\*\//;

function escapeInComment(match: string): string {
  if (match === "*") return "*\\";
  if (match === "@") return "\\@";
  return unicodeEscape(match);
}

/** The lines of a text inside a comment; blank lines at both ends are dropped, as are blanks at the ends of lines. */
export function commentLines(text: string): readonly string[] {
  const safe = mayBeUnsafe.test(text) ? text.replaceAll("\r\n", "\n").replace(unsafeInComments, escapeInComment) : text;
  if (!safe.includes("\n")) {
    const line = safe.trim();
    return line === "" ? [] : [line];
  }
  const lines = safe.split("\n").map((line) => line.trimEnd());
  while (lines.at(-1) === "") lines.pop();
  let first = 0;
  while (lines[first] === "") first += 1;
  return first === 0 ? lines : lines.slice(first);
}
