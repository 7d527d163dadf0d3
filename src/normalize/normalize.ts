import { compareText, isJsonObject, type JsonObject, sortedJson } from "../json.ts";
import type { CustomResource, CustomResourceVersion } from "../parse/custom-resource.ts";
import { Context } from "./context.ts";
import { type Keywords, readKeywords } from "./keywords.ts";
import type {
  ArraySchema,
  Docs,
  DocTag,
  EnumSchema,
  JsonValue,
  Literal,
  MapSchema,
  ObjectSchema,
  Property,
  StructuralSchema,
  UnknownSchema,
} from "./structural-schema.ts";
import { exclusiveKeys, type SaidByType, scalarChoice, scalarType, valueRuleTags } from "./value-rules.ts";

/** Deeper schemas are refused: 38 levels are the most that was seen, and every stage recurses. */
const deepest = 250;

/** The schema of one version with what was found on the way. */
export interface NormalizedVersion {
  readonly schema: ObjectSchema;
  readonly context: Context;
}

/**
 * Turns one version's raw `openAPIV3Schema` into a {@link StructuralSchema}. The root is always an object; a version
 * without a schema is one that keeps every key. Rules: Kubernetes, "Extend the Kubernetes API with
 * CustomResourceDefinitions", specifying a structural schema.
 */
export function normalize(
  resource: CustomResource,
  version: CustomResourceVersion,
  listJsdoc: boolean,
): NormalizedVersion {
  const context = new Context(resource, version, listJsdoc);
  const raw = version.schema;
  if (raw === undefined) {
    context.loss("weaker", "no schema", "every key is kept, as unknown");
    return { schema: withoutSchema(), context };
  }
  if (!isJsonObject(raw)) {
    context.wrongType([], "an object", raw);
    return { schema: withoutSchema(), context };
  }
  const keywords = readKeywords(raw, context);
  if (keywords.type !== undefined && keywords.type !== "object") {
    context.wrongType(["type"], "object at the root of a kind", keywords.type);
  }
  const properties = normalizeProperties(keywords, context);
  const extra = keepsOtherKeys(keywords, context);
  const open = resource.preserveUnknownFields || keywords.preserveUnknown || extra;
  return { schema: objectSchema(keywords, { properties, open, root: true }, context), context };
}

function withoutSchema(): ObjectSchema {
  const docs = { description: "", tags: [] };
  const node = { docs, nullable: false, default: undefined, immutable: false, atomic: false, embedded: false };
  return { kind: "object", ...node, properties: [], open: true, exclusive: [] };
}

/** What a parent says of a node: on a list, preserve-unknown opens the items too. */
interface Inherited {
  readonly open: boolean;
}

const closed: Inherited = { open: false };

function normalizeNode(raw: JsonObject, inherited: Inherited, context: Context): StructuralSchema {
  const keywords = readKeywords(raw, context);
  if (context.path.length > deepest * 2) {
    context.error("schema-depth", [], `expected a schema of at most ${deepest} levels, got a deeper one; split it`);
    return unknownSchema(keywords, {}, context);
  }
  if (keywords.intOrString) {
    if (keywords.enum !== undefined) return enumSchema(keywords, ["string", "number"], context);
    return { kind: "int-or-string", ...node(keywords, {}, context) };
  }
  const type = keywords.type ?? impliedType(keywords, context);
  if (keywords.enum !== undefined && (type === "object" || type === "array")) {
    keywords.tags.push({ name: "enum", text: sortedJson(keywords.enum) });
  }
  if (type === "object") return normalizeObject(keywords, inherited, context);
  if (type === "array") return normalizeArray(keywords, inherited, context);
  if (type === undefined) return normalizeUntyped(keywords, inherited, context);
  const scalar = scalarType(type);
  if (scalar === undefined) {
    context.loss("weaker", `type ${JSON.stringify(type)}, which does not exist`, "unknown");
    return unknownSchema(keywords, {}, context);
  }
  if (keywords.enum !== undefined) return enumSchema(keywords, [scalar], context);
  return { kind: "scalar", type: scalar, ...node(keywords, {}, context) };
}

/** A node without `type` that has properties or items is meant as an object or a list, unless it has a choice of types. */
function impliedType(keywords: Keywords, context: Context): string | undefined {
  const branches = [...(keywords.oneOf ?? []), ...(keywords.anyOf ?? [])];
  if (branches.some((branch) => branch.type !== undefined)) return undefined;
  const isObject = keywords.properties !== undefined || keywords.embedded;
  const type = isObject ? "object" : keywords.items !== undefined ? "array" : undefined;
  if (type === undefined) return undefined;
  // The server takes any value where unknown fields are preserved; without that it takes no such schema, so this is a file.
  context.loss("weaker", "no type", keywords.preserveUnknown ? "unknown" : `taken as type ${type}`);
  return keywords.preserveUnknown ? undefined : type;
}

function normalizeUntyped(keywords: Keywords, inherited: Inherited, context: Context): StructuralSchema {
  if (keywords.enum !== undefined) return enumSchema(keywords, ["string", "number", "boolean"], context);
  const anyOf = scalarChoice(keywords.anyOf);
  const types = anyOf ?? scalarChoice(keywords.oneOf);
  if (types !== undefined) {
    const branches = (anyOf === undefined ? keywords.oneOf : keywords.anyOf) ?? [];
    const saidByType = branches.every((branch) => Object.keys(branch).length === 1);
    const said = anyOf === undefined ? { oneOf: saidByType } : { anyOf: saidByType };
    return { kind: "scalar-union", types, ...node(keywords, said, context) };
  }
  if (keywords.additionalProperties !== undefined) return normalizeObject(keywords, inherited, context);
  if (!keywords.preserveUnknown && !inherited.open) context.loss("weaker", "no type", "unknown");
  return unknownSchema(keywords, {}, context);
}

function normalizeObject(keywords: Keywords, inherited: Inherited, context: Context): StructuralSchema {
  const { additionalProperties } = keywords;
  const preserve = inherited.open || keywords.preserveUnknown || context.resource.preserveUnknownFields;
  const properties = normalizeProperties(keywords, context);
  const bare = properties.length === 0 && !keywords.embedded;
  if (bare && isJsonObject(additionalProperties)) return mapSchema(keywords, additionalProperties, context);
  if (bare && additionalProperties === true) {
    context.loss(
      "weaker",
      "additionalProperties: true",
      "Record<string, unknown>; objects inside the values are pruned",
    );
    return { kind: "map", values: anything(), atomic: keywords.mapType === "atomic", ...node(keywords, {}, context) };
  }
  const extra = keepsOtherKeys(keywords, context);
  if (bare && !preserve && keywords.required.length === 0) return { kind: "empty", ...node(keywords, {}, context) };
  return objectSchema(keywords, { properties, open: preserve || extra, root: false }, context);
}

/** Whether `additionalProperties` beside properties keeps keys that these do not name. */
function keepsOtherKeys({ additionalProperties }: Keywords, context: Context): boolean {
  const extra = additionalProperties === true || isJsonObject(additionalProperties);
  if (extra) context.loss("weaker", "additionalProperties beside properties", "[key: string]: unknown");
  return extra;
}

/** A value of which nothing is known and which says nothing of itself. */
function anything(): UnknownSchema {
  const docs: Docs = { description: "", tags: [] };
  return { kind: "unknown", docs, nullable: false, default: undefined, immutable: false };
}

/** What a closed object requires and does not declare: it is pruned before it is looked for, so that no value is right. */
function nothing(): EnumSchema {
  const description = "Required, but not declared: the API server drops it, and then accepts no such object.";
  const docs: Docs = { description, tags: [] };
  return { kind: "enum", values: [], docs, nullable: false, default: undefined, immutable: false };
}

interface ObjectContent {
  readonly properties: readonly Property[];
  readonly open: boolean;
  readonly root: boolean;
}

/** Every resource has these, at the root and embedded, whether or not its schema declares them. */
const ofEveryResource = new Set(["apiVersion", "kind", "metadata"]);

function objectSchema(keywords: Keywords, content: ObjectContent, context: Context): ObjectSchema {
  const declared = keywords.properties ?? {};
  const undeclared = keywords.required.filter((key) => !Object.hasOwn(declared, key));
  const properties = [...content.properties];
  for (const key of new Set(undeclared)) {
    if (ofEveryResource.has(key) && (content.root || keywords.embedded)) {
      if (keywords.embedded && key === "metadata") properties.push({ key, required: true, schema: anything() });
    } else if (content.open) properties.push({ key, required: true, schema: anything() });
    else {
      context.loss("weaker", `required key ${JSON.stringify(key)}, which has no property`, "never");
      properties.push({ key, required: true, schema: nothing() });
    }
  }
  if (undeclared.length > 0) properties.sort((left, right) => compareText(left.key, right.key));
  // The root stays an interface, so that its name can be extended: there the comment says it.
  const exclusive = content.root ? [] : exclusiveKeys(keywords, content.properties);
  return {
    kind: "object",
    properties,
    open: content.open,
    atomic: keywords.mapType === "atomic",
    embedded: keywords.embedded,
    exclusive,
    ...node(keywords, { oneOf: exclusive.length > 0 }, context),
  };
}

function normalizeProperties(keywords: Keywords, context: Context): Property[] {
  const { properties } = keywords;
  if (properties === undefined) return [];
  const required = new Set(keywords.required);
  const normalized: Property[] = [];
  context.path.push("properties");
  // Without a comparison, sort() goes by UTF-16 code units: the order of compareText.
  for (const key of Object.keys(properties).sort()) {
    const raw = properties[key] ?? {};
    context.path.push(key);
    if (isJsonObject(raw)) {
      normalized.push({ key, required: required.has(key), schema: normalizeNode(raw, closed, context) });
    } else {
      context.wrongType([], "a schema", raw);
    }
    context.path.pop();
  }
  context.path.pop();
  return normalized;
}

function mapSchema(keywords: Keywords, values: JsonObject, context: Context): MapSchema {
  context.path.push("additionalProperties");
  const schema = normalizeNode(values, closed, context);
  context.path.pop();
  const tags: DocTag[] = keywords.required.map((key) => ({ name: "required", text: key }));
  for (const { text } of tags) context.saidInJsdoc("required", text);
  const common = node(keywords, {}, context);
  const docs = tags.length === 0 ? common.docs : { ...common.docs, tags: [...common.docs.tags, ...tags] };
  return { kind: "map", values: schema, atomic: keywords.mapType === "atomic", ...common, docs };
}

function normalizeArray(keywords: Keywords, inherited: Inherited, context: Context): ArraySchema {
  let items: StructuralSchema = anything();
  if (keywords.items === undefined) {
    context.loss("weaker", "list without items", "unknown[]");
  } else {
    const open = inherited.open || keywords.preserveUnknown;
    context.path.push("items");
    items = normalizeNode(keywords.items, { open }, context);
    context.path.pop();
  }
  if (keywords.listType === "set") keywords.tags.push({ name: "listType", text: "set" });
  return { kind: "array", items, mapKeys: mapKeys(keywords, items, context), ...node(keywords, {}, context) };
}

/** The keys of a keyed list, where its items are objects that have them. */
function mapKeys(keywords: Keywords, items: StructuralSchema, context: Context): readonly string[] {
  if (keywords.listType !== "map") return [];
  const declared = items.kind === "object" ? new Set(items.properties.map(({ key }) => key)) : new Set<string>();
  const known = keywords.listMapKeys.filter((key) => declared.has(key));
  if (known.length > 0 && known.length === keywords.listMapKeys.length && !items.nullable) return [...new Set(known)];
  context.loss("weaker", "list-type map whose items are no objects with all of its keys", "an ordinary list");
  return [];
}

function enumSchema(keywords: Keywords, types: readonly string[], context: Context): EnumSchema {
  const wholeOnly = keywords.type === "integer" && !keywords.intOrString;
  const values = new Set<Literal>();
  for (const value of keywords.enum ?? []) {
    if (typeof value === "number" && wholeOnly && !Number.isInteger(value)) continue;
    if (types.includes(typeof value)) values.add(value as Literal);
  }
  if (values.size === 0) context.loss("weaker", "enum without a value that its type allows", "never");
  return { kind: "enum", values: [...values], ...node(keywords, {}, context), nullable: false };
}

function unknownSchema(keywords: Keywords, said: SaidByType, context: Context): UnknownSchema {
  return { kind: "unknown", ...node(keywords, said, context) };
}

interface NodeFields {
  readonly docs: Docs;
  readonly nullable: boolean;
  readonly default: JsonValue | undefined;
  readonly immutable: boolean;
}

/** What every node has, with the tags of everything that its type does not say. */
function node(keywords: Keywords, said: SaidByType, context: Context): NodeFields {
  const { tags } = keywords;
  for (const { name, text } of tags) context.saidInJsdoc(name, text);
  if (keywords.type === "integer" && !keywords.intOrString && keywords.enum === undefined) addInteger(tags, context);
  if (keywords.oneOf !== undefined || keywords.anyOf !== undefined || keywords.allOf !== undefined || keywords.not) {
    tags.push(...valueRuleTags(keywords, said, context));
  }
  const { nullable, immutable, description } = keywords;
  return { docs: { description, tags }, nullable, default: keywords.default, immutable };
}

/** TypeScript has no whole numbers; the formats int32 and int64 say it already. */
function addInteger(tags: DocTag[], context: Context): void {
  if (tags.some(({ name, text }) => name === "format" && (text === "int32" || text === "int64"))) return;
  tags.unshift({ name: "integer", text: "" });
  context.saidInJsdoc("integer", "");
}
