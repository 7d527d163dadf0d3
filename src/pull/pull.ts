import { type Diagnostic, formatSource, hasErrors, type SourceLocation, sortDiagnostics } from "../diagnostic.ts";
import type { GeneratedFile, Part, Selection } from "../generated.ts";
import { compareText, equalJson, isJsonObject } from "../json.ts";
import { normalize } from "../normalize/normalize.ts";
import { type CombinedResource, combine } from "../parse/combine.ts";
import type { CustomResource } from "../parse/custom-resource.ts";
import { parse } from "../parse/parse.ts";
import { locate, metadataName, type RawDocument } from "../read/raw-document.ts";
import { isSelected, nothingFound, selectableNames, unmatchedSelection } from "../selection.ts";
import { canonicalDefinition } from "./canonical-definition.ts";
import { firstDifference } from "./first-difference.ts";
import { pulledFile } from "./pulled-file.ts";

/** Which definitions are wanted, as in a {@link Selection}. A definition is pulled with all of its versions or not at all. */
export type PullSelection = Pick<Selection, "groups" | "kinds" | "crds">;

/** A definition that was pulled. */
export interface PulledResource {
  readonly crd: string;
  /** Every place that the definition was read from. */
  readonly sources: readonly SourceLocation[];
  /** `<plural>.<group>.yaml`. */
  readonly file: GeneratedFile;
}

/** What the documents of a run became. With an error among the diagnostics there are no files. */
export interface Pulled extends Omit<Part, "resources"> {
  readonly resources: readonly PulledResource[];
  readonly files: readonly GeneratedFile[];
}

/**
 * Turns the CustomResourceDefinitions among some documents into files, one for each. Pure: the same documents give the same
 * files, whatever their order; nothing is read and nothing is written. What `generate` refuses is refused with the same
 * message, and what it takes is pulled. Problems of the input are not thrown but returned; with an error among them there
 * are no files.
 */
export function pull(documents: readonly RawDocument[], selection: PullSelection = {}): Pulled {
  const canonical = documents.map(canonicalDocument);
  const parsed = parse(canonical.map(({ document }) => document));
  const selected = parsed.resources.filter((resource) => isSelected(resource, selection));
  const combined = combine(selected);
  const resources = combined.resources.map(pulledResource).sort((left, right) => compareText(left.crd, right.crd));
  const definitions = parsed.resources.map(selectableNames);
  const { skipped } = parsed;
  // What is said of a definition that nobody asked for is noise, unless it is wrong.
  const names = new Set(selected.map(({ crd }) => crd));
  const rounded = canonical.flatMap((one) => one.rounded);
  const diagnostics = [
    ...[...parsed.diagnostics, ...rounded].filter(({ severity, crd = "" }) => severity === "error" || names.has(crd)),
    ...combined.diagnostics,
    ...parsed.unusable.flatMap((resource) => schemaProblems(resource)),
    ...combined.resources.flatMap(({ resource }) => schemaProblems(resource, isChecked)),
    ...combined.resources
      .filter(({ resource }) => !hasErrors(combined.diagnostics.filter(({ crd }) => crd === resource.crd)))
      .flatMap((one) => unpulledDifferences(one, selected)),
    ...unmatchedSelection(definitions, selection),
  ];
  if (resources.length === 0 && !hasErrors(diagnostics)) {
    const sources = [...new Set(documents.map(({ source }) => source))];
    diagnostics.push(nothingFound({ selected: [], definitions, skipped, sources }, selection));
  }
  const files = hasErrors(diagnostics) ? [] : resources.map(({ file }) => file);
  return { resources, definitions, skipped, diagnostics: sortDiagnostics(diagnostics), files };
}

interface CanonicalDocument {
  readonly document: RawDocument;
  readonly rounded: readonly Diagnostic[];
}

/** The document with what is pulled of its definition; one of another kind as it is. Paths lead to the same places in both. */
function canonicalDocument(document: RawDocument): CanonicalDocument {
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

/** The versions whose schemas a run of `generate` reads. */
function isChecked({ served, storage }: CustomResource["versions"][number]): boolean {
  return served || storage;
}

function schemaProblems(resource: CustomResource, isRead: typeof isChecked = () => true): readonly Diagnostic[] {
  return resource.versions.filter(isRead).flatMap((version) => normalize(resource, version, false).context.diagnostics);
}

/** The documents that a definition is pulled from: one, unless its versions stand in several. */
function documentsOf(resource: CustomResource): readonly RawDocument[] {
  return [...new Set([resource.document, ...resource.versions.map(({ document }) => document)])];
}

function pulledResource({ resource, sources }: CombinedResource): PulledResource {
  const trees = documentsOf(resource).map(({ tree }) => tree);
  return { crd: resource.crd, sources, file: pulledFile(resource.crd, trees) };
}

/**
 * A warning for each document that defines a resource as the pulled one does and yet says something else: labels, or how
 * versions are converted. One of them has to do, and no client depends on which.
 */
function unpulledDifferences({ resource }: CombinedResource, all: readonly CustomResource[]): readonly Diagnostic[] {
  const pulled = documentsOf(resource);
  const others = all.filter(({ crd, document }) => crd === resource.crd && !pulled.includes(document));
  return others.flatMap(({ crd, document }) => {
    if (pulled.some(({ tree }) => equalJson(tree, document.tree))) return [];
    const path = firstDifference(resource.document.tree, document.tree) ?? [];
    const first = locate(resource.document, ["metadata", "name"]);
    const message = `differs from the definition of the same name at ${formatSource(first)} (document ${first.document}), which is pulled; no client sees it, keep one of them`;
    const place = { location: locate(document, path), path: [...document.prefix, ...path] };
    return [{ severity: "warning", code: "duplicate-definition", message, crd, ...place }];
  });
}
