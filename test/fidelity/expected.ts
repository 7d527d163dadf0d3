import { entriesOf, isRecord, listOf, type RawSchema, stringsOf } from "./raw-schema.ts";

/** The types of TypeScript that a scalar of a schema can be. */
export type ScalarName = "string" | "number" | "boolean";

/** An object with declared properties, unknown keys kept, or both. */
export interface ExpectedObject {
  readonly kind: "object";
  readonly properties: ReadonlyMap<string, RawSchema>;
  readonly required: ReadonlySet<string>;
  /** `preserve`: extends an interface `NameOpen`; `additional`: has an index signature of its own; `closed`: neither. */
  readonly keys: "preserve" | "additional" | "closed";
  readonly embedded: boolean;
  readonly atomic: boolean;
  /** Keys of which exactly one is wanted; empty where there is no such rule. */
  readonly exclusive: readonly string[];
}

/** What a schema node is to become, by TYPES.md. */
export type Expected =
  | { readonly kind: "unknown"; readonly reported: boolean }
  | { readonly kind: "scalar"; readonly types: ReadonlySet<ScalarName> }
  | { readonly kind: "enum"; readonly values: readonly (string | number | boolean)[] }
  | {
      readonly kind: "array";
      readonly items: RawSchema | undefined;
      readonly keys: readonly string[];
      readonly opens: boolean;
    }
  | { readonly kind: "map"; readonly values: RawSchema | true; readonly atomic: boolean; readonly preserve: boolean }
  | { readonly kind: "empty" }
  | ExpectedObject;

/** What every object inherits by TypeScript's library: an object without a property of that name has one all the same. */
export const inheritedKeys: ReadonlySet<string> = new Set([
  ...["constructor", "hasOwnProperty", "isPrototypeOf", "propertyIsEnumerable"],
  ...["toLocaleString", "toString", "valueOf"],
]);

const scalarNames: ReadonlyMap<unknown, ScalarName> = new Map([
  ["string", "string"],
  ["integer", "number"],
  ["number", "number"],
  ["boolean", "boolean"],
]);

/** Whether the server accepts a listed value beside the declared type. */
function isAllowed(value: unknown, type: unknown): value is string | number | boolean {
  if (type === "integer") return typeof value === "number" && Number.isInteger(value);
  if (type === "int-or-string") return typeof value === "string" || Number.isInteger(value);
  return typeof value === scalarNames.get(type);
}

/** The branches of a logical keyword. */
export function branchesOf(node: RawSchema, keyword: string): readonly RawSchema[] {
  return listOf(node, keyword).filter(isRecord);
}

/** The scalar types of branches that hold nothing but `type`; undefined where the node is no such choice. */
function scalarBranches(node: RawSchema): ReadonlySet<ScalarName> | undefined {
  for (const keyword of ["anyOf", "oneOf"]) {
    const names = branchesOf(node, keyword).map((branch) => scalarNames.get(branch.type));
    const known = names.filter((name) => name !== undefined);
    if (known.length > 0 && known.length === names.length) return new Set(known);
  }
  return undefined;
}

/** The keys of a `oneOf` of two to five branches that each require one different declared property; else none. */
export function exclusiveKeys(node: RawSchema): readonly string[] {
  const branches = branchesOf(node, "oneOf");
  if (branches.length < 2 || branches.length > 5) return [];
  const keys = new Set<string>();
  const declared = new Set(entriesOf(node, "properties").map(([key]) => key));
  for (const branch of branches) {
    const [key, ...more] = stringsOf(branch, "required");
    if (Object.keys(branch).length !== 1 || key === undefined || more.length > 0 || !declared.has(key)) return [];
    if (inheritedKeys.has(key)) return [];
    keys.add(key);
  }
  return keys.size === branches.length ? [...keys] : [];
}

/** How a node comes to be open without saying so itself. */
export interface Surroundings {
  /** The array around it preserves unknown fields. */
  readonly opened: boolean;
  /** Nothing is pruned anywhere in this version. */
  readonly allOpen: boolean;
}

function expectedObject(node: RawSchema, around: Surroundings): Expected {
  const properties = new Map(
    entriesOf(node, "properties").map(([key, value]) => [key, isRecord(value) ? value : {}] as const),
  );
  const extra = node.additionalProperties;
  const preserves = node["x-kubernetes-preserve-unknown-fields"] === true || around.opened;
  const embedded = node["x-kubernetes-embedded-resource"] === true;
  const atomic = node["x-kubernetes-map-type"] === "atomic";
  if (properties.size === 0 && !embedded) {
    if (isRecord(extra)) return { kind: "map", values: extra, atomic, preserve: preserves };
    if (extra === true && !preserves) return { kind: "map", values: true, atomic, preserve: false };
    const required = stringsOf(node, "required");
    if (!preserves && !around.allOpen && required.length === 0) return { kind: "empty" };
  }
  const additional = extra === true || isRecord(extra);
  return {
    kind: "object",
    properties,
    required: new Set(stringsOf(node, "required")),
    keys: preserves || (around.allOpen && extra !== false) ? "preserve" : additional ? "additional" : "closed",
    embedded,
    atomic,
    exclusive: exclusiveKeys(node),
  };
}

/** A node that does not say its type: a choice between scalars, what its other keywords can only mean, or unknown. */
function withoutType(node: RawSchema, around: Surroundings): Expected {
  const preserves = node["x-kubernetes-preserve-unknown-fields"] === true;
  if (preserves) return { kind: "unknown", reported: isRecord(node.properties) || isRecord(node.items) };
  const types = scalarBranches(node);
  if (types !== undefined) return { kind: "scalar", types };
  const choice = [...branchesOf(node, "anyOf"), ...branchesOf(node, "oneOf")].some(
    (branch) => branch.type !== undefined,
  );
  if (choice) return { kind: "unknown", reported: true };
  if (isRecord(node.properties)) return expectedObject(node, around);
  if (isRecord(node.items)) return expectedArray(node, around);
  return { kind: "unknown", reported: true };
}

function expectedArray(node: RawSchema, around: Surroundings): Expected {
  const opens = around.opened || node["x-kubernetes-preserve-unknown-fields"] === true;
  const keys = node["x-kubernetes-list-type"] === "map" ? stringsOf(node, "x-kubernetes-list-map-keys") : [];
  return { kind: "array", items: isRecord(node.items) ? node.items : undefined, keys, opens };
}

/** Says what a schema node is to become. */
export function expectedOf(node: RawSchema, around: Surroundings): Expected {
  const intOrString = node["x-kubernetes-int-or-string"] === true;
  const type = intOrString ? "int-or-string" : node.type;
  const listed = listOf(node, "enum");
  if (listed.length > 0 && (intOrString || scalarNames.has(type))) {
    return { kind: "enum", values: [...new Set(listed.filter((value) => isAllowed(value, type)))] };
  }
  if (intOrString) return { kind: "scalar", types: new Set(["string", "number"]) };
  const scalar = scalarNames.get(type);
  if (scalar !== undefined) return { kind: "scalar", types: new Set([scalar]) };
  if (type === "array") return expectedArray(node, around);
  if (type === "object") return expectedObject(node, around);
  return withoutType(node, around);
}

/** Says what the root of a version is to become: always an object, whatever its schema declares. */
export function expectedRoot(schema: RawSchema | undefined, allOpen: boolean): ExpectedObject {
  const found = expectedObject({ ...schema, "x-kubernetes-embedded-resource": true }, { opened: false, allOpen });
  if (found.kind !== "object") throw new Error("a root is an object");
  return { ...found, embedded: false };
}
