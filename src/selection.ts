import { closestName } from "./closest-name.ts";
import type { Diagnostic } from "./diagnostic.ts";
import type { Selection } from "./generated.ts";
import type { CustomResource, CustomResourceVersion } from "./parse/custom-resource.ts";
import type { Parsed, SkippedDocument } from "./parse/parse.ts";

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

/** The definitions among some that are wanted, and what is to be said of the documents that hold them. */
export function selectFrom(
  { resources, diagnostics }: Pick<Parsed, "resources" | "diagnostics">,
  selection: Selection,
): Pick<Parsed, "resources" | "diagnostics"> {
  const selected = resources.filter((resource) => isSelected(resource, selection));
  const names = new Set(selected.map(({ crd }) => crd));
  // What is said of a definition that nobody asked for is noise, unless it is wrong.
  const told = diagnostics.filter(({ severity, crd = "" }) => severity === "error" || names.has(crd));
  return { resources: selected, diagnostics: told };
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

/** A warning for each name of a selection that no definition has, with the one that was probably meant or else those that there are. */
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
        message: `expected a ${what} ${name}, got ${listed(what, names)}; ${remedy(what, name, names)}`,
      })),
  );
}

function remedy(what: string, name: string, names: readonly string[]): string {
  const [longer, ...others] = new Set(names.filter((known) => known.startsWith(`${name}.`)));
  // The plural alone, or the first part of a group. One version is as near to another as any.
  const whole = others.length === 0 ? longer : undefined;
  const meant = what === "version" ? undefined : (whole ?? closestName(name, names));
  return meant === undefined ? "names are compared exactly" : `did you mean ${meant}?`;
}

function listed(what: string, names: readonly string[]): string {
  const distinct = [...new Set(names)].sort();
  if (distinct.length === 0) return "no definition at all";
  return `the ${distinct.length === 1 ? what : `${what}s`} ${firstOf(distinct)}`;
}

function firstOf(names: readonly string[]): string {
  const rest = names.length - mostNames;
  return `${names.slice(0, mostNames).join(", ")}${rest > 0 ? ` and ${rest} more` : ""}`;
}

/** Where a run has read. */
export interface ReadPlaces {
  /** The names of all sources. */
  readonly sources: readonly string[];
  /** Which cluster is among them. */
  readonly cluster?: ClusterPlace | undefined;
}

/** Which cluster definitions are read from. */
export interface ClusterPlace {
  /** Such as `context "staging"`. */
  readonly name: string;
  /** Its address. */
  readonly server: string;
}

/** What a run has looked at without finding anything that is wanted. */
export interface FruitlessRun extends ReadPlaces {
  /** The names of the definitions that are selected, none with a wanted version. */
  readonly selected: readonly string[];
  readonly definitions: readonly SelectableNames[];
  readonly skipped: readonly SkippedDocument[];
}

/** The error of a run that has found nothing, with the reason. */
export function nothingFound(run: FruitlessRun, selection: Selection): Diagnostic {
  return { severity: "error", code: "nothing-found", message: reasonOf(run, selection) };
}

function reasonOf(run: FruitlessRun, { crds = [], unserved }: Selection): string {
  const { selected, definitions, skipped, sources, cluster } = run;
  if (selected.length > 0) {
    const why = unserved === true ? "is selected; see" : "is both served and selected; see --unserved and";
    return `no version of ${firstOf(selected)} ${why} --api-version`;
  }
  if (definitions.length > 0) {
    const count = definitions.length === 1 ? "the one definition" : `any of the ${definitions.length} definitions`;
    return `the selection leaves nothing of ${count}; see --group, --kind and --crd`;
  }
  if (cluster !== undefined && sources.length === 1) {
    // Only these have been asked for.
    const named = crds.length > 0 ? " of the names of --crd" : "";
    const place = `${cluster.server} (${cluster.name})`;
    return `no CustomResourceDefinition${named} in ${place}; install one, as by kubectl apply -f FILE, or name another source`;
  }
  const place = sources.length === 1 ? ` of ${sources[0]}` : sources.length > 1 ? ` of ${sources.length} sources` : "";
  const documents = `${skipped.length} ${skipped.length === 1 ? "document" : "documents"}`;
  return `no CustomResourceDefinition among ${documents}${place}; name a source that holds one`;
}
