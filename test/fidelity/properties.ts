import type ts from "typescript-5.9";
import { actualOf, isOptional, isReadonly, typeBesideInherited, typeOfProperty, wireProperties } from "./actual.ts";
import { checkComments, commentsOf } from "./comments.ts";
import { isImmutable } from "./definition.ts";
import { type ExpectedObject, inheritedKeys } from "./expected.ts";
import { ownValue, pathStep, type RawSchema, sameJson } from "./raw-schema.ts";
import type { Place, Session } from "./session.ts";
import { checkNode, type ObjectPair } from "./walk.ts";

/** One type of an object's schema. */
export interface TypedObjectPair extends ObjectPair {
  readonly type: ts.Type;
}

function propertyPlace(place: Place, key: string): Place {
  const properties = ownValue(place.storage, "properties");
  return {
    view: place.view,
    field: place.field === "" ? key : `${place.field}.${key}`,
    path: `${place.path}.properties${pathStep(key)}`,
    storage: ownValue(properties, key),
    opened: false,
  };
}

/** Two spellings that differ only in case and punctuation: one was probably made of the other. */
function folded(key: string): string {
  return key.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
}

/** The keys that an object is to have, in the order of the schema. */
function wantedKeys(
  session: Session,
  place: Place,
  expected: ExpectedObject,
): ReadonlyMap<string, RawSchema | undefined> {
  const wanted = new Map<string, RawSchema | undefined>(expected.properties);
  if (expected.embedded) {
    const string = { type: "string" };
    wanted.set("apiVersion", wanted.get("apiVersion") ?? string);
    wanted.set("kind", wanted.get("kind") ?? string);
    wanted.set("metadata", undefined);
  }
  for (const key of expected.required) {
    if (wanted.has(key)) continue;
    if (expected.keys === "closed") session.demandReport(place, "required");
    wanted.set(key, {});
  }
  return wanted;
}

/** Compares the properties of one object type with the schema's. */
export function checkProperties(session: Session, place: Place, pair: TypedObjectPair): void {
  const { expected, type, skip } = pair;
  const found = wireProperties(type, session.checker);
  const wanted = wantedKeys(session, place, expected);
  const missing: string[] = [];
  const extra = [...found.keys()].filter((key) => !wanted.has(key) && skip?.has(key) !== true);
  for (const [key, node] of wanted) {
    if (skip?.has(key) === true) continue;
    const property = found.get(key);
    const at = propertyPlace(place, key);
    if (property === undefined) missing.push(key);
    else if (node === undefined) checkEmbeddedMetadata(session, at, { property, required: expected.required.has(key) });
    else checkProperty(session, at, { key, node, property, expected });
  }
  for (const key of missing) {
    const other = extra.find((name) => folded(name) === folded(key));
    const rule = other === undefined ? "missing-property" : "renamed-property";
    session.add(propertyPlace(place, key), rule, other === undefined ? "not in the output" : `became ${other}`);
  }
  for (const key of extra) session.add(propertyPlace(place, key), "extra-property", "not in the schema");
}

interface PropertyPair {
  readonly key: string;
  readonly node: RawSchema;
  readonly property: ts.Symbol;
  readonly expected: ExpectedObject;
}

function checkProperty(session: Session, place: Place, { key, node, property, expected }: PropertyPair): void {
  const identity = expected.embedded && (key === "apiVersion" || key === "kind");
  const required = (identity || expected.required.has(key)) && !inheritedKeys.has(key);
  checkOptionality(session, place, { node, property, required, identity });
  const declared = expected.properties.has(key);
  const readonly = place.view === "read" && expected.required.has(key) && isImmutable(node);
  if (isReadonly(property) !== readonly) {
    session.add(place, "readonly", readonly ? "wanted readonly" : "readonly without a rule self == oldSelf");
  }
  const type = valueType(session, place, { key, property });
  if (!declared && !identity) {
    checkUndeclared(session, place, { type, closed: expected.keys === "closed" });
    return;
  }
  const comments = commentsOf(session, property);
  checkComments(session, node, place, comments);
  checkNode(session, place, { node, type, comments });
}

/** A required key that is not declared: it may hold anything, or nothing at all where it is pruned. */
function checkUndeclared(session: Session, place: Place, key: { type: ts.Type; closed: boolean }): void {
  const { never, unknown } = actualOf(key.type, session.checker);
  if (key.closed ? never : unknown) return;
  session.add(place, "type", `wanted ${key.closed ? "never" : "unknown"}: the key is not declared`);
}

/** The type of a property's value, without what an object inherits that lacks the property. */
function valueType(session: Session, place: Place, { key, property }: Pick<PropertyPair, "key" | "property">): ts.Type {
  const type = typeOfProperty(property, session.checker);
  if (!inheritedKeys.has(key)) return type;
  session.demandReport(place, "type");
  const beside = typeBesideInherited(property, session.checker);
  if (beside === undefined) session.add(place, "inherited", `wanted OrInherited<…, ${JSON.stringify(key)}>`);
  return beside ?? type;
}

interface Presence {
  readonly node: RawSchema;
  readonly property: ts.Symbol;
  readonly required: boolean;
  readonly identity: boolean;
}

function checkOptionality(session: Session, place: Place, { node, property, required, identity }: Presence): void {
  const value = node.default;
  const defaulted = value !== undefined && value !== null;
  let optional = !required;
  if (defaulted && (place.view === "input" || inheritedKeys.has(property.name))) optional = true;
  else if (defaulted && !identity) {
    const present = session.version.storage || sameJson(ownValue(place.storage, "default"), value);
    optional = !present;
    if (!present) session.demandReport(place, "default");
  }
  if (isOptional(property) === optional) return;
  session.add(
    place,
    "optionality",
    optional ? "wanted an optional property" : "wanted a property that is always there",
  );
}

/** The metadata of an embedded resource is the contract's, with everything optional. */
function checkEmbeddedMetadata(
  session: Session,
  place: Place,
  { property, required }: { property: ts.Symbol; required: boolean },
): void {
  if (isOptional(property) === required) {
    session.add(
      place,
      "optionality",
      required ? "wanted a property that is always there" : "wanted an optional property",
    );
  }
  const { objects } = actualOf(typeOfProperty(property, session.checker), session.checker);
  const [type] = objects;
  const keys = type === undefined ? undefined : wireProperties(type, session.checker);
  const contract = type?.symbol?.declarations?.every((declaration) => declaration.getSourceFile() !== session.file);
  if (contract !== true || keys?.has("labels") !== true || ![...keys.values()].every(isOptional)) {
    session.add(place, "metadata", "wanted the contract's metadata with every property optional");
  }
}

/** Compares the parts of an exclusive union: each requires one of the keys and forbids the others. */
export function checkExclusive(session: Session, place: Place, pair: ObjectPair): void {
  const { expected, objects } = pair;
  const { exclusive } = expected;
  if (exclusive.length !== objects.length) {
    const wanted = exclusive.length === 0 ? "one object" : `${exclusive.length} alternatives`;
    session.add(place, "exclusive", `wanted ${wanted}, got a union of ${objects.length}`);
    return;
  }
  const left = new Set(objects);
  for (const key of exclusive) {
    const owner = [...left].find((type) => demands(session, type, key));
    if (owner === undefined) {
      session.add(propertyPlace(place, key), "exclusive", "no alternative requires it");
      continue;
    }
    left.delete(owner);
    const others = exclusive.filter((other) => other !== key);
    for (const other of others) {
      if (!forbids(session, owner, other)) {
        session.add(propertyPlace(place, other), "exclusive", `wanted ?: never beside ${key}`);
      }
    }
    const skip = new Set([...(pair.skip ?? []), ...others]);
    const required = new Set([...expected.required, key]);
    checkProperties(session, place, { ...pair, expected: { ...expected, required }, type: owner, skip });
  }
}

function demands(session: Session, type: ts.Type, key: string): boolean {
  const property = wireProperties(type, session.checker).get(key);
  return property !== undefined && !isOptional(property);
}

function forbids(session: Session, type: ts.Type, key: string): boolean {
  const property = wireProperties(type, session.checker).get(key);
  if (property === undefined || !isOptional(property)) return false;
  const { scalars, literals, objects, unknown, any } = actualOf(
    typeOfProperty(property, session.checker),
    session.checker,
  );
  return scalars.size === 0 && literals.size === 0 && objects.length === 0 && !unknown && !any;
}
