import { InvalidArgumentError } from "../errors/invalid-argument.ts";
import { apiVersionOf, type GroupVersionKind, groupVersionKindOf } from "./group-version-kind.ts";
import { isJsonObject, type JsonObject, jsonTypeOf } from "./json.ts";
import * as meta from "./object-meta.ts";

/** What Node's console and `util.inspect` ask an object for its own text by. */
export const inspect: symbol = Symbol.for("nodejs.util.inspect.custom");

/** What an {@link Unstructured} and a list of them have in common: their content, of what kind it is, and of which state. */
export abstract class UnstructuredContent {
  /** The content, unknown fields included: the very object that the constructor was given. */
  readonly object: JsonObject;

  /**
   * Takes the object as it is, without a copy. Neither `apiVersion` nor `kind` has to be there.
   *
   * @throws InvalidArgumentError where it is no JSON object.
   */
  constructor(object: JsonObject) {
    if (!isJsonObject(object)) {
      throw new InvalidArgumentError("object", `wanted a JSON object, got ${jsonTypeOf(object)}`);
    }
    this.object = object;
  }

  /** Returns `apiVersion` and `kind` taken apart. What is absent is empty; all of it is, if `apiVersion` is malformed. */
  groupVersionKind(): GroupVersionKind {
    return groupVersionKindOf(this.getApiVersion(), this.getKind());
  }

  /** Sets `apiVersion` and `kind`, by group, version and kind. */
  setGroupVersionKind(groupVersionKind: GroupVersionKind): void {
    this.setApiVersion(apiVersionOf(groupVersionKind));
    this.setKind(groupVersionKind.kind);
  }

  /** Returns `apiVersion`. */
  getApiVersion(): string | undefined {
    return meta.textField(this.object, "apiVersion");
  }

  /** Sets `apiVersion`; undefined and an empty text remove it. */
  setApiVersion(apiVersion: string | undefined): void {
    meta.setOrRemove(this.object, apiVersion, "apiVersion");
  }

  /** Returns `kind`. */
  getKind(): string | undefined {
    return meta.textField(this.object, "kind");
  }

  /** Sets `kind`; undefined and an empty text remove it. */
  setKind(kind: string | undefined): void {
    meta.setOrRemove(this.object, kind, "kind");
  }

  /** Returns `metadata.resourceVersion`. */
  getResourceVersion(): string | undefined {
    return meta.metadataText(this.object, "resourceVersion");
  }

  /** Sets `metadata.resourceVersion`; undefined removes it. @throws NestedFieldError where `metadata` is no object. */
  setResourceVersion(resourceVersion: string | undefined): void {
    meta.setOrRemove(this.object, resourceVersion, "metadata", "resourceVersion");
  }
}
