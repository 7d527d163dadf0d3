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
