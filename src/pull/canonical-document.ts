import type { Diagnostic } from "../diagnostic.ts";
import { isJsonObject } from "../json.ts";
import { locate, metadataName, type RawDocument } from "../read/raw-document.ts";
import { canonicalDefinition } from "./canonical-definition.ts";

/** A document, and what reading may have done to the definition in it. */
export interface CanonicalDocument {
  readonly document: RawDocument;
  /** Warnings of integers that may have been rounded. */
  readonly rounded: readonly Diagnostic[];
}

/** The document with what is pulled of its definition; one of another kind as it is. Paths lead to the same places in both. */
export function canonicalDocument(document: RawDocument): CanonicalDocument {
  const original = document.tree;
  if (!isJsonObject(original) || original.kind !== "CustomResourceDefinition") return { document, rounded: [] };
  const { tree, rounded } = canonicalDefinition(original);
  const crd = metadataName(tree);
  const diagnostics = rounded.map((path): Diagnostic => {
    const message =
      "expected an integer below 2^53, got a larger one, which may have been rounded; compare it with its source";
    const place = { location: locate(document, path), path: [...document.prefix, ...path] };
    return { severity: "warning", code: "rounded-integer", message, ...place, ...(crd === undefined ? {} : { crd }) };
  });
  return { document: { ...document, tree }, rounded: diagnostics };
}
