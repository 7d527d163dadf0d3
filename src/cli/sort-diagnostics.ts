import { type Diagnostic, formatPath } from "../diagnostic.ts";

/** Diagnostics in the order of what they are about: source, document, place, definition, version, path; those about no source come last. */
export function sortDiagnostics(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return [...diagnostics].sort(compare);
}

function compare(one: Diagnostic, other: Diagnostic): number {
  const first = keyOf(one);
  const second = keyOf(other);
  for (const [index, value] of first.entries()) {
    const against = second[index];
    if (against === undefined || value === against) continue;
    return value < against ? -1 : 1;
  }
  return 0;
}

function keyOf({ location, crd, version, path, message }: Diagnostic): readonly (string | number)[] {
  return [
    location === undefined ? 1 : 0,
    location?.source ?? "",
    location?.document ?? 0,
    location?.position?.line ?? 0,
    location?.position?.column ?? 0,
    crd ?? "",
    version ?? "",
    formatPath(path ?? []),
    message,
  ];
}
