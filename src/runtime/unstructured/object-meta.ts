import { InvalidArgumentError } from "../errors/invalid-argument.ts";
import type { ManagedFieldsEntry, OwnerReference } from "../gen/v1.ts";
import { deepCopy } from "./deep-copy.ts";
import { isJsonObject, type JsonObject, type JsonValue, jsonTypeOf, ownValue } from "./json.ts";
import { removeNestedField, setNestedField } from "./set-nested.ts";

/*
 * The metadata of an object of any kind, read as the accessors of apimachinery's Unstructured do: what is absent and what
 * has another type are both undefined. Everything that is returned is a copy.
 */

/** Returns a text of an object, such as its `kind`. */
export function textField(object: JsonObject, field: string): string | undefined {
  const value = ownValue(object, field);
  return typeof value === "string" ? value : undefined;
}

/** Returns a text of the metadata. */
export function metadataText(object: JsonObject, field: string): string | undefined {
  const value = metadataField(object, field);
  return typeof value === "string" ? value : undefined;
}

/** Returns an integer of the metadata. */
export function metadataInteger(object: JsonObject, field: string): number | undefined {
  const value = metadataField(object, field);
  return typeof value === "number" && Number.isSafeInteger(value) ? value : undefined;
}

/** Returns the labels or annotations. A value that is null is an empty text, as it is for the server. */
export function metadataTexts(object: JsonObject, field: string): Record<string, string> | undefined {
  const value = metadataField(object, field);
  if (!isJsonObject(value)) return undefined;
  const texts: [string, string][] = [];
  for (const [key, item] of Object.entries(value)) {
    if (item === undefined) continue;
    const text = item ?? "";
    if (typeof text !== "string") return undefined;
    texts.push([key, text]);
  }
  return Object.fromEntries(texts);
}

/** Returns the finalizers. */
export function finalizersOf(object: JsonObject): string[] | undefined {
  const value = metadataField(object, "finalizers");
  return Array.isArray(value) && value.every((item) => typeof item === "string") ? [...value] : undefined;
}

/** Returns the owner references: undefined where one is no object. A text that one lacks is empty. */
export function ownerReferencesOf(object: JsonObject): OwnerReference[] | undefined {
  return metadataObjects(object, "ownerReferences")?.map(ownerReference);
}

/** Makes an item, which is a copy already, what the type says; what the type does not know stays. */
function ownerReference(item: JsonObject): OwnerReference {
  for (const flag of ["controller", "blockOwnerDeletion"]) {
    if (typeof item[flag] !== "boolean") delete item[flag];
  }
  return {
    ...item,
    apiVersion: textField(item, "apiVersion") ?? "",
    kind: textField(item, "kind") ?? "",
    name: textField(item, "name") ?? "",
    uid: textField(item, "uid") ?? "",
  };
}

/** Returns the managed fields: undefined where an entry is no object. What is in an entry is not looked at. */
export function managedFieldsOf(object: JsonObject): ManagedFieldsEntry[] | undefined {
  return metadataObjects(object, "managedFields");
}

/** Returns `<namespace>/<name>`, or the name alone (types.NamespacedName of apimachinery); undefined where it has none. */
export function namespacedName(object: JsonObject): string | undefined {
  const namespace = metadataText(object, "namespace") ?? "";
  const name = metadataText(object, "name");
  return name === undefined || namespace === "" ? name : `${namespace}/${name}`;
}

/**
 * Sets a field, or removes it where the value is undefined or an empty text.
 *
 * @throws InvalidArgumentError where the value is not of the field's type. NestedFieldError where the metadata is no object.
 */
export function setOrRemove(object: JsonObject, value: JsonValue | object | undefined, ...fields: string[]): void {
  if (value === undefined || value === "") {
    removeNestedField(object, ...fields);
    return;
  }
  const field = fields.at(-1) ?? "";
  const { wanted, accepts } = fieldTypes.get(field) ?? text;
  if (!accepts(value))
    throw new InvalidArgumentError(field, `wanted ${wanted}, got ${jsonTypeOf(value)}, which is none`);
  setNestedField(object, value, ...fields);
}

/** What a field of every object holds. */
interface FieldType {
  readonly wanted: string;
  readonly accepts: (value: unknown) => boolean;
}

const isText = (value: unknown): boolean => typeof value === "string";
const listOf = (isItem: (item: unknown) => boolean) => (value: unknown) => Array.isArray(value) && value.every(isItem);
const text: FieldType = { wanted: "a text", accepts: isText };
const integer: FieldType = { wanted: "an integer", accepts: Number.isSafeInteger };
const texts: FieldType = {
  wanted: "an object of texts",
  accepts: (value) => isJsonObject(value) && Object.values(value).every(isText),
};
const owners = "a list of objects with the texts apiVersion, kind, name and uid";

/** The fields that are no text. */
const fieldTypes: ReadonlyMap<string, FieldType> = new Map([
  ["generation", integer],
  ["deletionGracePeriodSeconds", integer],
  ["remainingItemCount", integer],
  ["labels", texts],
  ["annotations", texts],
  ["finalizers", { wanted: "a list of texts", accepts: listOf(isText) }],
  ["ownerReferences", { wanted: owners, accepts: listOf(isOwnerReference) }],
  ["managedFields", { wanted: "a list of objects", accepts: listOf(isJsonObject) }],
]);

function isOwnerReference(item: unknown): boolean {
  return (
    isJsonObject(item) &&
    ["apiVersion", "kind", "name", "uid"].every((key) => isText(item[key])) &&
    ["controller", "blockOwnerDeletion"].every((key) => ["boolean", "undefined"].includes(typeof item[key]))
  );
}

function metadataField(object: JsonObject, field: string): JsonValue | undefined {
  const metadata = ownValue(object, "metadata");
  return isJsonObject(metadata) ? ownValue(metadata, field) : undefined;
}

function metadataObjects(object: JsonObject, field: string): JsonObject[] | undefined {
  const value = metadataField(object, field);
  return Array.isArray(value) && value.every(isJsonObject) ? deepCopy(value) : undefined;
}
