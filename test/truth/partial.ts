import { inheritedKeys } from "../fidelity/expected.ts";
import { isList, isObject, type Json, type JsonObject, ownValue, withKey } from "./json.ts";
import type { Random } from "./random.ts";
import { isImpossible, type ListNode, type ObjectNode, type PropertyNode, type SchemaNode } from "./schema-node.ts";
import type { ValueMaker } from "./values.ts";

/** What partial objects are made with. */
export interface PartialOptions {
  readonly maker: ValueMaker;
  readonly random: Random;
}

/** How many parts a new value inside a partial object may have. */
const parts = 6;

/**
 * Some fields of a stored object as a field manager would apply them, some of them changed. Parts that the API server
 * takes as a whole (scalars, atomic lists and objects, sets) are whole; items of a keyed list have their keys.
 */
export function applied(node: SchemaNode, stored: Json, options: PartialOptions): Json {
  const { random, maker } = options;
  if (node.samples === undefined && node.kind === "object" && !node.atomic && isObject(stored)) {
    return appliedObject(node, stored, options);
  }
  if (node.kind === "map" && !node.atomic && isObject(stored)) {
    const some = Object.entries(stored).filter(() => !random.oneIn(3));
    return Object.fromEntries(some.map(([key, value]) => [key, applied(node.values, value, options)]));
  }
  if (node.kind === "list" && node.type === "map" && isList(stored)) return appliedItems(node, stored, options);
  return random.oneIn(2) ? maker.make(node, { parts, apply: true }) : stored;
}

function appliedObject(node: ObjectNode, stored: JsonObject, options: PartialOptions): Json {
  const some = Object.entries(stored).filter(() => !options.random.oneIn(3));
  return Object.fromEntries(
    some.map(([key, value]) => {
      const property = node.properties.get(key);
      return [key, property === undefined ? value : applied(property.node, value, options)];
    }),
  );
}

function appliedItems({ items, keys }: ListNode, stored: readonly Json[], options: PartialOptions): Json {
  return stored
    .filter(() => !options.random.oneIn(3))
    .map((item) => {
      if (!isObject(item) || items.kind !== "object") return item;
      // An item that is applied as a whole is not to be taken for another one either.
      const changed = applied(items, item, options);
      return keys.reduce<JsonObject>(
        (result, key) => withKey(result, key, ownValue(item, key)),
        isObject(changed) ? changed : {},
      );
    });
}

/** What a merge patch does to a stored object, and what it must not. */
export interface MergePatch {
  readonly patch: Json;
  /** Nulls that the schema forbids: each takes away what is required. */
  readonly forbidden: readonly { readonly path: string; readonly patch: Json }[];
}

/**
 * A JSON merge patch (RFC 7386) that fits a stored object: it changes some properties, adds some and removes some that
 * may be absent. It looks into objects that are there, as only then the patch alone says what comes of it.
 */
export function mergePatch(node: ObjectNode, stored: JsonObject, options: PartialOptions): MergePatch {
  const { random } = options;
  const changes = new Map<string, Json>();
  const forbidden: MergePatch["forbidden"][number][] = [];
  for (const [key, property] of node.properties) {
    const before = ownValue(stored, key);
    const below = patchBelow(property.node, before, options);
    const change = below !== undefined && random.oneIn(2) ? below.patch : changeOf(property, before, options);
    if (change !== undefined && !node.exclusive.includes(key) && random.oneIn(2)) changes.set(key, change);
    if (before !== undefined && property.required && !property.defaulted && !inheritedKeys.has(key)) {
      forbidden.push({ path: property.node.path, patch: Object.fromEntries([[key, null]]) });
    }
    for (const { path, patch } of below?.forbidden ?? []) {
      forbidden.push({ path, patch: Object.fromEntries([[key, patch]]) });
    }
  }
  if (random.oneIn(2)) exchange(node, stored, changes, options);
  return { patch: Object.fromEntries(changes), forbidden };
}

/** The patch of a property that holds an object and keeps what the patch does not name. */
function patchBelow(node: SchemaNode, before: Json | undefined, options: PartialOptions): MergePatch | undefined {
  if (node.kind !== "object" || node.samples !== undefined || !isObject(before)) return undefined;
  return mergePatch(node, before, options);
}

/** Another value for a property, or null where it may be absent; undefined for an object, which would be merged with it. */
function changeOf(
  property: PropertyNode,
  before: Json | undefined,
  { maker, random }: PartialOptions,
): Json | undefined {
  const { node, required, defaulted } = property;
  if ((!required || defaulted) && random.oneIn(3)) return null;
  if (node.kind === "map" && isObject(before)) return Object.fromEntries(Object.keys(before).map((key) => [key, null]));
  const merges = isObject(before) && node.kind !== "list" && node.kind !== "scalar";
  return merges || isImpossible(node) ? undefined : maker.make(node, { parts, mergePatch: true });
}

/** Takes one of exclusive properties for another. */
function exchange(
  { exclusive, properties }: ObjectNode,
  stored: JsonObject,
  changes: Map<string, Json>,
  { maker, random }: PartialOptions,
): void {
  const before = exclusive.find((key) => Object.hasOwn(stored, key));
  const others = exclusive.filter((key) => key !== before);
  if (before === undefined || others.length === 0) return;
  const after = random.pick(others);
  const property = properties.get(after);
  if (property === undefined || isImpossible(property.node)) return;
  changes.set(before, null);
  changes.set(after, maker.make(property.node, { parts, mergePatch: true }));
}
