import type { KindTypes, ResourceDescriptor } from "../gen/v1.ts";
import type { ApiGroup } from "./api-groups.ts";
import { findResource, type ResourceQuery, whatIsServed } from "./find-resource.ts";

/** The subresources that the types of a kind depend on. */
const subresources = ["status", "scale"] as const;

/** In what a server differs from a descriptor, sentence by sentence; none where it serves what the code was generated for. */
export function differencesOf(
  descriptor: ResourceDescriptor<KindTypes>,
  groups: readonly ApiGroup[],
): readonly string[] {
  const { group, version, plural, kind, scope } = descriptor;
  const query: ResourceQuery = { group, version, by: "plural", name: plural };
  const served = findResource(groups, query);
  if (served === undefined) return [`wanted version ${version}, ${whatIsServed(groups, query)}`];
  const differences: string[] = [];
  if (served.kind !== kind) differences.push(`wanted the kind ${kind}, got ${served.kind}; generate again`);
  if (served.scope !== scope) differences.push(`wanted the scope ${scope}, got ${served.scope}; generate again`);
  for (const name of subresources) {
    const isWanted = descriptor.subresources.includes(name);
    if (served.subresources.some((each) => each.name === name) === isWanted) continue;
    const [wanted, got] = isWanted ? [`the subresource ${name}`, "none"] : [`no subresource ${name}`, "one"];
    differences.push(`wanted ${wanted}, got ${got}; generate again`);
  }
  return differences;
}
