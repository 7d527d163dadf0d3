import type { Path } from "../diagnostic.ts";
import { equalJson, isJsonObject } from "../json.ts";

/** The path of the first place, in the order of sorted keys, where two JSON values differ; undefined where they are equal. */
export function firstDifference(left: unknown, right: unknown): Path | undefined {
  if (equalJson(left, right)) return undefined;
  for (const step of commonSteps(left, right)) {
    const below = firstDifference(partOf(left, step), partOf(right, step));
    if (below !== undefined) return [step, ...below];
  }
  return [];
}

/** The steps that lead into both values, where both are lists or both are objects. */
function commonSteps(left: unknown, right: unknown): readonly (string | number)[] {
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length > right.length ? [...left.keys()] : [...right.keys()];
  }
  if (!isJsonObject(left) || !isJsonObject(right)) return [];
  return [...new Set([...Object.keys(left), ...Object.keys(right)])].sort();
}

function partOf(value: unknown, step: string | number): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, step)
    ? Reflect.get(value, step)
    : undefined;
}
