import { compareText } from "../json.ts";

const versionPattern = /^v([0-9]+)(?:(alpha|beta)([0-9]+))?$/;
const stability = ["alpha", "beta", "stable"];

/**
 * Orders versions by Kubernetes' priority, the preferred one first: stable before beta before alpha, then higher numbers
 * first; names of another form come last, by name. Rule: Kubernetes, "Versions in CustomResourceDefinitions", version priority.
 */
export function compareVersions(left: string, right: string): number {
  const leftParts = versionParts(left);
  const rightParts = versionParts(right);
  if (leftParts === undefined || rightParts === undefined) {
    if (leftParts === rightParts) return compareText(left, right);
    return leftParts === undefined ? 1 : -1;
  }
  for (const [index, part] of leftParts.entries()) {
    const difference = (rightParts[index] ?? 0) - part;
    if (difference !== 0) return difference;
  }
  return 0;
}

/** One version of a resource, as far as its preference depends on it. */
export interface ResourceVersion {
  readonly group: string;
  readonly plural: string;
  readonly version: string;
  readonly served: boolean;
}

/** Each resource once, in the version that Kubernetes prefers: a served one, if there is one, of the highest priority. */
export function preferredVersions<Version extends ResourceVersion>(versions: readonly Version[]): readonly Version[] {
  const preferred = new Map<string, Version>();
  for (const version of versions) {
    const resource = `${version.plural}.${version.group}`;
    const other = preferred.get(resource);
    if (other === undefined || comparePreference(version, other) < 0) preferred.set(resource, version);
  }
  return [...preferred.values()];
}

function comparePreference(left: ResourceVersion, right: ResourceVersion): number {
  return Number(right.served) - Number(left.served) || compareVersions(left.version, right.version);
}

function versionParts(version: string): readonly number[] | undefined {
  const match = versionPattern.exec(version);
  if (match === null) return undefined;
  const [, major, level = "stable", minor] = match;
  return [stability.indexOf(level), Number(major), Number(minor ?? 0)];
}
