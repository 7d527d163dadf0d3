import { isApiError } from "../errors/api-error.ts";
import type { GroupVersion } from "../unstructured/group-version-kind.ts";
import type { ApiGroup, ApiGroupVersion, ApiResource } from "./api-groups.ts";

/** What `/api` answers in the older form (metav1.APIVersions). */
export interface ApiVersions {
  readonly versions?: readonly string[];
}

/** What `/apis` answers in the older form (metav1.APIGroupList). */
export interface ApiGroupList {
  readonly groups?: readonly ListedGroup[];
}

/** A group, also as `/apis/apps` answers (metav1.APIGroup). */
export interface ListedGroup {
  readonly name: string;
  readonly versions: readonly { readonly version: string }[];
  readonly preferredVersion?: { readonly version: string };
}

/** What a version of a group answers, as `/apis/apps/v1` does (metav1.APIResourceList). */
export interface ApiResourceList {
  readonly resources?: readonly ListedResource[];
}

/** A resource, or a subresource by the name `<plural>/<name>`. */
interface ListedResource {
  readonly name: string;
  readonly kind: string;
  readonly singularName?: string;
  readonly namespaced: boolean;
  readonly verbs?: readonly string[];
  readonly shortNames?: readonly string[];
  readonly categories?: readonly string[];
}

/** Reads the older form, one answer for each version of each group; `list` asks for these. */
export async function groupsOfUnaggregated(
  answer: ApiVersions & ApiGroupList,
  list: (path: string) => Promise<ApiResourceList>,
): Promise<readonly ApiGroup[]> {
  const core = answer.versions === undefined ? [] : [{ name: "", versions: answer.versions }];
  const others = (answer.groups ?? []).map(({ name, versions, preferredVersion }) => {
    const names = versions.map(({ version }) => version);
    const preferred = names.filter((version) => version === preferredVersion?.version);
    return { name, versions: [...preferred, ...names.filter((version) => !preferred.includes(version))] };
  });
  return Promise.all(
    [...core, ...others].map(async ({ name, versions }) => ({
      name,
      versions: await Promise.all(versions.map((version) => readVersion({ group: name, version }, list))),
    })),
  );
}

async function readVersion(
  groupVersion: GroupVersion,
  list: (path: string) => Promise<ApiResourceList>,
): Promise<ApiGroupVersion> {
  const { group, version } = groupVersion;
  try {
    const { resources = [] } = await list(group === "" ? `/api/${version}` : `/apis/${group}/${version}`);
    return { group, version, resources: resourcesOf(groupVersion, resources), freshness: "Current" };
  } catch (error) {
    // What stands behind the version does not answer; the others are not its concern.
    if (!isApiError(error)) throw error;
    return { group, version, resources: [], freshness: "Stale" };
  }
}

function resourcesOf({ group, version }: GroupVersion, listed: readonly ListedResource[]): readonly ApiResource[] {
  const split = listed.map(({ name, ...rest }) => {
    const [plural = "", ...below] = name.split("/");
    return { plural, below: below.join("/"), ...rest };
  });
  return split
    .filter(({ below, kind }) => below === "" && kind !== "")
    .map(({ plural, kind, singularName: singular = "", namespaced, verbs = [], shortNames = [], categories = [] }) => ({
      group,
      version,
      plural,
      kind,
      singular,
      scope: namespaced ? "Namespaced" : "Cluster",
      verbs,
      shortNames,
      categories,
      subresources: split
        .filter((other) => other.plural === plural && other.below !== "")
        .map((other) => ({ name: other.below, kind: other.kind, verbs: other.verbs ?? [] })),
    }));
}
