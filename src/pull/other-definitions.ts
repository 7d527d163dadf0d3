import { type Diagnostic, formatSource } from "../diagnostic.ts";
import { equalJson, isJsonObject } from "../json.ts";
import type { CustomResource } from "../parse/custom-resource.ts";
import { locate, type RawDocument } from "../read/raw-document.ts";
import { firstDifference } from "./first-difference.ts";

/** The documents that a definition is made of: one, unless its versions stand in several. */
export function documentsOf(resource: CustomResource): readonly RawDocument[] {
  return [...new Set([resource.document, ...resource.versions.map(({ document }) => document)])];
}

/** Among what a definition is looked for, and what becomes of the one that is taken. */
export interface OtherDefinitions {
  /** All definitions that were read; their documents are canonical. */
  readonly all: readonly CustomResource[];
  readonly taken: "pulled" | "exported";
}

/**
 * A warning for each document that defines a resource as the one that is taken does and yet says something else: labels, or how
 * versions are converted. One of them has to do, and no client depends on which.
 */
export function otherDefinitions(resource: CustomResource, { all, taken }: OtherDefinitions): readonly Diagnostic[] {
  const own = documentsOf(resource);
  const others = all.filter(({ crd, document }) => crd === resource.crd && !own.includes(document));
  return others
    .filter(({ document }) => !own.some(({ tree }) => equalJson(tree, document.tree)))
    .map(({ document }) => difference(resource, { document, taken }));
}

/**
 * A warning for each document with versions of a definition that says something else of the whole than the first does. Only where
 * one definition is made of them does it matter.
 */
export function otherParts(resource: CustomResource, taken: OtherDefinitions["taken"]): readonly Diagnostic[] {
  const [first, ...others] = documentsOf(resource);
  return others
    .filter(({ tree }) => !equalJson(withoutVersions(tree), withoutVersions(first?.tree)))
    .map((document) => difference(resource, { document, taken, compared: withoutVersions }));
}

/** A definition without its versions; anything else as it is. */
function withoutVersions(tree: unknown): unknown {
  if (!isJsonObject(tree) || !isJsonObject(tree.spec)) return tree;
  const { versions: _, ...spec } = tree.spec;
  return { ...tree, spec };
}

interface Difference {
  readonly document: RawDocument;
  readonly taken: OtherDefinitions["taken"];
  /** What of a definition is compared. */
  readonly compared?: (tree: unknown) => unknown;
}

function difference(
  { crd, document: own }: CustomResource,
  { document, taken, compared = (tree) => tree }: Difference,
): Diagnostic {
  const path = firstDifference(compared(own.tree), compared(document.tree)) ?? [];
  const first = locate(own, ["metadata", "name"]);
  const message = `differs from the definition of the same name at ${formatSource(first)} (document ${first.document}), which is ${taken}; no client sees it, keep one of them`;
  const place = { location: locate(document, path), path: [...document.prefix, ...path] };
  return { severity: "warning", code: "duplicate-definition", message, crd, ...place };
}
