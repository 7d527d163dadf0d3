/** A version of an API group; the group is empty for the core group (schema.GroupVersion of apimachinery). */
export interface GroupVersion {
  readonly group: string;
  readonly version: string;
}

/** A kind in one version of its API group (schema.GroupVersionKind of apimachinery). */
export interface GroupVersionKind extends GroupVersion {
  readonly kind: string;
}

/** The `apiVersion` of an object: `<group>/<version>`, and for the core group the version alone. */
export function apiVersionOf({ group, version }: GroupVersion): string {
  return group === "" ? version : `${group}/${version}`;
}

/** Reads an `apiVersion` as schema.ParseGroupVersion does; undefined where it has more than one slash. */
export function parseApiVersion(apiVersion: string): GroupVersion | undefined {
  const [first = "", second, ...rest] = apiVersion.split("/");
  if (rest.length > 0) return undefined;
  return second === undefined ? { group: "", version: first } : { group: first, version: second };
}

/** Takes an `apiVersion` and a `kind` apart. What is absent is empty; all of it is, if `apiVersion` is malformed. */
export function groupVersionKindOf(apiVersion: string | undefined, kind: string | undefined): GroupVersionKind {
  const groupVersion = parseApiVersion(apiVersion ?? "");
  if (groupVersion === undefined) return { group: "", version: "", kind: "" };
  return { ...groupVersion, kind: kind ?? "" };
}
