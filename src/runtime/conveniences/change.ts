import { InvalidArgumentError } from "../errors/invalid-argument.ts";
import { deepCopy, isJsonObject } from "../unstructured/json.ts";
import { namespacedName } from "../unstructured/object-meta.ts";
import { Unstructured } from "../unstructured/unstructured.ts";

/**
 * Changes an object: in place, or by returning another in its place. It gets a copy, and is called again with what is newer
 * after a conflict, so it does nothing else.
 */
export type Change<T> = (object: T) => T | void | Promise<T> | Promise<void>;

/**
 * Gives a copy of an object with a change made to it.
 *
 * @throws InvalidArgumentError where it names another object after the change; what the change throws.
 */
export async function changed<T extends object>(object: T, change: Change<T>): Promise<T> {
  const copy = object instanceof Unstructured ? (object.deepCopy() as object as T) : deepCopy(object);
  const result = (await change(copy)) ?? copy;
  if (identityOf(result) !== identityOf(object)) {
    throw new InvalidArgumentError("change", "wanted the same name and namespace after it, got others");
  }
  return result;
}

function identityOf(object: object): string | undefined {
  const content: unknown = object instanceof Unstructured ? object.object : object;
  return isJsonObject(content) ? namespacedName(content) : undefined;
}
