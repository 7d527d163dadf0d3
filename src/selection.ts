import type { Diagnostic } from "./diagnostic.ts";
import type { Selection } from "./generated.ts";
import type { CustomResource, CustomResourceVersion } from "./parse/custom-resource.ts";

/** The names of a definition by which it can be selected. */
export interface SelectableNames {
  readonly crd: string;
  readonly group: string;
  readonly kind: string;
  readonly versions: readonly string[];
}

/** The names of a definition, for {@link unmatchedSelection}. */
export function selectableNames({ crd, group, kind, versions }: CustomResource): SelectableNames {
  return { crd, group, kind, versions: versions.map(({ name }) => name) };
}

/** Whether a definition is wanted; a list that is empty or absent allows all. */
export function isSelected(resource: CustomResource, { groups, kinds, crds }: Selection): boolean {
  return allows(groups, resource.group) && allows(kinds, resource.kind) && allows(crds, resource.crd);
}

/** Whether a version of a selected definition is wanted. */
export function isWanted(version: CustomResourceVersion, { versions, unserved }: Selection): boolean {
  return (version.served || unserved === true) && allows(versions, version.name);
}

function allows(wanted: readonly string[] | undefined, name: string): boolean {
  return wanted === undefined || wanted.length === 0 || wanted.includes(name);
}

/** More names than these would hide the message. */
const mostNames = 5;

/** A warning for each name of a selection that no definition has, with the names that there are. */
export function unmatchedSelection(definitions: readonly SelectableNames[], selection: Selection): Diagnostic[] {
  const known: readonly (readonly [string, readonly string[] | undefined, readonly string[]])[] = [
    ["group", selection.groups, definitions.map(({ group }) => group)],
    ["kind", selection.kinds, definitions.map(({ kind }) => kind)],
    ["definition", selection.crds, definitions.map(({ crd }) => crd)],
    ["version", selection.versions, definitions.flatMap(({ versions }) => versions)],
  ];
  return known.flatMap(([what, wanted = [], names]) =>
    wanted
      .filter((name) => !names.includes(name))
      .map((name) => ({
        severity: "warning" as const,
        code: "selection",
        message: `expected a ${what} ${name}, got ${listed(what, names)}; names are compared exactly`,
      })),
  );
}

function listed(what: string, names: readonly string[]): string {
  const distinct = [...new Set(names)].sort();
  if (distinct.length === 0) return "no definition at all";
  const rest = distinct.length - mostNames;
  const shown = distinct.slice(0, mostNames).join(", ");
  return `the ${distinct.length === 1 ? what : `${what}s`} ${shown}${rest > 0 ? ` and ${rest} more` : ""}`;
}
