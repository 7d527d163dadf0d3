import { InvalidArgumentError } from "../errors/invalid-argument.ts";
import { deepCopy } from "../unstructured/deep-copy.ts";
import { isJsonObject, type JsonObject } from "../unstructured/json.ts";
import { metadataText } from "../unstructured/object-meta.ts";
import { Unstructured } from "../unstructured/unstructured.ts";

/**
 * Changes an object: in place, or by returning another in its place. It gets a copy, and is called again with what is newer
 * after a conflict, so it does nothing else. What it returns in the place of an object that was read has the resourceVersion of that.
 */
export type Change<T> = (object: T) => T | void | Promise<T | undefined> | Promise<void>;

/**
 * Gives a copy of an object with a change made to it.
 *
 * @throws InvalidArgumentError where it names another object after the change; what the change throws.
 */
export async function changed<T extends object>(object: T, change: Change<T>): Promise<T> {
  const copy = object instanceof Unstructured ? (object.deepCopy() as object as T) : deepCopy(object);
  const result = (await change(copy)) ?? copy;
  if (!isSameObject(contentOf(object), contentOf(result))) {
    throw new InvalidArgumentError("change", "wanted the same name and namespace after it, got others");
  }
  return result;
}

/** What says no namespace yet may say one: the client knows whether it is the right one. */
function isSameObject(before: JsonObject, after: JsonObject): boolean {
  const namespace = metadataText(before, "namespace");
  return (
    metadataText(before, "name") === metadataText(after, "name") &&
    (namespace === undefined || namespace === metadataText(after, "namespace"))
  );
}

/** The content of an Unstructured, or the object itself; an empty object where it is none. */
export function contentOf(object: object): JsonObject {
  const content: unknown = object instanceof Unstructured ? object.object : object;
  return isJsonObject(content) ? content : {};
}
