import { InvalidArgumentError } from "../errors/invalid-argument.ts";
import { isPlaceToLookForCycles } from "./deep-copy.ts";
import { isJsonObject, type JsonObject } from "./json.ts";
import { Unstructured } from "./unstructured.ts";

/**
 * Whether two values mean the same to Kubernetes (equality.Semantic.DeepEqual of apimachinery, for unstructured content).
 * The order of keys does not count, the order of a list does. A field that is absent, null, an empty list and an empty
 * object are four different things, as they are for Go in a `map[string]interface{}`, where only a list or a map that is nil
 * equals an empty one, and no JSON text gives such. A field that is undefined is absent; 1 and 1.0, which Go tells apart, are
 * one number here; an Unstructured is its content. What JSON does not have, such as a Date or a function, equals itself alone.
 *
 * @throws InvalidArgumentError where both contain themselves, which no JSON does.
 */
export function deepEqual(left: unknown, right: unknown): boolean {
  const open: Pair[] = [];
  if (!begin(contentOf(left), contentOf(right), open)) return false;
  // No recursion, as for deepCopy.
  for (let last = open.at(-1); last !== undefined; last = open.at(-1)) {
    if (last.done === last.length) open.pop();
    else if (!beginNext(last, open)) return false;
  }
  return true;
}

/** Two objects or two lists that are being compared, and how many of their parts have been begun. */
type Pair = (ObjectPair | ListPair) & { readonly length: number; done: number };

interface ObjectPair {
  readonly left: JsonObject;
  readonly right: JsonObject;
  readonly keys: readonly string[];
}

interface ListPair {
  readonly left: readonly unknown[];
  readonly right: readonly unknown[];
  readonly keys?: undefined;
}

function contentOf(value: unknown): unknown {
  return value instanceof Unstructured ? value.object : value;
}

/** Whether two values may be equal: what is in two objects or lists is compared later. */
function begin(left: unknown, right: unknown, open: Pair[]): boolean {
  if (left === right) return true;
  if (Array.isArray(left) && Array.isArray(right)) {
    if (left.length !== right.length) return false;
    refuseCycles(left, right, open);
    open.push({ left, right, length: left.length, done: 0 });
    return true;
  }
  if (!isJsonObject(left) || !isJsonObject(right)) return false;
  const keys = presentKeys(left);
  if (keys.length !== presentKeys(right).length || !keys.every((key) => Object.hasOwn(right, key))) return false;
  refuseCycles(left, right, open);
  open.push({ left, right, keys, length: keys.length, done: 0 });
  return true;
}

function beginNext(pair: Pair, open: Pair[]): boolean {
  const index = pair.done++;
  if (pair.keys === undefined) return begin(pair.left[index], pair.right[index], open);
  const key = pair.keys[index] ?? "";
  return begin(pair.left[key], pair.right[key], open);
}

/** Where only one of the two contains itself, the comparison ends where the other does. */
function refuseCycles(left: object, right: object, open: readonly Pair[]): void {
  if (!isPlaceToLookForCycles(open.length)) return;
  if (open.some((pair) => pair.left === left) && open.some((pair) => pair.right === right)) {
    throw new InvalidArgumentError("value", "wanted JSON, got an object that contains itself");
  }
}

function presentKeys(object: JsonObject): readonly string[] {
  return Object.keys(object).filter((key) => object[key] !== undefined);
}
