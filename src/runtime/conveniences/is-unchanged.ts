import { deepEqual } from "../unstructured/deep-equal.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../unstructured/json.ts";
import { contentOf } from "./change.ts";

/**
 * Whether a change leaves everything as the server has it, so that nothing has to be sent: by {@link deepEqual}, but in the
 * metadata what is null or empty is absent. The server reads the metadata of every kind into one type, which keeps no empty text,
 * list or map (metav1.ObjectMeta); elsewhere an empty one is a value, and decides about defaults.
 */
export function isUnchanged(before: object, after: object): boolean {
  return deepEqual(comparable(contentOf(before)), comparable(contentOf(after)));
}

function comparable(object: JsonObject): JsonObject {
  const { metadata } = object;
  if (!isJsonObject(metadata)) return object;
  return { ...object, metadata: Object.fromEntries(Object.entries(metadata).filter(([, value]) => !isEmpty(value))) };
}

function isEmpty(value: JsonValue | undefined): boolean {
  if (isJsonObject(value)) return Object.values(value).every((item) => item === undefined);
  return value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0);
}
