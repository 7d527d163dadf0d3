import { InvalidArgumentError } from "../errors/invalid-argument.ts";
import { fieldPath } from "./field-path.ts";

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

/**
 * Copies a JSON value so that the copy shares nothing with it; fields that are undefined are left out.
 *
 * @throws InvalidArgumentError where a part of the value is none that JSON has: undefined in a list, a function, a symbol,
 * a bigint, a number that is not finite, an instance of a class such as Date, or an object that contains itself.
 */
export function deepCopy<T>(value: T): T {
  return copyOf(value, []) as T;
}

/** An object or a list on the way to what is copied, and the key that the way goes on by. */
interface Step {
  readonly within: object;
  key: string | number;
}

function copyOf(value: unknown, steps: Step[]): unknown {
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number" && Number.isFinite(value)) return value;
  if (Array.isArray(value)) return copyOfList(value, steps);
  if (isJsonObject(value)) return copyOfObject(value, steps);
  throw notJson(jsonTypeOf(value), steps);
}

function copyOfList(list: readonly unknown[], steps: Step[]): unknown[] {
  const step = enter(list, steps);
  // Unlike map, it does not skip the holes of a sparse list.
  const copy = Array.from(list, (item, index) => {
    step.key = index;
    return copyOf(item, steps);
  });
  steps.pop();
  return copy;
}

function copyOfObject(object: JsonObject, steps: Step[]): JsonObject {
  const step = enter(object, steps);
  const copy: JsonObject = {};
  for (const key of Object.keys(object)) {
    const value = object[key];
    if (value === undefined) continue;
    step.key = key;
    setOwnValue(copy, key, copyOf(value, steps) as JsonValue);
  }
  steps.pop();
  return copy;
}

function enter(within: object, steps: Step[]): Step {
  if (steps.some((step) => step.within === within)) throw notJson("an object that contains itself", steps);
  const step: Step = { within, key: "" };
  steps.push(step);
  return step;
}

function notJson(got: string, steps: readonly Step[]): InvalidArgumentError {
  const place = steps.length === 0 ? "" : ` at ${fieldPath(steps.map((step) => step.key))}`;
  return new InvalidArgumentError("value", `wanted JSON, got ${got}${place}`);
}
