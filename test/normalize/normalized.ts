import { formatDiagnostic } from "../../src/diagnostic.ts";
import type { JsonObject } from "../../src/json.ts";
import { type NormalizedVersion, normalize } from "../../src/normalize/normalize.ts";
import type { StructuralSchema } from "../../src/normalize/structural-schema.ts";
import { customResource, type DefinitionParts } from "../definition.ts";

/** What one schema node became, as short as it can be said. */
export interface Normalized {
  /** The node without the fields that say nothing; tags as `minimum 1`. */
  readonly schema: unknown;
  /** `lost: keyword not → nothing`, the path first where it is not that of the node. */
  readonly losses: readonly string[];
  readonly counts: Readonly<Record<string, number>>;
  /** What is wrong, with its path below the node. */
  readonly errors: readonly string[];
}

/** Normalizes the first version of a definition. */
export function normalizeDefinition(parts: DefinitionParts, listJsdoc = false): NormalizedVersion {
  const resource = customResource(parts);
  const [version] = resource.versions;
  if (version === undefined) throw new Error("the definition has no version");
  return normalize(resource, version, listJsdoc);
}

const schemaPath = "spec.versions[0].schema.openAPIV3Schema";

/** Normalizes a whole schema. */
export function normalizeRoot(schema: unknown, parts: DefinitionParts = {}): Normalized {
  const normalized = normalizeDefinition({ schema, ...parts });
  return { ...summary(normalized, schemaPath), schema: brief(normalized.schema) };
}

/** Normalizes a schema node: that of the property `spec` of a kind. */
export function normalizeNode(node: unknown, parts: DefinitionParts = {}): Normalized {
  const normalized = normalizeDefinition({ schema: { type: "object", properties: { spec: node } }, ...parts });
  const [property] = normalized.schema.properties;
  return { ...summary(normalized, `${schemaPath}.properties.spec`), schema: property && brief(property.schema) };
}

function summary({ context }: NormalizedVersion, base: string): Omit<Normalized, "schema"> {
  const below = (text: string): string => text.replace(base, "").replace(/^(?:\.|: )/, "");
  return {
    losses: context.losses.map((loss) => {
      const path = below(loss.path);
      return `${path === "" ? "" : `${path}: `}${loss.class}: ${loss.what} → ${loss.emitted}`;
    }),
    counts: context.jsdocCounts,
    errors: context.diagnostics.map((one) => below(formatDiagnostic(one).replace(/^.*?\) /, ""))),
  };
}

/** A schema node without the fields that are as in most nodes, so that a test can name all of the others. */
function brief(schema: StructuralSchema): JsonObject {
  const { kind, docs, ...rest } = schema;
  const short: Record<string, unknown> = { kind };
  if (docs.description !== "") short.description = docs.description;
  if (docs.tags.length > 0) short.tags = docs.tags.map(({ name, text }) => `${name} ${text}`.trimEnd());
  for (const [key, value] of Object.entries(rest)) {
    if (value === undefined || value === false || (Array.isArray(value) && value.length === 0)) continue;
    short[key] = value;
  }
  if (schema.kind === "object") short.properties = briefProperties(schema);
  if (schema.kind === "array") short.items = brief(schema.items);
  if (schema.kind === "map") short.values = brief(schema.values);
  return short;
}

function briefProperties({ properties }: StructuralSchema & { kind: "object" }): JsonObject {
  return Object.fromEntries(
    properties.map(({ key, required, schema }) => [`${key}${required ? "!" : ""}`, brief(schema)]),
  );
}
