import { InvalidArgumentError } from "../errors/invalid-argument.ts";
import { fieldPath } from "./field-path.ts";
import { isJsonObject, type JsonObject, type JsonValue, jsonTypeOf, setOwnValue } from "./json.ts";

/**
 * Copies a JSON value so that the copy shares nothing with it; fields that are undefined are left out.
 *
 * @throws InvalidArgumentError where a part of the value is none that JSON has: undefined in a list, a function, a symbol,
 * a bigint, a number that is not finite, an instance of a class such as Date, or an object that contains itself.
 */
export function deepCopy<T>(value: T): T {
  const open: Container[] = [];
  const copy = begin(value, open);
  // No recursion: the server's JSON may be nested 10,000 deep, which is more than the stack holds.
  for (let last = open.at(-1); last !== undefined; last = open.at(-1)) {
    if (last.done < last.length) copyNext(last, open);
    else open.pop();
  }
  return copy as T;
}

/** An object or a list that is being copied, and how many of its parts have been begun. */
type Container = (ObjectCopy | ListCopy) & { readonly length: number; done: number };

interface ObjectCopy {
  readonly source: JsonObject;
  readonly copy: JsonObject;
  readonly keys: readonly string[];
}

interface ListCopy {
  readonly source: readonly unknown[];
  readonly copy: unknown[];
  readonly keys?: undefined;
}

/** Gives the copy of a value; that of an object or a list is empty, and is filled later. */
function begin(value: unknown, open: Container[]): unknown {
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number" && Number.isFinite(value)) return value;
  if (isPlaceToLookForCycles(open.length) && open.some(({ source }) => source === value)) {
    throw notJson("an object that contains itself", open);
  }
  if (Array.isArray(value)) {
    const copy: unknown[] = [];
    open.push({ source: value, copy, length: value.length, done: 0 });
    return copy;
  }
  if (!isJsonObject(value)) throw notJson(jsonTypeOf(value), open);
  const keys = Object.keys(value);
  const copy: JsonObject = {};
  open.push({ source: value, copy, keys, length: keys.length, done: 0 });
  return copy;
}

/**
 * Whether it is worth looking at this depth whether an object contains itself: everywhere where few are around it, and deeper
 * ever more seldom, for what contains itself gets to any depth.
 */
export function isPlaceToLookForCycles(depth: number): boolean {
  return depth < 100 || Number.isInteger(Math.log2(depth));
}

function copyNext(container: Container, open: Container[]): void {
  const index = container.done++;
  if (container.keys === undefined) {
    container.copy.push(begin(container.source[index], open));
    return;
  }
  const key = container.keys[index] ?? "";
  const value = container.source[key];
  if (value !== undefined) setOwnValue(container.copy, key, begin(value, open) as JsonValue);
}

function notJson(got: string, open: readonly Container[]): InvalidArgumentError {
  const place = open.length === 0 ? "" : ` at ${fieldPath(open.map(({ keys, done }) => keys?.[done - 1] ?? done - 1))}`;
  return new InvalidArgumentError("value", `wanted JSON, got ${got}${place}`);
}
