import type { ListMeta, ResourceList } from "../gen/v1.ts";
import { deepCopy } from "./deep-copy.ts";
import { isJsonObject, type JsonObject, ownValue } from "./json.ts";
import * as meta from "./object-meta.ts";
import type { Unstructured } from "./unstructured.ts";
import { inspect, UnstructuredContent } from "./unstructured-content.ts";

/** The metadata of a list that has none: frozen, so that nobody believes to have changed the list by changing it. */
const noMetadata: ListMeta = Object.freeze({ resourceVersion: "" });

/**
 * A list of objects of any kind, as `list` returns it and {@link Unstructured.toList} makes it (UnstructuredList of
 * apimachinery). It has the fields of a typed list, `apiVersion`, `kind`, `metadata` and `items`, and is iterated item by item
 * (EachListItem).
 *
 * Its getters answer undefined where the field is absent or has another type. Its setters remove the field where they are
 * given undefined or an empty text, and throw a NestedFieldError where `metadata` is there and is no object.
 */
export class UnstructuredList extends UnstructuredContent implements ResourceList<Unstructured> {
  /** The objects. Those that are added here are in the list, and those that are taken away are not. */
  items: Unstructured[];

  /**
   * Makes a list of the items, with everything else from the object, without a copy; what it has under `items` does not count. To make one of JSON that has the items
   * in it: `new Unstructured(json).toList()`.
   *
   * @throws InvalidArgumentError where the object is no JSON object.
   */
  constructor(object: JsonObject, items: Unstructured[]) {
    super(object);
    this.items = items;
  }

  /** The `apiVersion`; empty where it has none. */
  get apiVersion(): string {
    return this.getApiVersion() ?? "";
  }

  /** The kind of the list; empty where it has none. */
  get kind(): string {
    return this.getKind() ?? "";
  }

  /** The metadata, itself and no copy. A list that has none, as a manifest may, answers what cannot be changed; its setters make it. */
  get metadata(): ListMeta {
    const metadata = ownValue(this.object, "metadata");
    return isJsonObject(metadata) ? (metadata as object as ListMeta) : noMetadata;
  }

  /** Returns what leads to the next page; it is empty or undefined on the last one. */
  getContinue(): string | undefined {
    return meta.metadataText(this.object, "continue");
  }
  /** Sets what leads to the next page. */
  setContinue(token: string | undefined): void {
    meta.setOrRemove(this.object, token, "metadata", "continue");
  }

  /** Returns how many objects follow this page, as far as the server says: it may be off, and is left out with a selector. */
  getRemainingItemCount(): number | undefined {
    return meta.metadataInteger(this.object, "remainingItemCount");
  }
  /** Sets how many objects follow. */
  setRemainingItemCount(count: number | undefined): void {
    meta.setOrRemove(this.object, count, "metadata", "remainingItemCount");
  }

  /** That it is a list, as {@link Unstructured.isList} says it of an object. */
  isList(): true {
    return true;
  }

  /** Goes through the items. */
  [Symbol.iterator](): IterableIterator<Unstructured> {
    return this.items[Symbol.iterator]();
  }

  /** Returns a list that shares nothing with this one. */
  deepCopy(): UnstructuredList {
    // The empty list keeps the place of the items.
    const object = deepCopy({ ...this.object, items: [] });
    return new UnstructuredList(
      object,
      this.items.map((item) => item.deepCopy()),
    );
  }

  /** Returns the content with the items that the list has now, nothing of which is a copy, as it is on the wire. */
  toJSON(): JsonObject {
    return { ...this.object, items: this.items.map((item) => item.object) };
  }

  static {
    Object.defineProperty(UnstructuredList.prototype, inspect, { value: identityOf });
  }
}

/** What a console shows: what it is a list of and how many, and nothing of their content, which may be secret. */
function identityOf(this: UnstructuredList): string {
  const { length } = this.items;
  const known = [this.getApiVersion(), this.getKind(), `${length} ${length === 1 ? "item" : "items"}`];
  return `UnstructuredList { ${known.filter((part) => part !== undefined).join(" ")} }`;
}
