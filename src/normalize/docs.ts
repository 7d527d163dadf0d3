import { isJsonObject, type JsonObject, sortedJson } from "../json.ts";
import type { Context } from "./context.ts";
import type { DocTag } from "./structural-schema.ts";

type ValueType = "number" | "string" | "boolean" | "json" | "size";

/** Keywords that only a comment can say, with the type of their value, in the order in which the comment has them. */
const docKeywords: Readonly<Record<string, ValueType>> = {
  title: "string",
  minimum: "number",
  exclusiveMinimum: "boolean",
  maximum: "number",
  exclusiveMaximum: "boolean",
  multipleOf: "number",
  minLength: "size",
  maxLength: "size",
  pattern: "string",
  format: "string",
  minItems: "size",
  maxItems: "size",
  uniqueItems: "boolean",
  minProperties: "size",
  maxProperties: "size",
  default: "json",
  example: "json",
};

const order = new Map(Object.keys(docKeywords).map((keyword, index) => [keyword, index]));

/** Whether a keyword is one of those that only a comment can say. */
export function isDocKeyword(keyword: string): boolean {
  return order.has(keyword);
}

/** Reads one such keyword; undefined where it says nothing (`uniqueItems: false`) or is of the wrong type, which is reported. */
export function docTag(keyword: string, value: unknown, context: Context): DocTag | undefined {
  switch (docKeywords[keyword]) {
    case "json":
      return { name: keyword, text: sortedJson(value) };
    case "string":
      if (typeof value === "string") return { name: keyword, text: value };
      context.wrongType([keyword], "a string", value);
      return undefined;
    case "boolean":
      if (typeof value !== "boolean") context.wrongType([keyword], "true or false", value);
      return value === true ? { name: keyword, text: "" } : undefined;
    case "size":
      if (typeof value === "number" && Number.isInteger(value)) return { name: keyword, text: String(value) };
      context.wrongType([keyword], "a whole number", value);
      return undefined;
    default:
      if (typeof value === "number") return { name: keyword, text: String(value) };
      context.wrongType([keyword], "a number", value);
      return undefined;
  }
}

/** Puts tags into their fixed order; all have names of {@link isDocKeyword}. */
export function sortDocTags(tags: DocTag[]): void {
  if (tags.length > 1) tags.sort((left, right) => (order.get(left.name) ?? 0) - (order.get(right.name) ?? 0));
}

/** `externalDocs` as a `@see` tag. */
export function externalDocsTag(value: unknown, context: Context): DocTag | undefined {
  if (!isJsonObject(value)) {
    context.wrongType(["externalDocs"], "an object", value);
    return undefined;
  }
  const text = [value.url, value.description].filter((part) => typeof part === "string" && part !== "").join(" ");
  if (text === "") return undefined;
  // TypeScript reads a word behind @see as a name, and what follows as code: a comment begun there hides the next tags.
  return { name: "see", text: /^https?:\/\//.test(text) ? text : `- ${text}` };
}

/** The rules of `x-kubernetes-validations`, and whether one of them forbids every change. */
export interface Rules {
  readonly tags: readonly DocTag[];
  readonly immutable: boolean;
}

const forbidsChange = new Set(["self==oldSelf", "oldSelf==self"]);

/** Reads the CEL rules of a node: each is said by its message or, where it has none, by itself. */
export function readRules(value: unknown, context: Context): Rules {
  const keyword = "x-kubernetes-validations";
  const tags: DocTag[] = [];
  let immutable = false;
  if (!Array.isArray(value)) {
    context.wrongType([keyword], "a list of rules", value);
    return { tags, immutable };
  }
  value.forEach((entry: unknown, index) => {
    if (!isJsonObject(entry)) {
      context.wrongType([keyword, index], "an object", entry);
    } else if (typeof entry.rule !== "string") {
      context.wrongType([keyword, index, "rule"], "a string", entry.rule);
    } else {
      immutable ||= forbidsChange.has(entry.rule.replaceAll(/\s/g, ""));
      tags.push({ name: "rule", text: ruleText(entry, entry.rule) });
    }
  });
  return { tags, immutable };
}

function ruleText(entry: JsonObject, rule: string): string {
  return typeof entry.message === "string" && entry.message !== "" ? entry.message : rule;
}
