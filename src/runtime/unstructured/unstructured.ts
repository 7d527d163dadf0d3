import type { ManagedFieldsEntry, OwnerReference } from "../gen/v1.ts";
import { deepCopy } from "./deep-copy.ts";
import { isJsonObject, type JsonObject, type JsonValue, ownValue } from "./json.ts";
import * as nested from "./nested.ts";
import * as meta from "./object-meta.ts";
import * as setNested from "./set-nested.ts";
import { inspect, UnstructuredContent } from "./unstructured-content.ts";
import { UnstructuredList } from "./unstructured-list.ts";

/** Texts by key, as labels and annotations are. */
type Texts = Readonly<Record<string, string>>;

/**
 * An object of any kind, known or not: its content as JSON, with accessors for what objects of all kinds have (Unstructured
 * of apimachinery).
 *
 * Its getters answer undefined where the field is absent or has another type; to tell the two apart, read the field by a
 * nested method. Lists and maps that they return are copies. Its setters remove the field where they are given undefined
 * or an empty text, and store a copy of what else they are given, an empty list or map too. They throw an InvalidArgumentError
 * where that has another type, and a NestedFieldError where `metadata` is there and is no object.
 */
export class Unstructured extends UnstructuredContent {
  /** Returns `metadata.name`. */
  getName(): string | undefined {
    return meta.metadataText(this.object, "name");
  }

  /** Sets `metadata.name`; undefined removes it. @throws NestedFieldError where `metadata` is no object. */
  setName(name: string | undefined): void {
    meta.setOrRemove(this.object, name, "metadata", "name");
  }

  /** Returns `metadata.generateName`. */
  getGenerateName(): string | undefined {
    return meta.metadataText(this.object, "generateName");
  }

  /** Sets `metadata.generateName`; undefined removes it. @throws NestedFieldError where `metadata` is no object. */
  setGenerateName(generateName: string | undefined): void {
    meta.setOrRemove(this.object, generateName, "metadata", "generateName");
  }

  /** Returns `metadata.namespace`. */
  getNamespace(): string | undefined {
    return meta.metadataText(this.object, "namespace");
  }

  /** Sets `metadata.namespace`; undefined removes it. @throws NestedFieldError where `metadata` is no object. */
  setNamespace(namespace: string | undefined): void {
    meta.setOrRemove(this.object, namespace, "metadata", "namespace");
  }

  /** Returns `metadata.uid`. */
  getUID(): string | undefined {
    return meta.metadataText(this.object, "uid");
  }

  /** Sets `metadata.uid`; undefined removes it. @throws NestedFieldError where `metadata` is no object. */
  setUID(uid: string | undefined): void {
    meta.setOrRemove(this.object, uid, "metadata", "uid");
  }

  /** Returns `metadata.generation`. */
  getGeneration(): number | undefined {
    return meta.metadataInteger(this.object, "generation");
  }

  /**
   * Sets `metadata.generation`; 0, which no stored object has, removes it as undefined does.
   *
   * @throws NestedFieldError where `metadata` is no object.
   */
  setGeneration(generation: number | undefined): void {
    meta.setOrRemove(this.object, generation === 0 ? undefined : generation, "metadata", "generation");
  }

  /** Returns when the server created the object, as RFC 3339 text. */
  getCreationTimestamp(): string | undefined {
    return meta.metadataText(this.object, "creationTimestamp");
  }

  /** Sets `metadata.creationTimestamp`; undefined removes it. @throws NestedFieldError where `metadata` is no object. */
  setCreationTimestamp(timestamp: string | undefined): void {
    meta.setOrRemove(this.object, timestamp, "metadata", "creationTimestamp");
  }

  /** Returns when the object is to be gone, its finalizers aside, as RFC 3339 text; undefined unless it was deleted. */
  getDeletionTimestamp(): string | undefined {
    return meta.metadataText(this.object, "deletionTimestamp");
  }

  /** Sets `metadata.deletionTimestamp`; undefined removes it. @throws NestedFieldError where `metadata` is no object. */
  setDeletionTimestamp(timestamp: string | undefined): void {
    meta.setOrRemove(this.object, timestamp, "metadata", "deletionTimestamp");
  }

  /** Returns `metadata.deletionGracePeriodSeconds`. */
  getDeletionGracePeriodSeconds(): number | undefined {
    return meta.metadataInteger(this.object, "deletionGracePeriodSeconds");
  }

  /** Sets `metadata.deletionGracePeriodSeconds`; undefined removes it. @throws NestedFieldError where `metadata` is no object. */
  setDeletionGracePeriodSeconds(seconds: number | undefined): void {
    meta.setOrRemove(this.object, seconds, "metadata", "deletionGracePeriodSeconds");
  }

  /** Returns the labels; one that is null is an empty text, and all are undefined if another is no text. */
  getLabels(): Record<string, string> | undefined {
    return meta.metadataTexts(this.object, "labels");
  }

  /** Sets `metadata.labels`; undefined removes it. @throws NestedFieldError where `metadata` is no object. */
  setLabels(labels: Texts | undefined): void {
    meta.setOrRemove(this.object, labels, "metadata", "labels");
  }

  /** Returns the annotations; one that is null is an empty text, and all are undefined if another is no text. */
  getAnnotations(): Record<string, string> | undefined {
    return meta.metadataTexts(this.object, "annotations");
  }

  /** Sets `metadata.annotations`; undefined removes it. @throws NestedFieldError where `metadata` is no object. */
  setAnnotations(annotations: Texts | undefined): void {
    meta.setOrRemove(this.object, annotations, "metadata", "annotations");
  }

  /** Returns the owner references; a text that one lacks is empty. */
  getOwnerReferences(): OwnerReference[] | undefined {
    return meta.ownerReferencesOf(this.object);
  }

  /** Sets `metadata.ownerReferences`; undefined removes it. @throws NestedFieldError where `metadata` is no object. */
  setOwnerReferences(references: readonly OwnerReference[] | undefined): void {
    meta.setOrRemove(this.object, references, "metadata", "ownerReferences");
  }

  /** Returns `metadata.finalizers`. */
  getFinalizers(): string[] | undefined {
    return meta.finalizersOf(this.object);
  }

  /** Sets `metadata.finalizers`; undefined removes it. @throws NestedFieldError where `metadata` is no object. */
  setFinalizers(finalizers: readonly string[] | undefined): void {
    meta.setOrRemove(this.object, finalizers, "metadata", "finalizers");
  }

  /** Returns who wrote which fields; what is in an entry is not looked at. */
  getManagedFields(): ManagedFieldsEntry[] | undefined {
    return meta.managedFieldsOf(this.object);
  }

  /** Sets `metadata.managedFields`; undefined removes it. @throws NestedFieldError where `metadata` is no object. */
  setManagedFields(managedFields: readonly ManagedFieldsEntry[] | undefined): void {
    meta.setOrRemove(this.object, managedFields, "metadata", "managedFields");
  }

  /** Returns the value of a field, itself and no copy; see {@link nested.nestedField}. */
  nestedField(...fields: string[]): JsonValue | undefined {
    return nested.nestedField(this.object, ...fields);
  }

  /** Returns a deep copy of the value of a field; see {@link nested.nestedFieldCopy}. */
  nestedFieldCopy(...fields: string[]): JsonValue | undefined {
    return nested.nestedFieldCopy(this.object, ...fields);
  }

  /** Returns the text of a field; see {@link nested.nestedString}. */
  nestedString(...fields: string[]): string | undefined {
    return nested.nestedString(this.object, ...fields);
  }

  /** Returns the integer of a field; see {@link nested.nestedInt64}. */
  nestedInt64(...fields: string[]): number | undefined {
    return nested.nestedInt64(this.object, ...fields);
  }

  /** Returns the number of a field; see {@link nested.nestedFloat64}. */
  nestedFloat64(...fields: string[]): number | undefined {
    return nested.nestedFloat64(this.object, ...fields);
  }

  /** Returns the truth value of a field; see {@link nested.nestedBool}. */
  nestedBool(...fields: string[]): boolean | undefined {
    return nested.nestedBool(this.object, ...fields);
  }

  /** Returns a deep copy of the object of a field; see {@link nested.nestedMap}. */
  nestedMap(...fields: string[]): JsonObject | undefined {
    return nested.nestedMap(this.object, ...fields);
  }

  /** Returns a deep copy of the list of a field; see {@link nested.nestedSlice}. */
  nestedSlice(...fields: string[]): JsonValue[] | undefined {
    return nested.nestedSlice(this.object, ...fields);
  }

  /** Returns a copy of the object of a field, whose values are all texts; see {@link nested.nestedStringMap}. */
  nestedStringMap(...fields: string[]): Record<string, string> | undefined {
    return nested.nestedStringMap(this.object, ...fields);
  }

  /** Returns a copy of the object of a field, null among its texts; see {@link nested.nestedNullCoercingStringMap}. */
  nestedNullCoercingStringMap(...fields: string[]): Record<string, string> | undefined {
    return nested.nestedNullCoercingStringMap(this.object, ...fields);
  }

  /** Returns a copy of the list of a field, whose items are all texts; see {@link nested.nestedStringSlice}. */
  nestedStringSlice(...fields: string[]): string[] | undefined {
    return nested.nestedStringSlice(this.object, ...fields);
  }

  /** Sets a field to a deep copy of the value; see {@link setNested.setNestedField}. */
  setNestedField(value: JsonValue | object, ...fields: string[]): void {
    setNested.setNestedField(this.object, value, ...fields);
  }

  /** Sets a field to a copy of a list of texts; see {@link setNested.setNestedStringSlice}. */
  setNestedStringSlice(value: readonly string[], ...fields: string[]): void {
    setNested.setNestedStringSlice(this.object, value, ...fields);
  }

  /** Sets a field to a deep copy of a list; see {@link setNested.setNestedSlice}. */
  setNestedSlice(value: readonly unknown[], ...fields: string[]): void {
    setNested.setNestedSlice(this.object, value, ...fields);
  }

  /** Sets a field to a copy of an object of texts; see {@link setNested.setNestedStringMap}. */
  setNestedStringMap(value: Texts, ...fields: string[]): void {
    setNested.setNestedStringMap(this.object, value, ...fields);
  }

  /** Sets a field to a deep copy of an object; see {@link setNested.setNestedMap}. */
  setNestedMap(value: Readonly<Record<string, unknown>>, ...fields: string[]): void {
    setNested.setNestedMap(this.object, value, ...fields);
  }

  /** Removes a field; see {@link setNested.removeNestedField}. */
  removeNestedField(...fields: string[]): void {
    setNested.removeNestedField(this.object, ...fields);
  }

  /** Whether it is a list of objects, such as a manifest of kind `List`: whether its `items` are a list. */
  isList(): boolean {
    return Array.isArray(ownValue(this.object, "items"));
  }

  /**
   * Returns it as a list, over the same content: its items are Unstructured over the very objects.
   *
   * @throws NestedFieldError where `items` are no list, or one of them is no object.
   */
  toList(): UnstructuredList {
    const items = ownValue(this.object, "items");
    if (!Array.isArray(items)) throw nested.wrongType(["items"], "a list", items);
    const itemOf = (item: JsonValue, index: number): Unstructured => {
      if (!isJsonObject(item)) throw nested.wrongType(["items", index], "an object", item);
      return new Unstructured(item);
    };
    return new UnstructuredList(this.object, items.map(itemOf));
  }

  /** Returns an Unstructured that shares nothing with this one. */
  deepCopy(): Unstructured {
    return new Unstructured(deepCopy(this.object));
  }

  /** Returns the content, not a copy: `JSON.stringify` prints it as the object itself. */
  toJSON(): JsonObject {
    return this.object;
  }

  static {
    Object.defineProperty(Unstructured.prototype, inspect, { value: identityOf });
  }
}

/** What a console shows: which object it is, and nothing of its content, which may be secret. */
function identityOf(this: Unstructured): string {
  const identity = [this.getApiVersion(), this.getKind(), meta.namespacedName(this.object)];
  const known = identity.filter((part) => part !== undefined);
  return known.length === 0 ? "Unstructured {}" : `Unstructured { ${known.join(" ")} }`;
}
