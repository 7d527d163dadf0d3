import { inheritedKeys } from "../fidelity/expected.ts";
import { isList, isObject, type Json, type JsonPath, ownValue, withKey, withPart } from "./json.ts";
import type { Random } from "./random.ts";
import type { ObjectNode, SchemaNode } from "./schema-node.ts";
import { hasType } from "./values.ts";

/** What is wrong with a value that is wrong in one way: a way that a type can express. */
export type BreakageRule =
  | "required property dropped"
  | "wrong type"
  | "value outside of the enum"
  | "unknown key"
  | "none of the alternatives"
  | "two of the alternatives"
  | "null on a required property";

/** One change that is to make a value wrong. */
export interface Breakage {
  readonly rule: BreakageRule;
  /** Where in the schema, as `.spec.ports[].name`. */
  readonly path: string;
  /** The whole value with the change. */
  readonly value: Json;
}

interface Candidate {
  readonly rule: BreakageRule;
  readonly path: string;
  readonly change: (value: Json) => Json;
}

/** A key that no schema has. */
export const unknownKey = "zzUnknown";

/** Breaks values, and begins with the nodes and rules that have been tried least. */
export class Breaker {
  readonly #random: Random;
  readonly #tried = new Map<string, number>();

  constructor(random: Random) {
    this.#random = random;
  }

  /** Up to `count` different breakages of a value; fewer where it has not so many parts that can be wrong. */
  breakagesOf(
    node: SchemaNode,
    value: Json,
    count: number,
    without: readonly BreakageRule[] = [],
  ): readonly Breakage[] {
    const candidates = [...candidatesIn(node, value, [], this.#random)]
      .filter(({ rule }) => !without.includes(rule))
      .map((candidate) => ({ candidate, rank: this.#timesOf(candidate) + this.#random.below(1000) / 1001 }))
      .sort((left, right) => left.rank - right.rank)
      .slice(0, count);
    return candidates.map(({ candidate }) => {
      const { rule, path, change } = candidate;
      this.#tried.set(`${rule} ${path}`, this.#timesOf(candidate) + 1);
      return { rule, path, value: change(value) };
    });
  }

  #timesOf({ rule, path }: Candidate): number {
    return this.#tried.get(`${rule} ${path}`) ?? 0;
  }
}

function* candidatesIn(node: SchemaNode, value: Json, at: JsonPath, random: Random): Generator<Candidate> {
  if (at.length > 0) yield* scalarCandidates(node, at, random);
  if (node.kind === "object" && isObject(value)) yield* objectCandidates(node, value, at, random);
  if (node.kind === "map" && isObject(value)) {
    for (const [key, item] of Object.entries(value)) yield* candidatesIn(node.values, item, [...at, key], random);
  }
  if (node.kind === "list" && isList(value)) {
    for (const [index, item] of value.entries()) yield* candidatesIn(node.items, item, [...at, index], random);
  }
}

function* scalarCandidates(node: SchemaNode, at: JsonPath, random: Random): Generator<Candidate> {
  const { path } = node;
  // No fractions: an integer is a number to TypeScript. No null: where it is not kept it is dropped unseen.
  const wrong = (["text", 7, true, [], {}] as const).filter(
    (value) => !hasType(node, value) && !sharesMember(node, value),
  );
  if (wrong.length > 0) {
    const value = random.pick<Json>(wrong);
    yield { rule: "wrong type", path, change: (whole) => withPart(whole, at, value) };
  }
  if (node.enum !== undefined) {
    const value = (["zzOther", 987_654, true, false] as const).find(
      (other) => hasType(node, other) && !node.enum?.includes(other),
    );
    if (value === undefined) return;
    yield { rule: "value outside of the enum", path, change: (whole) => withPart(whole, at, value) };
  }
}

/**
 * Whether a value of another type has a member that is called like a property of an object, as lists have `values` and
 * texts have `length`: to TypeScript it may be such an object.
 */
function sharesMember(node: SchemaNode, value: Json): boolean {
  return node.kind === "object" && [...node.properties.keys()].some((key) => key in Object(value));
}

function* objectCandidates(node: ObjectNode, value: Json, at: JsonPath, random: Random): Generator<Candidate> {
  if (!isObject(value)) return;
  const { path } = node;
  if (!node.properties.has(unknownKey)) {
    const other = node.others === "scalars" ? "x" : random.pick<Json>(["x", 1, {}]);
    yield { rule: "unknown key", path, change: (whole) => withPart(whole, [...at, unknownKey], other) };
  }
  yield* exclusiveCandidates(node, Object.keys(value), at);
  for (const [key, property] of node.properties) {
    const part = ownValue(value, key);
    if (part === undefined) continue;
    const place = [...at, key];
    if (property.required && !property.defaulted && !inheritedKeys.has(key)) {
      const change = (whole: Json): Json => withPart(whole, place, undefined);
      yield { rule: "required property dropped", path: property.node.path, change };
    }
    yield* candidatesIn(property.node, part, place, random);
  }
}

function* exclusiveCandidates(node: ObjectNode, present: readonly string[], at: JsonPath): Generator<Candidate> {
  const { path, exclusive } = node;
  const [chosen] = exclusive.filter((key) => present.includes(key));
  if (chosen === undefined) return;
  const without = (whole: Json): Json => withPart(whole, [...at, chosen], undefined);
  yield { rule: "none of the alternatives", path, change: without };
  for (const other of exclusive) {
    if (other === chosen) continue;
    const { node: property } = node.properties.get(other) ?? {};
    const value = property === undefined ? undefined : smallest(property);
    if (value === undefined) continue;
    yield { rule: "two of the alternatives", path, change: (whole) => withPart(whole, [...at, other], value) };
  }
}

/** The smallest value that a node allows, where it is easily found. */
function smallest(node: SchemaNode): Json | undefined {
  if (node.enum !== undefined) return node.enum.find((value) => value !== null);
  switch (node.kind) {
    case "object": {
      if (node.exclusive.length > 0) return undefined;
      let value: Json = {};
      for (const [key, property] of node.properties) {
        if (!property.required || property.defaulted) continue;
        const part = smallest(property.node);
        if (part === undefined) return undefined;
        value = withKey(value, key, part);
      }
      return value;
    }
    case "map":
      return {};
    case "list":
      return [];
    case "anything":
      return "anything";
    case "scalar":
      return { string: "text", integer: 1, number: 1, boolean: true, "int-or-string": 1 }[node.type];
  }
}
