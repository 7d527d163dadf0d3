import { entriesOf, isRecord, listOf, type RawSchema, stringsOf } from "../fidelity/raw-schema.ts";
import type { Json } from "./json.ts";
import { metadataSamples, metadataSchema } from "./metadata.ts";

interface NodeBase {
  /** Where it stands below the root of its schema, as `.spec.ports[].name`; `{}` is any key of a map. */
  readonly path: string;
  /** A null is kept. Never beside an enum, which the server holds null to as well. */
  readonly nullable: boolean;
  /** The only values, where there are such. */
  readonly enum: readonly Json[] | undefined;
  /** Values to choose from where the API server wants more of a value than its schema says. */
  readonly samples?: readonly Json[];
}

/** A property of an object. */
export interface PropertyNode {
  readonly node: SchemaNode;
  readonly required: boolean;
  /** The server fills it in. */
  readonly defaulted: boolean;
}

export interface ObjectNode extends NodeBase {
  readonly kind: "object";
  readonly properties: ReadonlyMap<string, PropertyNode>;
  /** What a key may hold that is no property: anything, scalars (objects inside are pruned), or the key is refused. */
  readonly others: "anything" | "scalars" | "refused";
  readonly atomic: boolean;
  /** Keys of which exactly one is wanted; empty for none such. */
  readonly exclusive: readonly string[];
  /** No object is one: what is required is pruned, here or below, before it is looked for. */
  readonly impossible: boolean;
}

export interface MapNode extends NodeBase {
  readonly kind: "map";
  readonly values: SchemaNode;
  readonly atomic: boolean;
}

export interface ListNode extends NodeBase {
  readonly kind: "list";
  readonly items: SchemaNode;
  readonly type: "atomic" | "set" | "map";
  /** The keys that tell the items of a list of type map apart. */
  readonly keys: readonly string[];
}

export interface ScalarNode extends NodeBase {
  readonly kind: "scalar";
  readonly type: "string" | "integer" | "number" | "boolean" | "int-or-string";
  /** A type beside `x-kubernetes-int-or-string`: server-side apply minds it, and nothing else does. */
  readonly applyType?: string;
}

export interface AnythingNode extends NodeBase {
  readonly kind: "anything";
}

/**
 * A node of a structural schema, as far as the API server and a type can agree on it. Read from the schema itself and
 * not by the generator, so that a misunderstanding of the generator is not one of the check's.
 */
export type SchemaNode = ObjectNode | MapNode | ListNode | ScalarNode | AnythingNode;

/** The most alternatives that become a union; that there are more of them is said in the generator's report. */
const mostAlternatives = 5;

/**
 * The keys of which a node wants exactly one, where a union can say so: `oneOf` of a few branches that each say nothing
 * but one required property, declared, not required anyway and without a default.
 */
export function exclusiveKeys(schema: RawSchema): readonly string[] {
  const branches = listOf(schema, "oneOf");
  const properties = new Map(entriesOf(schema, "properties"));
  const anyway = stringsOf(schema, "required");
  const keys = new Set<string>();
  for (const branch of branches) {
    const [key = "", ...others] = stringsOf(branch, "required");
    const property = properties.get(key);
    const plain = isRecord(branch) && Object.keys(branch).length === 1 && others.length === 0;
    const optional = isRecord(property) && property.default === undefined && !anyway.includes(key);
    if (plain && optional) keys.add(key);
  }
  const all = keys.size === branches.length && keys.size > 1 && keys.size <= mostAlternatives;
  return all ? [...keys] : [];
}

/** Reads a node and what is below it. The schema is one that the API server has accepted. */
export function schemaNode(schema: RawSchema, path: string): SchemaNode {
  const listed = Array.isArray(schema.enum) ? (schema.enum as readonly Json[]) : undefined;
  const base = { path, nullable: schema.nullable === true && listed === undefined, enum: listed };
  if (schema["x-kubernetes-int-or-string"] === true) {
    const declared = typeof schema.type === "string" ? { applyType: schema.type } : {};
    return { ...base, kind: "scalar", type: "int-or-string", ...declared };
  }
  const { type } = schema;
  switch (type) {
    case "string":
    case "integer":
    case "number":
    case "boolean":
      return { ...base, kind: "scalar", type };
    case "array":
      return listNode(schema, base);
    case "object":
      return objectNode(schema, base);
    default:
      return { ...base, kind: "anything" };
  }
}

function listNode(schema: RawSchema, base: NodeBase): SchemaNode {
  const type = schema["x-kubernetes-list-type"];
  const path = `${base.path}[]`;
  return {
    ...base,
    kind: "list",
    items: isRecord(schema.items) ? schemaNode(schema.items, path) : anything(path),
    type: type === "set" || type === "map" ? type : "atomic",
    keys: stringsOf(schema, "x-kubernetes-list-map-keys"),
  };
}

function anything(path: string): AnythingNode {
  return { kind: "anything", path, nullable: false, enum: undefined };
}

function objectNode(schema: RawSchema, base: NodeBase): SchemaNode {
  const { additionalProperties: others } = schema;
  const atomic = schema["x-kubernetes-map-type"] === "atomic";
  const open = schema["x-kubernetes-preserve-unknown-fields"] === true;
  const embedded = schema["x-kubernetes-embedded-resource"] === true;
  const declared = entriesOf(schema, "properties");
  if (isRecord(others) && declared.length === 0 && !embedded) {
    return { ...base, kind: "map", values: schemaNode(others, `${base.path}{}`), atomic };
  }
  const properties = new Map(propertyNodes(schema, base.path));
  if (embedded) addIdentity(properties, base.path);
  // A key that is required and not declared can stand in an open object only.
  const undeclared = stringsOf(schema, "required").filter((key) => !properties.has(key));
  for (const key of open ? undeclared : []) {
    properties.set(key, { node: anything(`${base.path}.${key}`), required: true, defaulted: false });
  }
  return {
    ...base,
    kind: "object",
    properties,
    others: open ? "anything" : others === true ? "scalars" : "refused",
    atomic,
    exclusive: exclusiveKeys(schema),
    impossible:
      (!open && undeclared.length > 0) ||
      [...properties.values()].some(({ node, required, defaulted }) => required && !defaulted && isImpossible(node)),
  };
}

/** Whether there is no value of a node. */
export function isImpossible(node: SchemaNode): boolean {
  return node.kind === "object" && node.impossible;
}

function propertyNodes(schema: RawSchema, path: string): [string, PropertyNode][] {
  const required = new Set(stringsOf(schema, "required"));
  return entriesOf(schema, "properties").map(([key, property]) => {
    const raw = isRecord(property) ? property : {};
    const defaulted = raw.default !== undefined && raw.default !== null;
    return [key, { node: schemaNode(raw, `${path}.${key}`), required: required.has(key), defaulted }];
  });
}

/** What every embedded resource has, whatever its schema says of it: see "RawExtension" in the Kubernetes documentation of CRDs. */
function addIdentity(properties: Map<string, PropertyNode>, path: string): void {
  const text = { kind: "scalar", type: "string", nullable: false, enum: undefined } as const;
  for (const [key, samples] of [
    ["apiVersion", ["v1", "example.com/v1beta1"]],
    ["kind", ["Pod", "other-kind"]],
  ] as const) {
    const { node = { ...text, path: `${path}.${key}` }, defaulted = false } = properties.get(key) ?? {};
    properties.set(key, { node: node.enum === undefined ? { ...node, samples } : node, required: true, defaulted });
  }
  properties.set("metadata", { node: metadataNode(`${path}.metadata`), required: false, defaulted: false });
}

/** The metadata of a written object, whatever a schema says of it. */
export function metadataNode(path: string): SchemaNode {
  return { ...schemaNode(metadataSchema, path), samples: metadataSamples };
}
