import fc from "fast-check";
import { isJsonObject, type JsonObject } from "../../src/json.ts";
import { coreShapes } from "../../src/model/core-shapes.ts";
import { type Place, placesIn, propertiesOf, type Surroundings, schemaRoots, takesFields } from "./schema-places.ts";

/** Numbers that choose one insertion into one definition: each is taken modulo the number of choices there are. */
export interface Choice {
  readonly definition: number;
  readonly root: number;
  readonly place: number;
  readonly key: number;
  readonly shape: number;
}

const choiceNumber = fc.nat({ max: 0xffff });

export const choices: fc.Arbitrary<Choice> = fc.record({
  definition: choiceNumber,
  root: choiceNumber,
  place: choiceNumber,
  key: choiceNumber,
  shape: choiceNumber,
});

/** A definition before and after one optional field was added to one of its schemas. */
export interface Insertion {
  readonly before: JsonObject;
  readonly after: JsonObject;
  /** Where in the document the schema stands. */
  readonly root: readonly (string | number)[];
  /** The place that got the field. */
  readonly parent: Place;
  readonly key: string;
  readonly schema: unknown;
}

/** An element of a list that is not empty. */
export function pick<T>(list: readonly T[], choice: number): T {
  const element = list[choice % list.length];
  if (element === undefined) throw new Error("nothing to choose from");
  return element;
}

/** A copy of a tree with another value at one place; keys such as `__proto__` are keys like any other. */
function replaceAt(tree: unknown, steps: readonly (string | number)[], value: unknown): unknown {
  const [step, ...rest] = steps;
  if (step === undefined) return value;
  if (Array.isArray(tree)) return tree.map((item, index) => (index === step ? replaceAt(item, rest, value) : item));
  const entries = Object.entries(isJsonObject(tree) ? tree : {});
  const changed = entries.map(([key, child]) => [key, key === step ? replaceAt(child, rest, value) : child] as const);
  if (!entries.some(([key]) => key === step)) changed.push([String(step), replaceAt({}, rest, value)]);
  return Object.fromEntries(changed);
}

/** The insertion that the numbers choose; undefined where the definition has no place for any. */
export function insertion(definition: JsonObject, surroundings: Surroundings, choice: Choice): Insertion | undefined {
  const roots = schemaRoots(definition);
  if (roots.length === 0) return undefined;
  const root = pick(roots, choice.root);
  const places = placesIn(root.schema, surroundings);
  const parents = interesting(places.filter(takesFields), choice);
  if (parents.length === 0) return undefined;
  const parent = pick(parents, choice.place);
  const common = { root: root.steps, parent };
  const stepsOf = (key: string): (string | number)[] => [...root.steps, ...parent.steps, "properties", key];
  const removable = Object.entries(propertiesOf(parent.node)).filter(([key]) => canBeAdded(parent, key));
  if (choice.shape % 4 === 0 && removable.length > 0) {
    // What was added last is a field like any other: the real schema is what it was added to make.
    const [key, schema] = pick(removable, choice.key);
    const rest = Object.fromEntries(Object.entries(propertiesOf(parent.node)).filter(([other]) => other !== key));
    const before = replaceAt(definition, stepsOf(key).slice(0, -1), rest) as JsonObject;
    return { ...common, before, after: definition, key, schema };
  }
  const candidates = candidateFields(parent, places, choice).filter(([key]) => canBeNew(parent, key));
  if (candidates.length === 0) return undefined;
  const [key, schema] = pick(candidates, choice.key);
  return {
    ...common,
    before: definition,
    after: replaceAt(definition, stepsOf(key), schema) as JsonObject,
    key,
    schema,
  };
}

/** Some of the choices look for the places where names are at stake: objects that are or nearly are core shapes, and high ones. */
function interesting(places: readonly Place[], { shape, key }: Choice): readonly Place[] {
  if (shape % 3 === 1) {
    const high = places.filter(({ above }) => above.length <= 2);
    if (high.length > 0) return high;
  }
  if (key % 3 === 1) {
    const core = places.filter(({ node }) => coreFields(node).length > 0 || isCore(node));
    if (core.length > 0) return core;
  }
  return places;
}

/** Whether a key may come and go: it is not required, and not one that every object has anyhow. */
function canBeAdded({ node, steps }: Place, key: string): boolean {
  const known = steps.length === 0 || node["x-kubernetes-embedded-resource"] === true;
  if (known && ["apiVersion", "kind", "metadata"].includes(key)) return false;
  return !(Array.isArray(node.required) && node.required.includes(key));
}

function canBeNew(place: Place, key: string): boolean {
  return !Object.hasOwn(propertiesOf(place.node), key) && canBeAdded(place, key);
}

function coreProperties(): readonly JsonObject[] {
  return coreShapes.flatMap(({ schemas }) => schemas.map((schema) => propertiesOf(schema as JsonObject)));
}

function isCore(node: JsonObject): boolean {
  const keys = Object.keys(propertiesOf(node)).sort().join();
  return coreProperties().some((core) => Object.keys(core).sort().join() === keys);
}

/** The fields that a node lacks to be a core shape; none where it has others that no core shape has. */
function coreFields(node: JsonObject): [string, unknown][] {
  const keys = Object.keys(propertiesOf(node));
  return coreProperties().flatMap((core) => {
    const missing = Object.entries(core).filter(([key]) => !keys.includes(key));
    return keys.length > 0 && missing.length === 1 && keys.every((key) => Object.hasOwn(core, key)) ? missing : [];
  });
}

const upper = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

/** Keys that make, of an object under them, a name that another path has or that is made from another name. */
function competingKeys({ node }: Place): string[] {
  return Object.entries(propertiesOf(node)).flatMap(([key, child]) => {
    if (!isJsonObject(child)) return [];
    const inner = (below: unknown, ending: string): string[] =>
      isJsonObject(below) ? [ending, ...Object.keys(propertiesOf(below)).map((name) => ending + upper(name))] : [];
    const endings = [...inner(child, ""), ...inner(child.items, "Item"), ...inner(child.additionalProperties, "Value")];
    return [
      upper(key),
      ...endings.map((ending) => key + ending),
      ...["Input", "Open", "Fields", "InputFields", "Open_"].map((ending) => key + ending),
      // What is there may be named like a part of what comes, or like one of its views.
      ...[...key.matchAll(/(?<=.)[A-Z]/g)].map(({ index }) => key.slice(0, index)),
    ];
  });
}

/** Keys that are made to be mistaken for those that are there. */
function adversarialKeys(place: Place): string[] {
  const keys = Object.keys(propertiesOf(place.node)).flatMap((key) => [
    key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
    `${key}_`,
    ...["Item", "Value", "Types", "Resource", "Input_"].map((ending) => key + ending),
  ]);
  const words = ["item", "value", "input", "open", "types", "resource", "fields", "Item", "Input", "item_", "Input_"];
  const odd = ["aaa", "0", "zzz", "", "_", "$", "__proto__", "constructor", "hasOwnProperty", "a/b", "ключ", "spec"];
  return [...competingKeys(place), ...keys, ...words, ...words, ...odd, "status"];
}

const scalar = { type: "string" };
const withDefault = { type: "string", default: "x" };
const twoKeys = { type: "object", properties: { left: scalar, right: scalar } };

/** Schemas of every kind that a field may have. */
const ownShapes: readonly unknown[] = [
  scalar,
  withDefault,
  { type: "integer", default: 1, minimum: 1 },
  { type: "object" },
  { type: "object", properties: { name: scalar } },
  { type: "object", properties: { name: withDefault }, default: {} },
  { type: "object", properties: { inner: { type: "object", properties: { name: withDefault } } } },
  { type: "object", additionalProperties: scalar },
  { type: "object", additionalProperties: { type: "object", properties: { name: scalar } } },
  { type: "object", "x-kubernetes-preserve-unknown-fields": true },
  { type: "object", properties: { name: withDefault }, "x-kubernetes-preserve-unknown-fields": true },
  { type: "array", items: scalar },
  { type: "array", items: { type: "object", properties: { name: withDefault, value: scalar } } },
  {
    type: "array",
    items: {
      type: "array",
      items: { type: "object", properties: { item: { type: "object", properties: { input: scalar } } } },
    },
  },
  { "x-kubernetes-int-or-string": true },
  { type: "object", "x-kubernetes-embedded-resource": true },
  { ...twoKeys, oneOf: [{ required: ["left"] }, { required: ["right"] }] },
  { type: "object", properties: { input: twoKeys, open: twoKeys, item: twoKeys, fields: twoKeys, Input_: twoKeys } },
  { type: "string", enum: ["", "a"], nullable: true },
];

/** The fields that might be added to a place, with their schemas. */
function candidateFields(
  parent: Place,
  places: readonly Place[],
  { shape }: Choice,
): readonly (readonly [string, unknown])[] {
  const core = coreFields(parent.node);
  if (core.length > 0 && shape % 4 === 1) return core;
  // A shape that is there already, under a key that comes before all others or after them.
  const copies = places.filter(({ named, steps }) => named && steps.length > 0).map(({ node }) => node);
  if (copies.length > 0 && shape % 4 === 2) {
    const copy = pick(copies, Math.floor(shape / 4));
    return [...["0", "A", "aaa", "zzz"], ...adversarialKeys(parent)].map((key) => [key, copy] as const);
  }
  const competing = competingKeys(parent);
  if (competing.length > 0 && shape % 4 === 3) {
    const objects = ownShapes.filter(
      (own) => isJsonObject(own) && own.type === "object" && own.properties !== undefined,
    );
    return competing.map((key) => [key, pick(objects, Math.floor(shape / 4))] as const);
  }
  const schema = pick([...ownShapes, ...coreShapes.flatMap(({ schemas }) => schemas)], Math.floor(shape / 4));
  return adversarialKeys(parent).map((key) => [key, schema] as const);
}
