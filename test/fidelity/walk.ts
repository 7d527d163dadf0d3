import type ts from "typescript-5.9";
import { type Actual, actualOf, hasBrand, indexType, listType, openInterface } from "./actual.ts";
import { type Comments, checkLogical, checkNearby } from "./comments.ts";
import { type Expected, type ExpectedObject, expectedOf } from "./expected.ts";
import { checkExclusive, checkProperties } from "./properties.ts";
import { entriesOf, isRecord, type RawSchema } from "./raw-schema.ts";
import type { Place, Session } from "./session.ts";

/** A schema node and the compiled type that it became. */
export interface Pair {
  readonly node: RawSchema;
  readonly type: ts.Type;
  readonly comments: Comments;
}

/** The place of an array's items or a map's values. */
function below(place: Place, keyword: "items" | "additionalProperties", opened: boolean): Place {
  return {
    view: place.view,
    field: `${place.field}${keyword === "items" ? "[]" : "{}"}`,
    path: `${place.path}.${keyword}`,
    storage: isRecord(place.storage) ? place.storage[keyword] : undefined,
    opened,
  };
}

/** Compares a schema node, and everything below it, with the compiled type. */
export function checkNode(session: Session, place: Place, pair: Pair): void {
  const { node, type } = pair;
  if (session.wasChecked(place, type)) return;
  const { checker } = session;
  const actual = actualOf(type, checker);
  const expected = expectedOf(node, { opened: place.opened, allOpen: session.version.allOpen });
  checkLogical(session, place, node, expected);
  if (node.type === undefined && (expected.kind === "object" || expected.kind === "array"))
    session.demandReport(place, "type");
  if (actual.any) {
    session.add(place, "any", "the type is any");
    return;
  }
  for (const strange of actual.strange) session.add(place, "type", `no schema becomes ${strange}`);
  if (expected.kind === "unknown") {
    checkUnknown(session, place, { expected, actual });
    return;
  }
  if (actual.unknown) {
    session.add(place, "unknown", `wanted ${expected.kind}, got unknown`);
    return;
  }
  if (actual.undefined) session.add(place, "type", "undefined is among the values");
  const nullable = node.nullable === true && expected.kind !== "enum";
  if (nullable !== actual.null) session.add(place, "nullable", nullable ? "null is missing" : "null is not allowed");
  checkKind(session, place, { expected, actual, pair });
}

interface Comparison {
  readonly expected: Expected;
  readonly actual: Actual;
  readonly pair: Pair;
}

function checkUnknown(session: Session, place: Place, both: Omit<Comparison, "pair">): void {
  const { expected, actual } = both;
  if (!actual.unknown) session.add(place, "type", "wanted unknown: the schema does not say what it is");
  if (expected.kind === "unknown" && expected.reported) session.demandReport(place, "type");
}

function checkKind(session: Session, place: Place, { expected, actual, pair }: Comparison): void {
  switch (expected.kind) {
    case "unknown":
      return;
    case "scalar":
      checkScalar(session, place, { expected, actual });
      return;
    case "enum":
      checkEnum(session, place, { values: expected.values, actual });
      return;
    default:
  }
  if (actual.scalars.size > 0 || actual.literals.size > 0 || actual.objects.length === 0) {
    session.add(place, "type", `wanted ${expected.kind}, got ${session.checker.typeToString(pair.type)}`);
    return;
  }
  const [type, ...more] = actual.objects;
  if (type === undefined) return;
  if (expected.kind === "object") {
    checkObject(session, place, { expected, objects: actual.objects, node: pair.node });
    return;
  }
  if (more.length > 0) {
    session.add(place, "type", `wanted one ${expected.kind}, got a union`);
    return;
  }
  switch (expected.kind) {
    case "array":
      checkArray(session, place, { expected, type, comments: pair.comments });
      return;
    case "map":
      checkMap(session, place, { expected, type, pair });
      return;
    case "empty":
      checkEmpty(session, place, type);
      return;
    default:
      expected satisfies never;
  }
}

function checkScalar(session: Session, place: Place, both: Omit<Comparison, "pair">): void {
  const { expected, actual } = both;
  if (expected.kind !== "scalar") return;
  const wanted = [...expected.types].sort().join(" | ");
  const got = [...actual.scalars].sort().join(" | ");
  const booleans = actual.scalars.has("boolean") ? 2 : 0;
  if (wanted !== got || actual.literals.size > booleans || actual.objects.length > 0) {
    session.add(place, "type", `wanted ${wanted}, got ${got === "" ? "none of them" : got}, or something beside it`);
  }
}

function checkEnum(session: Session, place: Place, both: { values: readonly unknown[]; actual: Actual }): void {
  const { values, actual } = both;
  const wanted = new Set(values.map((value) => JSON.stringify(value)));
  const missing = [...wanted].filter((value) => !actual.literals.has(value));
  const extra = [...actual.literals].filter((value) => !wanted.has(value));
  if (missing.length > 0) session.add(place, "enum", `${missing.join(", ")} is missing`);
  if (extra.length > 0) session.add(place, "enum", `${extra.join(", ")} is not allowed`);
  const widened = [...actual.scalars].some((name) => name !== "boolean") || actual.objects.length > 0;
  if (widened) session.add(place, "enum", "the type holds more than literals");
  if (wanted.size === 0) {
    if (!actual.never) session.add(place, "enum", "wanted never: no listed value is allowed");
    session.demandReport(place, "enum");
  }
}

interface ArrayPair {
  readonly expected: Extract<Expected, { kind: "array" }>;
  readonly type: ts.Type;
  readonly comments: Comments;
}

function checkArray(session: Session, place: Place, { expected, type, comments }: ArrayPair): void {
  const list = listType(type, session.checker);
  if (list === undefined) {
    session.add(place, "array", `wanted an array, got ${session.checker.typeToString(type)}`);
    return;
  }
  if (list.readonly) session.add(place, "array", "the array is readonly");
  // The key of an item that may be null cannot be named.
  const declared = expected.items?.nullable === true ? [] : entriesOf(expected.items, "properties").map(([key]) => key);
  const keys = expected.keys.filter((key) => declared.includes(key));
  if (keys.length < expected.keys.length) session.demandReport(place, "x-kubernetes-list-map-keys");
  const wanted = [...keys].sort().join(", ");
  const got = [...list.keys].sort().join(", ");
  if (keys.length === expected.keys.length && wanted !== got) {
    session.add(place, "brand", `wanted a list with the keys [${wanted}], got [${got}]`);
  }
  const items = below(place, "items", expected.opens);
  if (expected.items === undefined) {
    const actual = actualOf(list.items, session.checker);
    if (!actual.unknown) session.add(items, "type", "wanted unknown items: the schema does not say what they are");
    session.demandReport(place, "items");
    return;
  }
  checkNearby(session, expected.items, items, comments);
  checkNode(session, items, { node: expected.items, type: list.items, comments });
}

interface MapPair {
  readonly expected: Extract<Expected, { kind: "map" }>;
  readonly type: ts.Type;
  readonly pair: Pair;
}

function checkMap(session: Session, place: Place, { expected, type, pair }: MapPair): void {
  const { checker } = session;
  const values = indexType(type, checker);
  if (values === undefined) {
    session.add(place, "map", `wanted a map, got ${checker.typeToString(type)}`);
    return;
  }
  for (const key of checker.getPropertiesOfType(type)) {
    if (!String(key.escapedName).startsWith("__@")) session.add(place, "extra-property", `a map declares ${key.name}`);
  }
  checkAtomic(session, place, { wanted: expected.atomic, type });
  if (Array.isArray(pair.node.required) && pair.node.required.length > 0) session.demandReport(place, "required");
  if (expected.values === true) {
    if (!actualOf(values, checker).unknown) session.add(place, "map", "wanted unknown values");
    session.demandReport(place, "additionalProperties");
    return;
  }
  const inside = below(place, "additionalProperties", false);
  if (expected.preserve && actualOf(values, checker).unknown) {
    session.demandReport(place, "additionalProperties");
    return;
  }
  checkNearby(session, expected.values, inside, pair.comments);
  checkNode(session, inside, { node: expected.values, type: values, comments: pair.comments });
}

function checkEmpty(session: Session, place: Place, type: ts.Type): void {
  const { checker } = session;
  const values = indexType(type, checker);
  const actual = values === undefined ? undefined : actualOf(values, checker);
  const onlyUndefined = actual?.undefined === true && actual.objects.length === 0 && actual.scalars.size === 0;
  const named = checker.getPropertiesOfType(type).some((key) => !String(key.escapedName).startsWith("__@"));
  if (!onlyUndefined || named) {
    session.add(place, "closed", `wanted Record<string, undefined>, got ${checker.typeToString(type)}`);
  }
}

function checkAtomic(session: Session, place: Place, brand: { wanted: boolean; type: ts.Type }): void {
  if (hasBrand(brand.type, session.checker, "atomic") === brand.wanted) return;
  session.add(place, "brand", brand.wanted ? "Atomic is missing" : "Atomic is not declared");
}

/** An object's schema and the constituents of its type: several for an exclusive union. */
export interface ObjectPair {
  readonly expected: ExpectedObject;
  readonly objects: readonly ts.Type[];
  readonly node: RawSchema;
  /** Keys that somebody else checks. */
  readonly skip?: ReadonlySet<string>;
}

/** Compares an object's properties, and whether it is open, with the compiled type. */
export function checkObject(session: Session, place: Place, pair: ObjectPair): void {
  const { expected, objects } = pair;
  for (const type of objects) {
    checkKeys(session, place, { expected, type });
    checkAtomic(session, place, { wanted: expected.atomic, type });
  }
  if (objects.length > 1) {
    checkExclusive(session, place, pair);
    return;
  }
  if (expected.exclusive.length > 0 && place.view === "read" && !session.isReported(place, "oneOf")) {
    session.add(place, "unreported", `wanted ${place.path}.oneOf in the report`);
  }
  for (const type of objects) checkProperties(session, place, { ...pair, type });
}

function checkKeys(
  session: Session,
  place: Place,
  { expected, type }: { expected: ExpectedObject; type: ts.Type },
): void {
  const { checker } = session;
  const values = indexType(type, checker);
  if (expected.keys === "closed") {
    if (checker.getIndexInfosOfType(type).length > 0) session.add(place, "closed", "wanted no index signature");
    return;
  }
  if (values === undefined || !actualOf(values, checker).unknown) {
    session.add(place, "open", "wanted [key: string]: unknown");
    return;
  }
  if (expected.keys === "additional") {
    session.demandReport(place, "additionalProperties");
    return;
  }
  const open = openInterface(type, checker);
  if (open === undefined) session.add(place, "open", "wanted an interface of the node's own whose name ends in Open");
  else session.noteOpen(place, open);
}
