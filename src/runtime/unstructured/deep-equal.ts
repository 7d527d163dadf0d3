import { isJsonObject, type JsonObject } from "./json.ts";
import { Unstructured } from "./unstructured.ts";

/**
 * Whether two values mean the same to Kubernetes (equality.Semantic.DeepEqual of apimachinery, for unstructured content).
 * The order of keys does not count, the order of a list does. A field that is absent, null, an empty list and an empty
 * object are four different things, as they are for Go in a `map[string]interface{}`, where only a list or a map that is nil
 * equals an empty one, and no JSON text gives such. A field that is undefined is absent; 1 and 1.0, which Go tells apart, are
 * one number here; an Unstructured is its content. What JSON does not have, such as a Date or a function, equals itself alone.
 */
export function deepEqual(left: unknown, right: unknown): boolean {
  return equal(contentOf(left), contentOf(right));
}

function contentOf(value: unknown): unknown {
  return value instanceof Unstructured ? value.object : value;
}

function equal(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((item, index) => equal(item, right[index]));
  }
  return isJsonObject(left) && isJsonObject(right) && equalObjects(left, right);
}

function equalObjects(left: JsonObject, right: JsonObject): boolean {
  const keys = presentKeys(left);
  return (
    keys.length === presentKeys(right).length &&
    keys.every((key) => Object.hasOwn(right, key) && equal(left[key], right[key]))
  );
}

function presentKeys(object: JsonObject): readonly string[] {
  return Object.keys(object).filter((key) => object[key] !== undefined);
}
