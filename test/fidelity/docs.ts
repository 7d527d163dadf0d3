import ts from "typescript-5.9";
import { ruleTexts } from "./definition.ts";
import { isRecord, listOf, type RawSchema, sameJson } from "./raw-schema.ts";

/** The comments of a declaration as the compiler delimits them, un-escaped. */
export interface Comment {
  /** The description, white space collapsed. */
  readonly description: string;
  /** Every tag by its name; texts with white space collapsed. */
  readonly tags: readonly { readonly name: string; readonly text: string }[];
  /** Description and tags together, for rule messages and links. */
  readonly whole: string;
  /** A description may stand anywhere in the comment, as that of an array's items does. */
  readonly loose?: boolean;
}

function unescapeText(text: string): string {
  return text
    .replaceAll("*\\/", "*/")
    .replaceAll("\\@", "@")
    .replaceAll(/\\u([0-9a-fA-F]{4})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

// Control characters and the Unicode line ends are blanks to a reader, whether they stand escaped or not.
const blanks = /[\s\p{Cc}]+/gu;

/** A text as comments are compared: un-escaped, white space collapsed. */
function comparable(text: string): string {
  return unescapeText(text).replaceAll(blanks, " ").trim();
}

/** The text between two places of a comment, without its frame of stars. */
function unframed(source: string): string {
  return source
    .replace(/^\/\*\*/, "")
    .replace(/\*\/\s*$/, "")
    .replaceAll(/\n[ \t]*\* ?/g, "\n")
    .replace(/\n[ \t]*\*?$/, "\n");
}

function commentOf(comment: ts.JSDoc, file: ts.SourceFile): Comment {
  const tags = comment.tags ?? [];
  const starts = [...tags.map((tag) => tag.getStart(file)), comment.end];
  const texts = starts.map((start, index) => unframed(file.text.slice(starts[index - 1] ?? comment.pos, start)));
  const [description = "", ...tagTexts] = texts;
  return {
    description: comparable(description),
    tags: tags.map((tag, index) => {
      const name = tag.tagName.text;
      return { name, text: comparable((tagTexts[index] ?? "").slice(1 + name.length)) };
    }),
    whole: comparable(texts.join(" ")),
  };
}

/** The JSDoc comments that stand at a declaration. */
export function commentsAt(declaration: ts.Node): readonly Comment[] {
  const file = declaration.getSourceFile();
  return ts
    .getJSDocCommentsAndTags(declaration)
    .filter(ts.isJSDoc)
    .map((comment) => commentOf(comment, file));
}

const numberKeywords = [
  "minimum", "maximum", "multipleOf", "minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties",
] as const; // biome-ignore format: one table
const textKeywords = ["pattern", "format"] as const;
const flagKeywords = ["exclusiveMinimum", "exclusiveMaximum", "uniqueItems"] as const;
const jsonKeywords = ["default", "example"] as const;

/** Something that a comment should say and does not. */
export interface Unsaid {
  readonly rule: "description" | "default" | "constraint" | "message";
  readonly keyword: string;
  readonly message: string;
}

function tagTexts(comments: readonly Comment[], name: string): readonly string[] {
  return comments.flatMap((comment) => comment.tags.filter((tag) => tag.name === name).map((tag) => tag.text));
}

function saysJson(text: string, value: unknown): boolean {
  try {
    if (sameJson(JSON.parse(text), value)) return true;
  } catch {
    // Not JSON once un-escaped: compare the texts.
  }
  return text === comparable(JSON.stringify(value)) || text === value;
}

function saysKeyword(keyword: string, value: unknown, text: string): boolean {
  if ((flagKeywords as readonly string[]).includes(keyword)) return true;
  if ((numberKeywords as readonly string[]).includes(keyword)) return text !== "" && Number(text) === Number(value);
  if ((textKeywords as readonly string[]).includes(keyword)) return text === comparable(String(value));
  return saysJson(text, value);
}

/** The keywords of a node that comments are to say, with their values. */
export function saidKeywords(node: RawSchema): readonly (readonly [string, unknown])[] {
  const valued = [...numberKeywords, ...textKeywords, ...jsonKeywords].filter(
    (keyword) => node[keyword] !== undefined && node[keyword] !== null && node[keyword] !== "",
  );
  const flags = flagKeywords.filter((keyword) => node[keyword] !== undefined && node[keyword] !== false);
  return [...valued, ...flags].map((keyword) => [keyword, node[keyword]] as const);
}

function unsaidTexts(comments: readonly Comment[], node: RawSchema): readonly Unsaid[] {
  const found: Unsaid[] = [];
  const says = (text: string): boolean => comments.some((comment) => comment.whole.includes(comparable(text)));
  const { description } = node;
  if (typeof description === "string") {
    const wanted = comparable(description);
    const said =
      wanted === "" ||
      comments.some(({ description: text, whole, loose }) =>
        loose === true ? whole.includes(wanted) : text.startsWith(wanted),
      );
    if (!said) {
      found.push({
        rule: "description",
        keyword: "description",
        message: `wanted ${JSON.stringify(wanted.slice(0, 80))}`,
      });
    }
  }
  for (const text of ruleTexts(node)) {
    if (!says(text)) found.push({ rule: "message", keyword: "x-kubernetes-validations", message: `wanted ${text}` });
  }
  const link = isRecord(node.externalDocs) ? node.externalDocs.url : undefined;
  if (typeof link === "string" && !says(link)) {
    found.push({ rule: "constraint", keyword: "externalDocs", message: `wanted ${link}` });
  }
  return found;
}

/** What a node says beyond its type and its comments do not say. */
export function unsaid(comments: readonly Comment[], node: RawSchema): readonly Unsaid[] {
  const found = [...unsaidTexts(comments, node)];
  for (const [keyword, value] of saidKeywords(node)) {
    // Without its bound, an exclusive bound is the same tag as an inclusive one.
    const exclusive = `exclusive${keyword.slice(0, 1).toUpperCase()}${keyword.slice(1)}`;
    const texts = [...tagTexts(comments, keyword), ...(node[exclusive] === true ? tagTexts(comments, exclusive) : [])];
    if (texts.some((text) => saysKeyword(keyword, value, text))) continue;
    const rule = keyword === "default" ? "default" : "constraint";
    const got = texts.length === 0 ? "nothing" : texts.map((text) => JSON.stringify(text)).join(", ");
    found.push({ rule, keyword, message: `wanted @${keyword} ${JSON.stringify(value)}, got ${got}` });
  }
  return found;
}

/** The logical keywords of a node, each with its branches. */
export function logicalKeywords(node: RawSchema): readonly (readonly [string, readonly RawSchema[]])[] {
  return (["allOf", "anyOf", "oneOf", "not"] as const).flatMap((keyword) => {
    const value = node[keyword];
    if (value === undefined || value === null) return [];
    const branches = keyword === "not" ? [value].filter(isRecord) : listOf(node, keyword).filter(isRecord);
    return branches.length > 0 ? [[keyword, branches] as const] : [];
  });
}
