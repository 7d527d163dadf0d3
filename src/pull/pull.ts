import { type Diagnostic, hasErrors, type SourceLocation, sortDiagnostics } from "../diagnostic.ts";
import type { GeneratedFile, Part, Selection } from "../generated.ts";
import { compareText } from "../json.ts";
import { normalize } from "../normalize/normalize.ts";
import { type CombinedResource, combine } from "../parse/combine.ts";
import type { CustomResource } from "../parse/custom-resource.ts";
import { parse } from "../parse/parse.ts";
import type { RawDocument } from "../read/raw-document.ts";
import { isSelected, nothingFound, type ReadPlaces, selectableNames, unmatchedSelection } from "../selection.ts";
import { canonicalDocument } from "./canonical-document.ts";
import { documentsOf, otherDefinitions } from "./other-definitions.ts";
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
 * are no files. `places` are those that were read, for the message where nothing was found in them.
 */
export function pull(
  documents: readonly RawDocument[],
  selection: PullSelection = {},
  places: ReadPlaces = { sources: [...new Set(documents.map(({ source }) => source))] },
): Pulled {
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
      .flatMap(({ resource }) => otherDefinitions(resource, { all: selected, taken: "pulled" })),
    ...unmatchedSelection(definitions, selection),
  ];
  if (resources.length === 0 && !hasErrors(diagnostics)) {
    diagnostics.push(nothingFound({ selected: [], definitions, skipped, ...places }, selection));
  }
  const files = hasErrors(diagnostics) ? [] : resources.map(({ file }) => file);
  return { resources, definitions, skipped, diagnostics: sortDiagnostics(diagnostics), files };
}

/** The versions whose schemas a run of `generate` reads. */
function isChecked({ served, storage }: CustomResource["versions"][number]): boolean {
  return served || storage;
}

function schemaProblems(resource: CustomResource, isRead: typeof isChecked = () => true): readonly Diagnostic[] {
  return resource.versions.filter(isRead).flatMap((version) => normalize(resource, version, false).context.diagnostics);
}

function pulledResource({ resource, sources }: CombinedResource): PulledResource {
  const trees = documentsOf(resource).map(({ tree }) => tree);
  return { crd: resource.crd, sources, file: pulledFile(resource.crd, trees) };
}
