import { isList, isObject, type Json, type JsonObject } from "./json.ts";
import type { Random } from "./random.ts";
import {
  isImpossible,
  type ListNode,
  type MapNode,
  type ObjectNode,
  type PropertyNode,
  type ScalarNode,
  type SchemaNode,
} from "./schema-node.ts";

/** How values are made. */
export interface MakeOptions {
  /** Optional parts are left out once a value has about so many parts. */
  readonly parts: number;
  /**
   * For a merge patch (RFC 7386): without null, which would remove something, and without objects that lack what they
   * need, as the type of a merge patch cannot tell whether they add to others.
   */
  readonly mergePatch?: boolean;
  /**
   * For server-side apply, and what it is to be applied to: of an int-or-string with a type beside it, values of that
   * type alone. The API server takes the others everywhere else, and answers 500 to an apply.
   */
  readonly apply?: boolean;
}

const texts = ["text", "", "x y", "Ünïcode 🚀", "line\nbreak \\ \" ' ` \u0024{} */ \u2028", "true", "1"];
// None that every object inherits something under, such as "constructor": TypeScript takes the type of what is inherited
// for what a literal should be there, and then an enum's value for any string.
const keys = ["key", "odd key", "__proto__", "a/b", "", "ключ", "1", "-"];
const numbers = [0, 1, -1, 42, 2_147_483_648, 9_007_199_254_740_991];

/**
 * Makes random values that a schema allows. What has been made least comes first, so that a few objects reach many
 * nodes of a large schema.
 */
export class ValueMaker {
  readonly #random: Random;
  readonly #made = new Map<SchemaNode, number>();
  readonly #sizes = new Map<SchemaNode, number>();

  constructor(random: Random) {
    this.#random = random;
  }

  make(node: SchemaNode, options: MakeOptions): Json {
    const times = this.#made.get(node) ?? 0;
    this.#made.set(node, times + 1);
    if (node.samples !== undefined) return this.#random.pick(node.samples);
    if (node.enum !== undefined) return this.#oneOfEnum(node, node.enum, times);
    // The second time for sure, so that every node that is reached twice is tried with null.
    if (node.nullable && options.mergePatch !== true && (times === 1 || this.#random.oneIn(5))) return null;
    switch (node.kind) {
      case "object":
        return this.#object(node, options);
      case "map":
        return this.#map(node, options);
      case "list":
        return this.#list(node, options);
      case "scalar":
        return this.#scalar(node, options);
      case "anything":
        return this.#anything(options);
    }
  }

  /** One of the values in turn, so that every one is used soon. Those that the type beside them forbids are never accepted. */
  #oneOfEnum(node: SchemaNode, values: readonly Json[], times: number): Json {
    const allowed = values.filter((value) => value !== null && hasType(node, value));
    return allowed[times % allowed.length] ?? this.#random.pick(values);
  }

  #object(node: ObjectNode, options: MakeOptions): Json {
    const chosen = this.#properties(node, options);
    const share = Math.floor((options.parts - chosen.length) / Math.max(1, chosen.length));
    const entries = chosen.map(([key, { node: property }]): [string, Json] => [
      key,
      this.make(property, { ...options, parts: share }),
    ]);
    if (node.others !== "refused" && this.#random.oneIn(3)) {
      const value = node.others === "anything" ? this.#anything(options) : this.#random.pick(texts);
      entries.push([`other ${this.#random.pick(keys)}`, value]);
    }
    return Object.fromEntries(this.#random.shuffled(entries));
  }

  #properties(node: ObjectNode, { parts, mergePatch }: MakeOptions): readonly (readonly [string, PropertyNode])[] {
    const exclusive = node.exclusive.length === 0 ? undefined : this.#leastMade(node, node.exclusive);
    const allowed = [...node.properties].filter(([key]) => !node.exclusive.includes(key));
    const required = allowed.filter(([, { required, defaulted }]) => required && !defaulted);
    const optional = allowed
      .filter(([, { required, defaulted }]) => !required || defaulted)
      .filter(([, property]) => mergePatch !== true || !isImpossible(property.node))
      .map((entry) => ({ entry, rank: this.#rank(entry[1].node) }))
      .sort((left, right) => left.rank - right.rank);
    const room = Math.max(0, Math.min(optional.length, parts - required.length));
    const wanted = room === 0 ? 0 : this.#random.below(room + 1);
    const alternative = exclusive === undefined ? [] : [exclusive];
    return [...required, ...alternative, ...optional.slice(0, wanted).map(({ entry }) => entry)];
  }

  #leastMade(node: ObjectNode, keys: readonly string[]): readonly [string, PropertyNode] {
    const entries = keys.flatMap((key) => {
      const property = node.properties.get(key);
      return property === undefined ? [] : [[key, property] as const];
    });
    const least = Math.min(...entries.map(([, property]) => this.#made.get(property.node) ?? 0));
    return this.#random.pick(entries.filter(([, property]) => (this.#made.get(property.node) ?? 0) === least));
  }

  /** Low for what has been made seldom for its size; chance decides between equals. */
  #rank(node: SchemaNode): number {
    return ((this.#made.get(node) ?? 0) + this.#random.below(1000) / 1000) / Math.sqrt(this.#size(node));
  }

  #size(node: SchemaNode): number {
    const known = this.#sizes.get(node);
    if (known !== undefined) return known;
    const below = childrenOf(node).reduce((sum, child) => sum + this.#size(child), 1);
    this.#sizes.set(node, below);
    return below;
  }

  #map(node: MapNode, options: MakeOptions): Json {
    const none = options.parts <= 0 || (options.mergePatch === true && isImpossible(node.values));
    const count = none ? 0 : this.#random.below(4);
    const chosen = this.#random.shuffled(keys).slice(0, count);
    const share = Math.floor((options.parts - count) / Math.max(1, count));
    return Object.fromEntries(chosen.map((key) => [key, this.make(node.values, { ...options, parts: share })]));
  }

  #list(node: ListNode, options: MakeOptions): Json {
    const count = options.parts <= 0 ? 0 : this.#random.below(4);
    const share = Math.floor((options.parts - count) / Math.max(1, count));
    const items: Json[] = [];
    for (let tries = 0; tries < count; tries++) {
      const item = this.make(node.items, { ...options, parts: share });
      if (!items.some((other) => isSameItem(node, item, other))) items.push(item);
    }
    return items;
  }

  #scalar({ type, applyType }: ScalarNode, { apply }: MakeOptions): Json {
    switch (type) {
      case "string":
        return this.#random.pick(texts);
      case "integer":
        return this.#random.pick(numbers);
      case "number":
        return this.#random.pick([...numbers, 0.5, -2.25, 1e100]);
      case "boolean":
        return this.#random.oneIn(2);
      case "int-or-string": {
        const only = apply === true ? applyType : undefined;
        return this.#random.pick<Json>(
          only === undefined ? [...texts, ...numbers] : only === "string" ? texts : numbers,
        );
      }
    }
  }

  #anything({ mergePatch }: MakeOptions): Json {
    const some = [7, "text", true, [1, "two", { three: 3 }], { inner: { deep: [] } }, {}, []];
    return this.#random.pick<Json>(mergePatch === true ? some : [...some, { nothing: null }]);
  }
}

function childrenOf(node: SchemaNode): readonly SchemaNode[] {
  switch (node.kind) {
    case "object":
      return [...node.properties.values()].map((property) => property.node);
    case "map":
      return [node.values];
    case "list":
      return [node.items];
    case "scalar":
    case "anything":
      return [];
  }
}

/** Whether the API server would take two values for one item: a set holds no value twice, a map of items no keys. */
function isSameItem(node: ListNode, left: Json, right: Json): boolean {
  if (node.type === "map" && isObject(left) && isObject(right)) {
    // A key that is left out has a default that this does not know: taken as equal, so that it never is by chance.
    return node.keys.every((key) => !hasKey(left, key) || !hasKey(right, key) || same(left[key], right[key]));
  }
  return node.type !== "atomic" && same(left, right);
}

function hasKey(object: JsonObject, key: string): boolean {
  return Object.hasOwn(object, key);
}

function same(left: Json | undefined, right: Json | undefined): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

/** Whether a value has the JSON type that a node wants. */
export function hasType(node: SchemaNode, value: Json): boolean {
  switch (node.kind) {
    case "object":
    case "map":
      return isObject(value);
    case "list":
      return isList(value);
    case "anything":
      return true;
    case "scalar":
      return hasScalarType(node, value);
  }
}

function hasScalarType({ type }: ScalarNode, value: Json): boolean {
  switch (type) {
    case "string":
    case "boolean":
      return typeof value === type;
    case "integer":
      return Number.isInteger(value);
    case "number":
      return typeof value === "number";
    case "int-or-string":
      return typeof value === "string" || Number.isInteger(value);
  }
}
