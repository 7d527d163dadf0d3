/** A value of a JSON text. */
export type JsonValue = string | number | boolean | null | JsonValue[] | JsonObject;

/** An object of a JSON text. A field that is undefined is one that is absent, as it is for `JSON.stringify`. */
export interface JsonObject {
  [key: string]: JsonValue | undefined;
}

/**
 * Whether a value is an object as a JSON text can hold it: no list, not null, and no instance of a class. An object of
 * another realm, such as a test runner's, is one too.
 */
export function isJsonObject(value: unknown): value is JsonObject {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** The JSON type of a value, for messages of the form `wanted a string, got a number`. It never shows the value. */
export function jsonTypeOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (isJsonObject(value)) return "an object";
  switch (typeof value) {
    case "string":
      return "a string";
    case "boolean":
      return "a boolean";
    case "number":
      return Number.isFinite(value) ? "a number" : "a number that is not finite";
    case "undefined":
      return "undefined";
    case "object":
      return "an instance of a class";
    default:
      return `a ${typeof value}`;
  }
}

/** What an object has under a key of its own: nothing under `constructor` or `toString`, which every object inherits. */
export function ownValue(object: JsonObject, key: string): JsonValue | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** Puts a value into an object under any key: an assignment to `__proto__` would replace the object's prototype. */
export function setOwnValue(object: JsonObject, key: string, value: JsonValue): void {
  if (key !== "__proto__") object[key] = value;
  else Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
}
