import { apiVersionOf } from "../unstructured/group-version-kind.ts";
import type { ApiGroup, ApiGroupVersion, ApiResource } from "./api-groups.ts";

/** A resource to look for, by its kind or by its plural. */
export interface ResourceQuery {
  readonly group: string;
  /** Undefined for the first version, in the order of the server's preference, that has it. */
  readonly version?: string | undefined;
  readonly by: "kind" | "plural";
  readonly name: string;
}

/** Looks a resource up; undefined where the server does not have it. */
export function findResource(groups: readonly ApiGroup[], query: ResourceQuery): ApiResource | undefined {
  const resources = resourcesOf(groups, query);
  return resources.find(({ version }) => query.version === undefined || version === query.version);
}

/** Says what the server has in the place of a resource that it does not have. */
export function missOf(groups: readonly ApiGroup[], query: ResourceQuery): string {
  const { group, version, by, name } = query;
  const what = `${by === "kind" ? "the kind" : "the resource"} ${name}`;
  const where = version === undefined ? `the group ${quoted(group)}` : apiVersionOf({ group, version });
  return `${where}: wanted ${what}, ${whatIsServed(groups, query)}`;
}

/** What can be done about a resource that is served in other versions, and about one that is not served. */
interface Remedies {
  readonly version: string;
  readonly definition: string;
}

const ofGenerated: Remedies = {
  version: "use a version that is served, and generate again",
  definition: "install its definition",
};

/** The same as the second half of a sentence, with what can be done. */
export function whatIsServed(
  groups: readonly ApiGroup[],
  query: ResourceQuery,
  remedies: Remedies = ofGenerated,
): string {
  const { group, version } = query;
  const versions = versionsOf(groups, group);
  const stale = versions.filter((each) => each.freshness === "Stale" && [undefined, each.version].includes(version));
  if (stale.length > 0) return `got no answer from what serves ${names(stale)}; look at its APIService`;
  const having = resourcesOf(groups, query);
  if (having.length > 0) return `the server serves it in ${names(having)}; ${remedies.version}`;
  if (versions.length === 0) return `the server has no group ${quoted(group)}; ${remedies.definition}`;
  return `the server has none in the group's ${names(versions)}; ${remedies.definition}`;
}

/** The resource in each version that has it. */
function resourcesOf(groups: readonly ApiGroup[], { group, by, name }: ResourceQuery): readonly ApiResource[] {
  return versionsOf(groups, group).flatMap(({ resources }) =>
    resources.filter((each) => each[by] === name).slice(0, 1),
  );
}

function versionsOf(groups: readonly ApiGroup[], group: string): readonly ApiGroupVersion[] {
  return groups.filter(({ name }) => name === group).flatMap(({ versions }) => versions);
}

function names(versions: readonly { readonly version: string }[]): string {
  return versions.map(({ version }) => version).join(", ");
}

function quoted(group: string): string {
  return JSON.stringify(group);
}
