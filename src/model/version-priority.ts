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

function versionParts(version: string): readonly number[] | undefined {
  const match = versionPattern.exec(version);
  if (match === null) return undefined;
  const [, major, level = "stable", minor] = match;
  return [stability.indexOf(level), Number(major), Number(minor ?? 0)];
}
