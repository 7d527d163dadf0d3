import { readFileSync } from "node:fs";
import { isRecord } from "./raw-schema.ts";

/** The paths that a run's report names for one version of one definition. */
export interface ReportedPaths {
  /** Sorted paths of the classes `lost` and `weaker`. */
  readonly exceptions: readonly string[];
  /** What is said in comments only: the path of the node, a blank, and the name of the tag. */
  readonly comments: ReadonlySet<string>;
}

/** A run's report, by definition and version. */
export type Report = ReadonlyMap<string, ReportedPaths>;

const none: ReportedPaths = { exceptions: [], comments: new Set() };

function collectLosses(value: unknown, found: unknown[]): void {
  if (Array.isArray(value)) {
    for (const item of value) collectLosses(item, found);
    return;
  }
  if (!isRecord(value)) return;
  for (const [key, child] of Object.entries(value)) {
    if (key === "losses" && Array.isArray(child)) for (const loss of child) found.push(loss);
    else collectLosses(child, found);
  }
}

/** Reads the losses of a report: every list called `losses`, wherever it stands. */
export function readReport(file: string): Report {
  const losses: unknown[] = [];
  collectLosses(JSON.parse(readFileSync(file, "utf8")), losses);
  const paths = new Map<string, { exceptions: string[]; comments: Set<string> }>();
  for (const loss of losses) {
    if (!isRecord(loss)) continue;
    const key = `${String(loss.crd)} ${String(loss.version)}`;
    const entry = paths.get(key) ?? { exceptions: [], comments: new Set<string>() };
    paths.set(key, entry);
    if (loss.class === "lost" || loss.class === "weaker") entry.exceptions.push(String(loss.path));
    else if (loss.class === "jsdoc") entry.comments.add(`${String(loss.path)} ${String(loss.what)}`);
  }
  for (const entry of paths.values()) entry.exceptions.sort();
  return paths;
}

/** What the report says of one version of a definition. */
export function reportedPaths(report: Report, crd: string, version: string): ReportedPaths {
  return report.get(`${crd} ${version}`) ?? none;
}

function firstFrom(sorted: readonly string[], wanted: string): string | undefined {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? "") < wanted) low = middle + 1;
    else high = middle;
  }
  return sorted[low];
}

/** Whether sorted paths hold this path, or one below it. */
export function coversPath(sorted: readonly string[], path: string): boolean {
  if (firstFrom(sorted, path) === path) return true;
  return [".", "["].some((separator) => firstFrom(sorted, path + separator)?.startsWith(path + separator) === true);
}

/** Whether sorted paths hold a node itself, or one of its keywords or what is below that. */
export function coversKeyword(sorted: readonly string[], node: string, keyword: string): boolean {
  return firstFrom(sorted, node) === node || coversPath(sorted, `${node}.${keyword}`);
}
