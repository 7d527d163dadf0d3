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

/** Reads the value of one keyword. */
type Reader = (keywords: Keywords, value: unknown, context: Context) => void;

/** How each keyword is read that shapes a type; those that only a comment can say are in `docs.ts`. */
const readers: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  [
    "type",
    (keywords, value, context) => {
      keywords.type = stringOf("type", value, context);
    },
  ],
  [
    "description",
    (keywords, value, context) => {
      keywords.description = stringOf("description", value, context) ?? "";
    },
  ],
  [
    "nullable",
    (keywords, value, context) => {
      keywords.nullable = booleanOf("nullable", value, context);
    },
  ],
  [
    "properties",
    (keywords, value, context) => {
      keywords.properties = objectOf("properties", value, context);
    },
  ],
  [
    "items",
    (keywords, value, context) => {
      keywords.items = objectOf("items", value, context);
    },
  ],
  [
    "not",
    (keywords, value, context) => {
      keywords.not = objectOf("not", value, context);
    },
  ],
  [
    "required",
    (keywords, value, context) => {
      keywords.required = stringsOf("required", value, context);
    },
  ],
  [
    "additionalProperties",
    (keywords, value, context) => {
      if (typeof value === "boolean" || isJsonObject(value)) keywords.additionalProperties = value;
      else context.wrongType(["additionalProperties"], "an object, true or false", value);
    },
  ],
  [
    "enum",
    (keywords, value, context) => {
      if (Array.isArray(value)) keywords.enum = value;
      else context.wrongType(["enum"], "a list", value);
    },
  ],
  [
    "oneOf",
    (keywords, value, context) => {
      keywords.oneOf = objectsOf("oneOf", value, context);
    },
  ],
  [
    "anyOf",
    (keywords, value, context) => {
      keywords.anyOf = objectsOf("anyOf", value, context);
    },
  ],
  [
    "allOf",
    (keywords, value, context) => {
      keywords.allOf = objectsOf("allOf", value, context);
    },
  ],
  [
    "x-kubernetes-int-or-string",
    (keywords, value, context) => {
      keywords.intOrString = booleanOf("x-kubernetes-int-or-string", value, context);
    },
  ],
  [
    "x-kubernetes-preserve-unknown-fields",
    (keywords, value, context) => {
      keywords.preserveUnknown = booleanOf("x-kubernetes-preserve-unknown-fields", value, context);
    },
  ],
  [
    "x-kubernetes-embedded-resource",
    (keywords, value, context) => {
      keywords.embedded = booleanOf("x-kubernetes-embedded-resource", value, context);
    },
  ],
  [
    "x-kubernetes-list-type",
    (keywords, value, context) => {
      keywords.listType = oneOf(listTypes, { keyword: "x-kubernetes-list-type", value }, context);
    },
  ],
  [
    "x-kubernetes-list-map-keys",
    (keywords, value, context) => {
      keywords.listMapKeys = stringsOf("x-kubernetes-list-map-keys", value, context);
    },
  ],
  [
    "x-kubernetes-map-type",
    (keywords, value, context) => {
      keywords.mapType = oneOf(mapTypes, { keyword: "x-kubernetes-map-type", value }, context);
    },
  ],
]);

const listTypes = ["atomic", "set", "map"];
const mapTypes = ["granular", "atomic"];

/** Reads every keyword of a node; one that is unknown is reported as lost, one of the wrong type as an error. */
export function readKeywords(raw: JsonObject, context: Context): Keywords {
  const keywords = emptyKeywords();
  const last: DocTag[] = [];
  for (const keyword in raw) {
    const value = raw[keyword];
    if (value === null || value === undefined) continue;
    const reader = readers.get(keyword);
    if (reader !== undefined) reader(keywords, value, context);
    else if (isDocKeyword(keyword)) readDocKeyword(keywords, { keyword, value }, context);
    else if (keyword === "x-kubernetes-validations") {
      const rules = readRules(value, context);
      last.push(...rules.tags);
      keywords.immutable = rules.immutable;
    } else if (keyword === "externalDocs") {
      const tag = externalDocsTag(value, context);
      if (tag !== undefined) last.unshift(tag);
    } else context.loss("lost", `keyword ${keyword}`, "nothing");
  }
  sortDocTags(keywords.tags);
  if (last.length > 0) keywords.tags.push(...last);
  return keywords;
}

interface Found {
  readonly keyword: string;
  readonly value: unknown;
}

function readDocKeyword(keywords: Keywords, { keyword, value }: Found, context: Context): void {
  const tag = docTag(keyword, value, context);
  if (tag !== undefined) keywords.tags.push(tag);
  if (keyword === "default") keywords.default = value as JsonValue;
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

function stringOf(keyword: string, value: unknown, context: Context): string | undefined {
  if (typeof value === "string") return value;
  context.wrongType([keyword], "a string", value);
  return undefined;
}

function oneOf(choices: readonly string[], { keyword, value }: Found, context: Context): string | undefined {
  if (typeof value === "string" && choices.includes(value)) return value;
  context.wrongType([keyword], `${choices.slice(0, -1).join(", ")} or ${choices.at(-1)}`, value);
  return undefined;
}

function booleanOf(keyword: string, value: unknown, context: Context): boolean {
  if (typeof value !== "boolean") context.wrongType([keyword], "true or false", value);
  return value === true;
}

function objectOf(keyword: string, value: unknown, context: Context): JsonObject | undefined {
  if (isJsonObject(value)) return value;
  context.wrongType([keyword], "an object", value);
  return undefined;
}

function stringsOf(keyword: string, value: unknown, context: Context): readonly string[] {
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

function objectsOf(keyword: string, value: unknown, context: Context): readonly JsonObject[] | undefined {
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
