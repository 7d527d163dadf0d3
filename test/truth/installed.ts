import { entriesOf, isRecord, listOf, type RawSchema, stringsOf } from "../fidelity/raw-schema.ts";
import type { Definition } from "./definitions.ts";
import type { Json, JsonObject } from "./json.ts";
import { exclusiveKeys } from "./schema-node.ts";

/** What of a definition is installed. */
export interface InstallOptions {
  /** Without them: as if the definition was to gain its defaults later. */
  readonly defaults: boolean;
  /** A text that the server sends along with every answer: by it a client sees that this form of the definition is served. */
  readonly warning?: string;
}

/**
 * A definition as the check installs it: with the rules that a type can express, and without all others. No type can
 * say that a number has a minimum or that a text has a pattern, and random values would be refused for it. That takes
 * away CEL rules, patterns, formats, lengths and limits, and `oneOf`, `anyOf`, `allOf` and `not` except for the `oneOf`
 * that becomes a union. Conversion is None, as nobody answers webhooks here; the scale subresource is none, as it
 * forbids numbers of replicas below 0.
 */
export function installedDefinition({ name, tree }: Definition, options: InstallOptions): JsonObject {
  const metadata = isRecord(tree.metadata) ? tree.metadata : {};
  const approved = entriesOf(metadata, "annotations").filter(([key]) => key === "api-approved.kubernetes.io");
  const spec = isRecord(tree.spec) ? tree.spec : {};
  const installed: Record<string, unknown> = {
    apiVersion: tree.apiVersion,
    kind: tree.kind,
    metadata: { name, annotations: Object.fromEntries(approved) },
    spec: { ...spec, conversion: { strategy: "None" }, versions: installedVersions(spec, options) },
  };
  // It is made of JSON and nothing else.
  return installed as JsonObject;
}

/** The versions of {@link installedDefinition} alone. */
function installedVersions(spec: RawSchema, { defaults, warning }: InstallOptions): readonly Json[] {
  const versions = listOf(spec, "versions").map((version) => {
    if (!isRecord(version)) return version;
    const { subresources, schema, deprecationWarning: _, deprecated: __, ...rest } = version;
    const raw = isRecord(schema) && isRecord(schema.openAPIV3Schema) ? schema.openAPIV3Schema : undefined;
    const status = isRecord(subresources) ? subresources.status : undefined;
    return {
      ...rest,
      ...(raw !== undefined ? { schema: { openAPIV3Schema: rootSchema(raw, { defaults }) } } : {}),
      ...(isRecord(status) ? { subresources: { status: {} } } : {}),
      ...(warning === undefined ? {} : { deprecated: true, deprecationWarning: warning }),
    };
  });
  return versions as readonly Json[];
}

/** The schema of a version of {@link installedDefinition}. */
export function rootSchema(schema: RawSchema, options: Pick<InstallOptions, "defaults">): RawSchema {
  // There is no union: a kind is an interface, so that its name can be extended.
  const { oneOf: _, ...rest } = installedSchema(schema, options);
  return rest;
}

/** What stays of a node as it is. */
const kept = new Set([
  "type",
  "enum",
  "nullable",
  "x-kubernetes-preserve-unknown-fields",
  "x-kubernetes-int-or-string",
  "x-kubernetes-embedded-resource",
  "x-kubernetes-list-type",
  "x-kubernetes-list-map-keys",
  "x-kubernetes-map-type",
]);

/** A node of it; `keys` are those that a list tells its items by, if this is one of them. */
function installedSchema(
  schema: RawSchema,
  options: Pick<InstallOptions, "defaults">,
  keys: readonly string[] = [],
): RawSchema {
  const entries = Object.entries(schema).filter(([key]) => kept.has(key));
  if (exclusiveKeys(schema).length > 0) entries.push(["oneOf", schema.oneOf]);
  if (options.defaults && schema.default !== undefined) entries.push(["default", schema.default]);

  const properties = entriesOf(schema, "properties").filter((entry): entry is [string, RawSchema] =>
    isRecord(entry[1]),
  );
  if (isRecord(schema.properties)) {
    const below = properties.map(([key, property]) => {
      // A key of a list has to be required or to have a default, so that one stays.
      const own = keys.includes(key) ? { defaults: true } : options;
      return [key, installedSchema(property, own)];
    });
    entries.push(["properties", Object.fromEntries(below)]);
  }
  const required = stringsOf(schema, "required").filter((key) => {
    const property = properties.find(([other]) => other === key)?.[1];
    return options.defaults || keys.includes(key) || property?.default === undefined;
  });
  if (required.length > 0) entries.push(["required", required]);

  const { additionalProperties: others, items } = schema;
  if (isRecord(others)) entries.push(["additionalProperties", installedSchema(others, options)]);
  else if (others !== undefined) entries.push(["additionalProperties", others]);
  const itemKeys = stringsOf(schema, "x-kubernetes-list-map-keys");
  if (isRecord(items)) entries.push(["items", installedSchema(items, options, itemKeys)]);
  return Object.fromEntries(entries);
}
