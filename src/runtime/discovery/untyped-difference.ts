import type { GroupVersionResource } from "../client/names.ts";
import type { ApiRequest } from "../client/requests.ts";
import type { ApiGroup } from "./api-groups.ts";
import { findResource, type ResourceQuery, whatIsServed } from "./find-resource.ts";

/** What is named at the most where a plural is not served. */
const mostNamed = 10;

/** What of a request tells why nothing serves its path. */
type Asked = Pick<ApiRequest, "verb" | "resource" | "namespace">;

/**
 * In what a server differs from a resource that a program names by group, version and plural; undefined where it serves what
 * was asked for.
 *
 * @param groups - the resource's own group, and no other
 */
export function untypedDifference(
  { group, version, plural }: GroupVersionResource,
  { verb, resource, namespace }: Asked,
  groups: readonly ApiGroup[],
): string | undefined {
  const query: ResourceQuery = { group, version, by: "plural", name: plural };
  const served = findResource(groups, query);
  if (served === undefined) {
    const definition = `install its definition${alternatives(groups, plural)}`;
    const remedies = { version: "use a version that is served", definition };
    return `wanted version ${version}, ${whatIsServed(groups, query, remedies)}`;
  }
  if (served.scope === "Cluster" && namespace !== undefined) {
    return "the resource is cluster-scoped; leave out namespace()";
  }
  if (served.scope === "Namespaced" && namespace === undefined && verb !== "list" && verb !== "watch") {
    return "the resource is namespaced; call namespace() first";
  }
  const [, below] = resource.split("/");
  if (below === undefined || served.subresources.some(({ name }) => name === below)) return undefined;
  return `the resource has no ${below} in this version`;
}

/** The plurals that the group has, those first that begin as the one that was asked for. */
function alternatives(groups: readonly ApiGroup[], plural: string): string {
  const plurals = new Set(
    groups.flatMap(({ versions }) => versions.flatMap(({ resources }) => resources.map((each) => each.plural))),
  );
  if (plurals.size === 0) return "";
  const nearest = [...plurals].sort((a, b) => alike(b, plural) - alike(a, plural));
  return `, or use one of ${nearest.slice(0, mostNamed).join(", ")}`;
}

/** How many characters two words have in common at their beginning. */
function alike(word: string, other: string): number {
  const end = [...other].findIndex((character, index) => word[index] !== character);
  return end === -1 ? other.length : end;
}
