import type { ApiGroup, ApiGroupVersion, ApiResource } from "./api-groups.ts";

/** The whole of `/api` or `/apis` in one answer (apidiscovery.k8s.io/v2, APIGroupDiscoveryList), as far as it is read here. */
export interface ApiGroupDiscoveryList {
  readonly items?: readonly ApiGroupDiscovery[];
}

interface ApiGroupDiscovery {
  /** Without a name it is the core group. */
  readonly metadata?: { readonly name?: string };
  readonly versions?: readonly ApiVersionDiscovery[];
}

interface ApiVersionDiscovery {
  readonly version: string;
  readonly freshness?: string;
  readonly resources?: readonly ApiResourceDiscovery[];
}

interface ResponseKind {
  readonly kind?: string;
}

interface ApiResourceDiscovery {
  readonly resource: string;
  readonly responseKind?: ResponseKind | null;
  readonly scope: "Namespaced" | "Cluster";
  readonly singularResource?: string;
  readonly verbs?: readonly string[];
  readonly shortNames?: readonly string[];
  readonly categories?: readonly string[];
  readonly subresources?: readonly {
    readonly subresource: string;
    readonly responseKind?: ResponseKind | null;
    readonly verbs?: readonly string[];
  }[];
}

/** Reads the aggregated form, which lists the versions in the order of the server's preference. */
export function groupsOfAggregated({ items = [] }: ApiGroupDiscoveryList): readonly ApiGroup[] {
  return items.map(({ metadata, versions = [] }) => {
    const name = metadata?.name ?? "";
    return { name, versions: versions.map((version) => versionOf(name, version)) };
  });
}

function versionOf(group: string, { version, freshness, resources = [] }: ApiVersionDiscovery): ApiGroupVersion {
  const known = resources.flatMap((resource) => resourceOf({ group, version }, resource));
  return { group, version, resources: known, freshness: freshness === "Stale" ? "Stale" : "Current" };
}

/** Nothing where only subresources are there: no object of the resource can be read or written then. */
function resourceOf(
  { group, version }: { readonly group: string; readonly version: string },
  discovery: ApiResourceDiscovery,
): ApiResource[] {
  const { resource: plural, scope, singularResource: singular = "", verbs = [], subresources = [] } = discovery;
  const { shortNames = [], categories = [], responseKind } = discovery;
  const kind = responseKind?.kind ?? "";
  if (kind === "") return [];
  const below = subresources.map(({ subresource: name, responseKind: answer, verbs: own = [] }) => {
    return { name, kind: answer?.kind ?? "", verbs: own };
  });
  return [{ group, version, plural, kind, singular, scope, verbs, shortNames, categories, subresources: below }];
}
