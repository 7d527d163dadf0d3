import { bodyText } from "../client/body.ts";
import { InvalidArgumentError } from "../errors/invalid-argument.ts";
import { deepCopy } from "../unstructured/deep-copy.ts";
import { isJsonObject, type JsonObject, jsonTypeOf } from "../unstructured/json.ts";
import { metadataText } from "../unstructured/object-meta.ts";
import { Unstructured } from "../unstructured/unstructured.ts";

/**
 * Changes an object: in place, or by returning another in its place. It gets a copy, and is called again with what is newer
 * after a conflict, so it does nothing else. Name, namespace and resourceVersion stay: with another version the server would take the
 * change for one of a state that was not read, and what others have written since would be lost. What it sets counts as it is sent: a
 * Date is its text.
 */
export type Change<T> = (object: T) => T | void | Promise<T | undefined> | Promise<void>;

/**
 * Makes sure that there is a change to make, before anything is read.
 *
 * @throws InvalidArgumentError
 */
export function checkChange(change: unknown): void {
  if (typeof change === "function") return;
  throw new InvalidArgumentError("change", `wanted a function that changes the object, got ${jsonTypeOf(change)}`);
}

/**
 * Gives a copy of an object with a change made to it.
 *
 * @throws InvalidArgumentError where it names another object or another state of it after the change, or is none that JSON has;
 * what the change throws.
 */
export async function changed<T extends object>(object: T, change: Change<T>): Promise<T> {
  const copy = object instanceof Unstructured ? (object.deepCopy() as object as T) : deepCopy(object);
  const result = asJson("change", (await change(copy)) ?? copy);
  if (!isSameObject(contentOf(object), contentOf(result))) {
    throw new InvalidArgumentError(
      "change",
      "wanted the same name, namespace and resourceVersion after it, got others",
    );
  }
  return result;
}

/**
 * Gives an object as it is sent, with the text of a Date and the fields of an instance of a class; an Unstructured is JSON.
 *
 * @throws InvalidArgumentError where JSON would lose something of it.
 */
export function asJson<T extends object>(argument: string, object: T): T {
  return object instanceof Unstructured ? object : JSON.parse(bodyText(argument, object ?? null));
}

/** Also in the same state. What says no namespace yet may say one: the client knows whether it is the right one. */
function isSameObject(before: JsonObject, after: JsonObject): boolean {
  const namespace = metadataText(before, "namespace");
  return (
    metadataText(before, "name") === metadataText(after, "name") &&
    metadataText(before, "resourceVersion") === metadataText(after, "resourceVersion") &&
    (namespace === undefined || namespace === metadataText(after, "namespace"))
  );
}

/** The content of an Unstructured, or the object itself; an empty object where it is none. */
export function contentOf(object: object): JsonObject {
  const content: unknown = object instanceof Unstructured ? object.object : object;
  return isJsonObject(content) ? content : {};
}
