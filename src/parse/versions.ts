import type { Path } from "../diagnostic.ts";
import { describeJson, isJsonObject, type JsonObject } from "../json.ts";
import type { CustomResourceVersion, PrinterColumn, ScaleSubresource } from "./custom-resource.ts";
import type { Fields, RawDefinition } from "./fields.ts";
import { nameRules } from "./name-rules.ts";

/**
 * Reads the versions of a definition's spec. In v1beta1 schema, subresources and printer columns may stand in the spec
 * for all versions, and `spec.version` alone names the only one.
 */
export function readVersions({ spec, beta, fields }: RawDefinition): readonly CustomResourceVersion[] {
  const entries = fields.objects(spec, ["spec", "versions"]);
  const versions: CustomResourceVersion[] = [];
  if (entries.length === 0 && beta && typeof spec.version === "string") {
    const place = { path: ["spec"], common: undefined };
    const version = readVersion({ ...spec, name: spec.version, served: true, storage: true }, place, fields);
    return version === undefined ? [] : [version];
  }
  const absent = spec.versions === undefined || spec.versions === null;
  if (absent || (Array.isArray(spec.versions) && spec.versions.length === 0)) {
    fields.error("versions", ["spec", "versions"], "expected at least one version, got none");
    return [];
  }
  const seen = new Set<string>();
  entries.forEach((entry, index) => {
    const place = { path: ["spec", "versions", index], common: beta ? spec : undefined };
    const version = readVersion(entry, place, fields);
    if (version === undefined) return;
    versions.push(version);
    if (seen.has(version.name)) {
      const message = `expected a name of its own, got ${describeJson(version.name)} again`;
      fields.ofVersion(version.name).error("versions", [...place.path, "name"], message);
    }
    seen.add(version.name);
  });
  return versions;
}

/** Where a version stands, and the spec that says what it leaves out. */
interface Place {
  readonly path: Path;
  readonly common: JsonObject | undefined;
}

function readVersion(entry: JsonObject, place: Place, definition: Fields): CustomResourceVersion | undefined {
  const { path } = place;
  const at = (key: string): Path => [...path, key];
  const name = definition.name(entry, at("name"), nameRules.version);
  if (name === undefined) return undefined;
  const fields = definition.ofVersion(name);
  const subresources = holderOf(entry, "subresources", place);
  const sub = fields.object(subresources.holder, subresources.path);
  const columns = holderOf(entry, "additionalPrinterColumns", place);
  return {
    name,
    served: fields.boolean(entry, at("served")),
    storage: fields.boolean(entry, at("storage")),
    deprecated: fields.boolean(entry, at("deprecated")),
    deprecationWarning: fields.string(entry, at("deprecationWarning")),
    ...readSchema(entry, place, fields),
    document: fields.document,
    hasStatus: sub !== undefined && isJsonObject(sub.status),
    scale: sub === undefined ? undefined : readScale(sub, [...subresources.path, "scale"], fields),
    printerColumns: readColumns(columns, fields),
    selectableFields: readSelectableFields(entry, at("selectableFields"), fields),
  };
}

/** An object, and the path of one of its keys below the document's tree. */
interface Holder {
  readonly holder: JsonObject;
  readonly path: Path;
}

/** The object that holds a key: the version's own entry, or in v1beta1 the spec. */
function holderOf(entry: JsonObject, key: string, { path, common }: Place): Holder {
  const inherited = entry[key] === undefined && common?.[key] !== undefined;
  return inherited && common !== undefined
    ? { holder: common, path: ["spec", key] }
    : { holder: entry, path: [...path, key] };
}

function readSchema(
  entry: JsonObject,
  place: Place,
  fields: Fields,
): Pick<CustomResourceVersion, "schema" | "schemaPath"> {
  const beta = isJsonObject(entry.validation) ? entry : place.common;
  const schema = fields.object(entry, [...place.path, "schema"]);
  if (schema === undefined && beta !== undefined && isJsonObject(beta.validation)) {
    return {
      schema: beta.validation.openAPIV3Schema ?? undefined,
      schemaPath: ["spec", "validation", "openAPIV3Schema"],
    };
  }
  return { schema: schema?.openAPIV3Schema ?? undefined, schemaPath: [...place.path, "schema", "openAPIV3Schema"] };
}

function readScale(subresources: JsonObject, path: Path, fields: Fields): ScaleSubresource | undefined {
  const scale = fields.object(subresources, path);
  if (scale === undefined) return undefined;
  return {
    specReplicasPath: fields.required(scale, [...path, "specReplicasPath"]) ?? "",
    statusReplicasPath: fields.required(scale, [...path, "statusReplicasPath"]) ?? "",
    labelSelectorPath: fields.string(scale, [...path, "labelSelectorPath"]),
  };
}

function readColumns({ holder, path }: Holder, fields: Fields): readonly PrinterColumn[] {
  return fields.objects(holder, path).map((column, index) => {
    const at = (key: string): Path => [...path, index, key];
    return {
      name: fields.string(column, at("name")) ?? "",
      type: fields.string(column, at("type")) ?? "string",
      jsonPath: fields.string(column, at("JSONPath")) ?? fields.required(column, at("jsonPath")) ?? "",
      description: fields.string(column, at("description")),
      format: fields.string(column, at("format")),
      priority: fields.number(column, at("priority")) ?? 0,
    };
  });
}

function readSelectableFields(entry: JsonObject, path: Path, fields: Fields): readonly string[] {
  return fields
    .objects(entry, path)
    .map((field, index) => fields.required(field, [...path, index, "jsonPath"]))
    .filter((jsonPath) => jsonPath !== undefined)
    .map((jsonPath) => jsonPath.replace(/^\./, ""));
}
