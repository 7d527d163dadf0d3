import { isJsonObject, type JsonObject } from "../json.ts";
import type { Context } from "./context.ts";
import { docTag, externalDocsTag, isDocKeyword, readRules, sortDocTags } from "./docs.ts";
import type { DocTag, JsonValue } from "./structural-schema.ts";

/** The keywords of one schema node, each checked for its type; absent and null are the same, as in Kubernetes' Go types. */
export interface Keywords {
  type: string | undefined;
  description: string;
  nullable: boolean;
  default: JsonValue | undefined;
  properties: JsonObject | undefined;
  required: readonly string[];
  additionalProperties: boolean | JsonObject | undefined;
  items: JsonObject | undefined;
  enum: readonly unknown[] | undefined;
  oneOf: readonly JsonObject[] | undefined;
  anyOf: readonly JsonObject[] | undefined;
  allOf: readonly JsonObject[] | undefined;
  not: JsonObject | undefined;
  intOrString: boolean;
  preserveUnknown: boolean;
  embedded: boolean;
  listType: string | undefined;
  listMapKeys: readonly string[];
  mapType: string | undefined;
  immutable: boolean;
  tags: DocTag[];
}

/** Reads every keyword of a node; one that is unknown is reported as lost, one of the wrong type as an error. */
export function readKeywords(raw: JsonObject, context: Context): Keywords {
  const keywords = emptyKeywords();
  const later: DocTag[] = [];
  for (const keyword in raw) {
    const value = raw[keyword];
    if (value === null || value === undefined) continue;
    if (isDocKeyword(keyword)) {
      const tag = docTag(keyword, value, context);
      if (tag !== undefined) keywords.tags.push(tag);
      if (keyword === "default") keywords.default = value as JsonValue;
    } else if (keyword === "externalDocs") {
      const tag = externalDocsTag(value, context);
      if (tag !== undefined) later.push(tag);
    } else if (keyword === "x-kubernetes-validations") {
      const rules = readRules(value, context);
      later.push(...rules.tags);
      keywords.immutable = rules.immutable;
    } else if (!readStructure(keywords, keyword, { value, context })) {
      context.loss("lost", `keyword ${keyword}`, "nothing");
    }
  }
  sortDocTags(keywords.tags);
  later.sort((left, right) => Number(left.name === "rule") - Number(right.name === "rule"));
  keywords.tags.push(...later);
  return keywords;
}

function emptyKeywords(): Keywords {
  return {
    type: undefined,
    description: "",
    nullable: false,
    default: undefined,
    properties: undefined,
    required: [],
    additionalProperties: undefined,
    items: undefined,
    enum: undefined,
    oneOf: undefined,
    anyOf: undefined,
    allOf: undefined,
    not: undefined,
    intOrString: false,
    preserveUnknown: false,
    embedded: false,
    listType: undefined,
    listMapKeys: [],
    mapType: undefined,
    immutable: false,
    tags: [],
  };
}

interface Found {
  readonly value: unknown;
  readonly context: Context;
}

/** Reads a keyword that shapes the type; false where it is none of them. */
function readStructure(keywords: Keywords, keyword: string, found: Found): boolean {
  switch (keyword) {
    case "type":
      keywords.type = stringOf(keyword, found);
      return true;
    case "description":
      keywords.description = stringOf(keyword, found) ?? "";
      return true;
    case "nullable":
      keywords.nullable = booleanOf(keyword, found);
      return true;
    case "properties":
    case "items":
    case "not":
      keywords[keyword] = objectOf(keyword, found);
      return true;
    case "required":
      keywords.required = stringsOf(keyword, found);
      return true;
    case "additionalProperties":
      if (typeof found.value === "boolean" || isJsonObject(found.value)) keywords.additionalProperties = found.value;
      else found.context.wrongType([keyword], "an object, true or false", found.value);
      return true;
    case "enum":
      if (Array.isArray(found.value)) keywords.enum = found.value;
      else found.context.wrongType([keyword], "a list", found.value);
      return true;
    case "oneOf":
    case "anyOf":
    case "allOf":
      keywords[keyword] = objectsOf(keyword, found);
      return true;
    default:
      return readExtension(keywords, keyword, found);
  }
}

/** Reads the `x-kubernetes-*` keywords. */
function readExtension(keywords: Keywords, keyword: string, found: Found): boolean {
  switch (keyword) {
    case "x-kubernetes-int-or-string":
      keywords.intOrString = booleanOf(keyword, found);
      return true;
    case "x-kubernetes-preserve-unknown-fields":
      keywords.preserveUnknown = booleanOf(keyword, found);
      return true;
    case "x-kubernetes-embedded-resource":
      keywords.embedded = booleanOf(keyword, found);
      return true;
    case "x-kubernetes-list-type":
      keywords.listType = choiceOf(keyword, ["atomic", "set", "map"], found);
      return true;
    case "x-kubernetes-list-map-keys":
      keywords.listMapKeys = stringsOf(keyword, found);
      return true;
    case "x-kubernetes-map-type":
      keywords.mapType = choiceOf(keyword, ["granular", "atomic"], found);
      return true;
    default:
      return false;
  }
}

function stringOf(keyword: string, { value, context }: Found): string | undefined {
  if (typeof value === "string") return value;
  context.wrongType([keyword], "a string", value);
  return undefined;
}

function choiceOf(keyword: string, choices: readonly string[], { value, context }: Found): string | undefined {
  if (typeof value === "string" && choices.includes(value)) return value;
  context.wrongType([keyword], `${choices.slice(0, -1).join(", ")} or ${choices.at(-1)}`, value);
  return undefined;
}

function booleanOf(keyword: string, { value, context }: Found): boolean {
  if (typeof value !== "boolean") context.wrongType([keyword], "true or false", value);
  return value === true;
}

function objectOf(keyword: string, { value, context }: Found): JsonObject | undefined {
  if (isJsonObject(value)) return value;
  context.wrongType([keyword], "an object", value);
  return undefined;
}

function stringsOf(keyword: string, { value, context }: Found): readonly string[] {
  if (!Array.isArray(value)) {
    context.wrongType([keyword], "a list of strings", value);
    return [];
  }
  return value.filter((item: unknown, index): item is string => {
    if (typeof item === "string") return true;
    context.wrongType([keyword, index], "a string", item);
    return false;
  });
}

function objectsOf(keyword: string, { value, context }: Found): readonly JsonObject[] | undefined {
  if (!Array.isArray(value)) {
    context.wrongType([keyword], "a list of schemas", value);
    return undefined;
  }
  return value.filter((item: unknown, index): item is JsonObject => {
    if (isJsonObject(item)) return true;
    context.wrongType([keyword, index], "an object", item);
    return false;
  });
}
