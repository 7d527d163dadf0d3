import { type Diagnostic, formatSource, type SourceLocation } from "../diagnostic.ts";
import { compareText, equalJson } from "../json.ts";
import { locate } from "../read/raw-document.ts";
import type { CustomResource } from "./custom-resource.ts";

const namePath = ["metadata", "name"];

/** The definitions of a run, each name once, sorted by name. */
export interface Combined {
  readonly resources: readonly CombinedResource[];
  readonly diagnostics: readonly Diagnostic[];
}

/** A definition with every place it was read from. */
export interface CombinedResource {
  readonly resource: CustomResource;
  readonly sources: readonly SourceLocation[];
}

/**
 * Makes one of what was read more than once: the same definition twice counts once, one whose versions stand in several
 * documents is put together, and two that differ are an error naming both places.
 */
export function combine(resources: readonly CustomResource[]): Combined {
  const byName = new Map<string, CustomResource[]>();
  for (const resource of resources) {
    const same = byName.get(resource.crd);
    if (same === undefined) byName.set(resource.crd, [resource]);
    else same.push(resource);
  }
  const diagnostics: Diagnostic[] = [];
  const combined = [...byName.values()].map((same) => {
    same.sort(comparePlaces);
    const distinct = same.filter((one, index) => !same.slice(0, index).some((earlier) => sameDefinition(earlier, one)));
    const resource = distinct.reduce((left, right) => combineTwo(left, right, diagnostics));
    diagnostics.push(...checkStorage(resource));
    return {
      resource,
      sources: same.map(({ document }) => ({ source: document.source, document: document.document })),
    };
  });
  combined.sort((left, right) => compareText(left.resource.crd, right.resource.crd));
  return { resources: combined, diagnostics };
}

function comparePlaces(left: CustomResource, right: CustomResource): number {
  return compareText(left.document.source, right.document.source) || left.document.document - right.document.document;
}

/** Whether two say the same: a cluster's has what the server has filled in, and a conversion webhook its certificate. */
function sameDefinition(left: CustomResource, right: CustomResource): boolean {
  return equalJson(withoutPlaces(left), withoutPlaces(right));
}

function withoutPlaces({ document: _, versions, ...names }: CustomResource): object {
  return { ...names, versions: versions.map(({ document: __, schemaPath: ___, ...version }) => version) };
}

function combineTwo(left: CustomResource, right: CustomResource, diagnostics: Diagnostic[]): CustomResource {
  const { versions: leftVersions, document: leftDocument, ...leftNames } = left;
  const { versions: rightVersions, document: rightDocument, ...rightNames } = right;
  const versions = [...leftVersions, ...rightVersions];
  const disjoint = new Set(versions.map(({ name }) => name)).size === versions.length;
  if (disjoint && equalJson(leftNames, rightNames)) return { ...left, versions };
  const first = locate(leftDocument, namePath);
  diagnostics.push({
    severity: "error",
    code: "duplicate-definition",
    message: `differs from the definition of the same name at ${formatSource(first)} (document ${first.document}); keep one of them`,
    location: locate(rightDocument, namePath),
    crd: right.crd,
  });
  return left;
}

/** The server wants exactly one stored version; read types depend on which one it is. */
function checkStorage(resource: CustomResource): Diagnostic[] {
  const stored = resource.versions.filter(({ storage }) => storage);
  if (stored.length === 1) return [];
  const { document } = resource;
  const path = ["spec", "versions"];
  const got = stored.length === 0 ? "none" : stored.map(({ name }) => name).join(" and ");
  return [
    {
      severity: "error",
      code: "storage-version",
      message: `expected exactly one version with storage: true, got ${got}`,
      location: locate(document, path),
      crd: resource.crd,
      path: [...document.prefix, ...path],
    },
  ];
}
