/** A JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

/** A JSON object. A key may be `__proto__`, so objects are made by `Object.fromEntries` and read by `Object.entries`. */
export interface JsonObject {
  readonly [key: string]: Json;
}

/** The way from a value's root to a part of it. */
export type JsonPath = readonly (string | number)[];

/** Whether a value is an object and neither a list nor null. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether a value is a list. `Array.isArray` alone does not narrow readonly ones. */
export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** The own value of a key, or undefined. */
export function ownValue(object: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** A copy of an object in which a key has a value; undefined takes the key away. */
export function withKey(object: JsonObject, key: string, value: Json | undefined): JsonObject {
  const entries = new Map(Object.entries(object));
  if (value === undefined) entries.delete(key);
  else entries.set(key, value);
  return Object.fromEntries(entries);
}

/** A copy of a value in which the part at a path is another; undefined takes it away from its object. */
export function withPart(value: Json, path: JsonPath, part: Json | undefined): Json {
  const [step, ...rest] = path;
  if (step === undefined) {
    if (part === undefined) throw new Error("wanted a part of a value to take away, got the whole");
    return part;
  }
  if (typeof step === "number" && isList(value)) {
    return value.map((item, index) => (index === step ? withPart(item, rest, part) : item));
  }
  if (typeof step === "string" && isObject(value)) {
    const inner = ownValue(value, step);
    return withKey(value, step, rest.length === 0 ? part : withPart(inner ?? null, rest, part));
  }
  throw new Error(`wanted a value with ${JSON.stringify(step)}, got ${JSON.stringify(value)}`);
}
