import { InvalidArgumentError } from "../errors/invalid-argument.ts";
import { deepCopy } from "./deep-copy.ts";
import { fieldPath } from "./field-path.ts";
import { isJsonObject, type JsonObject, type JsonValue, jsonTypeOf, ownValue } from "./json.ts";

/*
 * The nested fields of apimachinery's package `unstructured` (helpers.go). A field is named by the keys that lead to it;
 * none of them is the index of a list. Of Go's three answers, found and its value is the value, not found is undefined,
 * and an error is thrown.
 */

/** A field, or something on the way to it, has another type than was wanted. The message does not hold the value. */
export class NestedFieldError extends TypeError {
  override readonly name = "NestedFieldError";
  /** A stable word for programs. */
  readonly code = "wrong-type";
  /** What has the other type, as `.spec.image` or `.metadata.labels["example.com/team"]`. */
  readonly path: string;
  /** The type that was wanted, as `a string`. */
  readonly wanted: string;
  /** The type that was found, as `a number`. */
  readonly got: string;

  constructor(path: string, wanted: string, got: string) {
    super(`unstructured: ${path}: wanted ${wanted}, got ${got}`);
    this.path = path;
    this.wanted = wanted;
    this.got = got;
  }
}

/** Tells a NestedFieldError from other errors. */
export function isNestedFieldError(error: unknown): error is NestedFieldError {
  return error instanceof NestedFieldError;
}

/**
 * Returns the value of a field, itself and no copy (NestedFieldNoCopy). It is undefined where the field or one on the way
 * to it is absent, or where one on the way is null; a field that is null itself is returned as null.
 *
 * @throws NestedFieldError where something on the way is no object. InvalidArgumentError where no field is named.
 */
export function nestedField(object: JsonObject, ...fields: string[]): JsonValue | undefined {
  refuseNoFields(fields);
  let value: JsonValue | undefined = object;
  for (const [index, field] of fields.entries()) {
    if (value === undefined || value === null) return undefined;
    if (!isJsonObject(value)) throw wrongType(fields.slice(0, index), "an object", value);
    value = ownValue(value, field);
  }
  return value;
}

/**
 * Returns a deep copy of the value of a field (NestedFieldCopy); otherwise as {@link nestedField}.
 *
 * @throws NestedFieldError where something on the way is no object.
 */
export function nestedFieldCopy(object: JsonObject, ...fields: string[]): JsonValue | undefined {
  const value = nestedField(object, ...fields);
  return value === undefined ? undefined : deepCopy(value);
}

/**
 * Returns the text of a field; undefined where it is absent, as for {@link nestedField}.
 *
 * @throws NestedFieldError where it has another type or is null, or where something on the way is no object.
 */
export function nestedString(object: JsonObject, ...fields: string[]): string | undefined {
  return nestedOf(string, object, fields);
}

/**
 * Returns the integer of a field; undefined where it is absent, as for {@link nestedField}.
 *
 * @throws NestedFieldError where it has another type or is null, has a fraction, or lies beyond 2^53 - 1, where numbers are
 * no longer exact; or where something on the way is no object.
 */
export function nestedInt64(object: JsonObject, ...fields: string[]): number | undefined {
  const value = nestedOf(integer, object, fields);
  if (value === undefined || Number.isSafeInteger(value)) return value;
  const got = Number.isInteger(value) ? "one beyond 2^53 - 1" : "a number with a fraction";
  throw new NestedFieldError(fieldPath(fields), integer.name, got);
}

/**
 * Returns the number of a field, an integer or not, as JavaScript has one type for both (NestedNumberAsFloat64 too); undefined
 * where it is absent, as for {@link nestedField}.
 *
 * @throws NestedFieldError where it has another type or is null, or where something on the way is no object.
 */
export function nestedFloat64(object: JsonObject, ...fields: string[]): number | undefined {
  return nestedOf(number, object, fields);
}

/**
 * Returns the truth value of a field; undefined where it is absent, as for {@link nestedField}.
 *
 * @throws NestedFieldError where it has another type or is null, or where something on the way is no object.
 */
export function nestedBool(object: JsonObject, ...fields: string[]): boolean | undefined {
  return nestedOf(boolean, object, fields);
}

/**
 * Returns a deep copy of the object of a field; undefined where it is absent, as for {@link nestedField}.
 *
 * @throws NestedFieldError where it has another type or is null, or where something on the way is no object.
 */
export function nestedMap(object: JsonObject, ...fields: string[]): JsonObject | undefined {
  const value = nestedOf(map, object, fields);
  return value === undefined ? undefined : deepCopy(value);
}

/**
 * Returns a deep copy of the list of a field; undefined where it is absent, as for {@link nestedField}.
 *
 * @throws NestedFieldError where it has another type or is null, or where something on the way is no object.
 */
export function nestedSlice(object: JsonObject, ...fields: string[]): JsonValue[] | undefined {
  const value = nestedOf(list, object, fields);
  return value === undefined ? undefined : deepCopy(value);
}

/**
 * Returns a copy of the object of a field, whose values are all texts; undefined where it is absent, as for
 * {@link nestedField}.
 *
 * @throws NestedFieldError where it or one of its values has another type or is null, or where something on the way is no
 * object.
 */
export function nestedStringMap(object: JsonObject, ...fields: string[]): Record<string, string> | undefined {
  const value = nestedOf(map, object, fields);
  return value === undefined ? undefined : stringsOf(value, fields, (item) => item);
}

/**
 * Returns a copy of the object of a field, whose values are all texts or null, and null is an empty text, as it is for the
 * server; undefined where the field is absent or null.
 *
 * @throws NestedFieldError where it or one of its values has another type, or where something on the way is no object.
 */
export function nestedNullCoercingStringMap(
  object: JsonObject,
  ...fields: string[]
): Record<string, string> | undefined {
  if (nestedField(object, ...fields) === null) return undefined;
  const value = nestedOf(map, object, fields);
  return value === undefined ? undefined : stringsOf(value, fields, (item) => item ?? "");
}

/**
 * Returns a copy of the list of a field, whose items are all texts; undefined where it is absent, as for
 * {@link nestedField}.
 *
 * @throws NestedFieldError where it or one of its items has another type or is null, or where something on the way is no
 * object.
 */
export function nestedStringSlice(object: JsonObject, ...fields: string[]): string[] | undefined {
  return nestedOf(list, object, fields)?.map((item, index) => requireString(item, [...fields, index]));
}

/** A type that a field can be wanted in. */
interface WantedType<T extends JsonValue> {
  /** As `a string`. */
  readonly name: string;
  readonly has: (value: JsonValue) => value is T;
}

const isNumber = (value: JsonValue): value is number => Number.isFinite(value);

const string: WantedType<string> = { name: "a string", has: (value) => typeof value === "string" };
const boolean: WantedType<boolean> = { name: "a boolean", has: (value) => typeof value === "boolean" };
const number: WantedType<number> = { name: "a number", has: isNumber };
const integer: WantedType<number> = { name: "an integer", has: isNumber };
const map: WantedType<JsonObject> = { name: "an object", has: isJsonObject };
const list: WantedType<JsonValue[]> = { name: "a list", has: Array.isArray };

function nestedOf<T extends JsonValue>(
  type: WantedType<T>,
  object: JsonObject,
  fields: readonly string[],
): T | undefined {
  const value = nestedField(object, ...fields);
  if (value === undefined || type.has(value)) return value;
  throw wrongType(fields, type.name, value);
}

function stringsOf(
  object: JsonObject,
  fields: readonly string[],
  read: (item: JsonValue | undefined) => JsonValue | undefined,
): Record<string, string> {
  const present = Object.entries(object).filter(([, item]) => item !== undefined);
  return Object.fromEntries(present.map(([key, item]) => [key, requireString(read(item), [...fields, key])]));
}

function requireString(value: JsonValue | undefined, keys: readonly (string | number)[]): string {
  if (typeof value === "string") return value;
  throw wrongType(keys, string.name, value);
}

/** The error of a field that has another type. */
export function wrongType(keys: readonly (string | number)[], wanted: string, got: unknown): NestedFieldError {
  return new NestedFieldError(fieldPath(keys), wanted, jsonTypeOf(got));
}

/** Makes sure that a field is named. */
export function refuseNoFields(fields: readonly string[]): void {
  if (fields.length === 0) throw new InvalidArgumentError("fields", "wanted the keys that lead to a field, got none");
}
