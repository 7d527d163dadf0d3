import { isJsonObject, type JsonObject } from "../json.ts";
import type { RawDocument } from "./raw-document.ts";

/**
 * What the items of a list are when they do not say: nothing for `List`, whose items say it themselves, and the list's
 * own group and version for a typed list, whose items a server prints without them.
 */
function itemDefaults(tree: JsonObject): JsonObject | undefined {
  if (tree.kind === "List") return {};
  if (tree.kind === "CustomResourceDefinitionList") {
    return { apiVersion: tree.apiVersion, kind: "CustomResourceDefinition" };
  }
  return undefined;
}

/** Gives the items of a `List` or a `CustomResourceDefinitionList` as documents of their own, and any other document as it is. */
export function unfoldList(document: RawDocument): RawDocument[] {
  const { tree, prefix, positionOf } = document;
  if (!isJsonObject(tree) || !Array.isArray(tree.items)) return [document];
  const defaults = itemDefaults(tree);
  if (defaults === undefined) return [document];
  return tree.items.flatMap((item: unknown, index) => {
    const step = ["items", index];
    return unfoldList({
      ...document,
      tree:
        isJsonObject(item) && (item.kind === undefined || item.apiVersion === undefined)
          ? { ...defaults, ...item }
          : item,
      prefix: [...prefix, ...step],
      ...(positionOf === undefined ? {} : { positionOf: (path) => positionOf([...step, ...path]) }),
    });
  });
}
