import type { Diagnostic, SourceLocation } from "../diagnostic.ts";
import type { Selection } from "../generated.ts";
import { compareText } from "../json.ts";
import { compareVersions } from "../model/version-priority.ts";
import type { CombinedResource } from "../parse/combine.ts";
import type { CustomResourceVersion } from "../parse/custom-resource.ts";
import { isWanted } from "../selection.ts";
import type { ExitCode } from "./exit-code.ts";

/** A version of a definition, as a list tells it. */
export interface ListedVersion {
  readonly name: string;
  readonly served: boolean;
  readonly storage: boolean;
  readonly deprecated: boolean;
  /** Whether it has a schema. */
  readonly schema: boolean;
}

/** A definition, as a list tells it. */
export interface ListedDefinition {
  readonly group: string;
  readonly kind: string;
  readonly plural: string;
  readonly singular: string;
  readonly scope: "Namespaced" | "Cluster";
  /** In the order of Kubernetes' priority, the preferred one first. */
  readonly versions: readonly ListedVersion[];
  /** Every place that it was read from. */
  readonly sources: readonly SourceLocation[];
}

/** The definitions that have a selected version, served or not, by group and kind; the other versions are left out. */
export function listedDefinitions(
  resources: readonly CombinedResource[],
  selection: Selection,
): readonly ListedDefinition[] {
  return resources
    .map(({ resource, sources }): ListedDefinition => {
      const { group, kind, plural, singular, scope } = resource;
      const wanted = resource.versions.filter((version) => isWanted(version, { ...selection, unserved: true }));
      const versions = wanted.map(listedVersion).sort((one, other) => compareVersions(one.name, other.name));
      return { group, kind, plural, singular, scope, versions, sources };
    })
    .filter(({ versions }) => versions.length > 0)
    .sort(
      (one, other) =>
        compareText(one.group, other.group) ||
        compareText(one.kind, other.kind) ||
        compareText(one.plural, other.plural),
    );
}

function listedVersion({ name, served, storage, deprecated, schema }: CustomResourceVersion): ListedVersion {
  return { name, served, storage, deprecated, schema: schema !== undefined };
}

/** Spaces between two columns, as kubectl has them. */
const gap = "   ";

/** A table for a person, each line cut to so many columns if there is a limit; empty where there are no definitions. */
export function listTable(definitions: readonly ListedDefinition[], columns: number | undefined): string {
  if (definitions.length === 0) return "";
  const rows = [["KIND", "GROUP", "SCOPE", "VERSIONS", "SCHEMA"], ...definitions.map(cellsOf)];
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  const lines = rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(gap));
  return lines.map((line) => `${cut(line.trimEnd(), columns)}\n`).join("");
}

/** All names have been checked to be ASCII, so a character is a column. */
function cut(line: string, columns: number | undefined): string {
  return columns === undefined || line.length <= columns ? line : `${line.slice(0, columns - 1)}…`;
}

function cellsOf({ kind, group, scope, versions }: ListedDefinition): readonly string[] {
  return [kind, group, scope, versions.map(versionCell).join(", "), schemaCell(versions)];
}

function versionCell({ name, served, storage, deprecated }: ListedVersion): string {
  const notes = [storage && "stored", deprecated && "deprecated", !served && "not served"].filter(Boolean);
  return notes.length === 0 ? name : `${name} (${notes.join(", ")})`;
}

function schemaCell(versions: readonly ListedVersion[]): string {
  const without = versions.filter(({ schema }) => !schema);
  if (without.length === 0) return "yes";
  if (without.length === versions.length) return "none";
  return `yes, none in ${without.map(({ name }) => name).join(", ")}`;
}

/** What a list came to. */
export interface ListOutcome {
  readonly exitCode: ExitCode;
  readonly definitions: readonly ListedDefinition[];
  readonly diagnostics: readonly Diagnostic[];
}

/** The result of a list as one JSON document, for programs. */
export function listJson({ exitCode, definitions, diagnostics }: ListOutcome): string {
  return `${JSON.stringify({ exitCode, definitions, diagnostics }, undefined, 2)}\n`;
}
