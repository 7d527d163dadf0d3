import { InvalidArgumentError } from "../errors/invalid-argument.ts";
import { deepCopy } from "./deep-copy.ts";
import { isJsonObject, type JsonObject, type JsonValue, jsonTypeOf, ownValue, setOwnValue } from "./json.ts";
import { refuseNoFields, wrongType } from "./nested.ts";

/*
 * The nested fields of apimachinery's package `unstructured` (helpers.go), as they are written. What is written is a copy,
 * and the objects on the way that are absent are made.
 */

/**
 * Sets a field to a deep copy of the value, and makes the objects on the way to it that are absent. If it throws, nothing
 * has changed.
 *
 * @throws NestedFieldError where something on the way is no object, null included. InvalidArgumentError where the value is
 * none that JSON has, see {@link deepCopy}, or where no field is named.
 */
export function setNestedField(object: JsonObject, value: JsonValue | object, ...fields: string[]): void {
  refuseNoFields(fields);
  const copy = deepCopy(value) as JsonValue;
  let parent = object;
  for (const [index, field] of fields.slice(0, -1).entries()) {
    let child = ownValue(parent, field);
    if (child === undefined) {
      child = {};
      setOwnValue(parent, field, child);
    }
    if (!isJsonObject(child)) throw wrongType(fields.slice(0, index + 1), "an object", child);
    parent = child;
  }
  setOwnValue(parent, fields.at(-1) ?? "", copy);
}

/**
 * Sets a field to a copy of a list of texts; otherwise as {@link setNestedField}.
 *
 * @throws InvalidArgumentError where the value is something else. NestedFieldError where something on the way is no object.
 */
export function setNestedStringSlice(object: JsonObject, value: readonly string[], ...fields: string[]): void {
  if (!Array.isArray(value)) throw wrongValue("a list of texts", value);
  refuseOthers("a list of texts", value);
  setNestedField(object, value, ...fields);
}

/**
 * Sets a field to a deep copy of a list; otherwise as {@link setNestedField}.
 *
 * @throws InvalidArgumentError where the value is none that JSON has. NestedFieldError where something on the way is no object.
 */
export function setNestedSlice(object: JsonObject, value: readonly unknown[], ...fields: string[]): void {
  if (!Array.isArray(value)) throw wrongValue("a list", value);
  setNestedField(object, value, ...fields);
}

/**
 * Sets a field to a copy of an object whose values are all texts; otherwise as {@link setNestedField}.
 *
 * @throws InvalidArgumentError where the value is something else. NestedFieldError where something on the way is no object.
 */
export function setNestedStringMap(
  object: JsonObject,
  value: Readonly<Record<string, string>>,
  ...fields: string[]
): void {
  if (!isJsonObject(value)) throw wrongValue("an object of texts", value);
  refuseOthers("an object of texts", Object.values(value));
  setNestedField(object, value, ...fields);
}

/**
 * Sets a field to a deep copy of an object; otherwise as {@link setNestedField}.
 *
 * @throws InvalidArgumentError where the value is none that JSON has. NestedFieldError where something on the way is no object.
 */
export function setNestedMap(object: JsonObject, value: Readonly<Record<string, unknown>>, ...fields: string[]): void {
  if (!isJsonObject(value)) throw wrongValue("an object", value);
  setNestedField(object, value, ...fields);
}

/**
 * Removes a field. Where it is absent, or something on the way to it is no object, there is nothing to remove.
 *
 * @throws InvalidArgumentError where no field is named.
 */
export function removeNestedField(object: JsonObject, ...fields: string[]): void {
  refuseNoFields(fields);
  let parent = object;
  for (const field of fields.slice(0, -1)) {
    const child = ownValue(parent, field);
    if (!isJsonObject(child)) return;
    parent = child;
  }
  delete parent[fields.at(-1) ?? ""];
}

function wrongValue(wanted: string, got: unknown): InvalidArgumentError {
  return new InvalidArgumentError("value", `wanted ${wanted}, got ${jsonTypeOf(got)}`);
}

function refuseOthers(wanted: string, values: readonly unknown[]): void {
  for (const value of values) {
    if (typeof value === "string") continue;
    throw new InvalidArgumentError("value", `wanted ${wanted}, got one with ${jsonTypeOf(value)} in it`);
  }
}
