import { readFileSync } from "node:fs";
import { parseAllDocuments, type Tags, type YAMLParseError } from "yaml";
import { isRecord, listOf, type RawSchema } from "./raw-schema.ts";

/** One version of a CustomResourceDefinition, read without the generator's own reader. */
export interface DefinitionVersion {
  /** `metadata.name` of the definition. */
  readonly crd: string;
  readonly group: string;
  readonly kind: string;
  readonly plural: string;
  readonly scope: "Namespaced" | "Cluster";
  readonly version: string;
  readonly served: boolean;
  readonly storage: boolean;
  readonly deprecated: boolean;
  readonly deprecationWarning: string | undefined;
  /** The root schema; undefined where the version has none. */
  readonly schema: RawSchema | undefined;
  /** Where the schema stands below the definition, printed as the report prints it. */
  readonly schemaPath: string;
  /** The schema of the storage version. */
  readonly storageSchema: RawSchema | undefined;
  /** Nothing is pruned anywhere: no schema, or `spec.preserveUnknownFields: true` (the default of v1beta1). */
  readonly allOpen: boolean;
  readonly subresources: readonly ("status" | "scale")[];
  /** JSON paths without the leading dot. */
  readonly selectableFields: readonly string[];
}

// The core YAML 1.1 tags that Kubernetes' reader does not know: dates and `1:30` stay strings there.
const unknownToKubernetes = new Set(["tag:yaml.org,2002:timestamp", "TIME"]);

function kubernetesTags(tags: Tags): Tags {
  return tags.filter((tag) => {
    if (typeof tag === "string") return tag !== "timestamp" && tag !== "intTime" && tag !== "floatTime";
    return !unknownToKubernetes.has(tag.tag) && !("format" in tag && tag.format === "TIME");
  });
}

function parseOnce(text: string): { readonly trees: readonly unknown[]; readonly errors: readonly YAMLParseError[] } {
  const options = { version: "1.1", customTags: kubernetesTags, uniqueKeys: false, logLevel: "silent" } as const;
  const parsed = parseAllDocuments(text, options);
  const documents = Array.isArray(parsed) ? parsed : [];
  const errors = documents.flatMap((document) => document.errors);
  return { trees: errors.length > 0 ? [] : documents.map((document) => document.toJS({ maxAliasCount: -1 })), errors };
}

const openQuote = /^\s*(?:- )*[^\s'"#][^:]*: +(?:'(?:[^']|'')*|"(?:[^"\\]|\\.)*)$/;
const closedQuote = { "'": /^(?:[^']|'')*'\s*$/, '"': /^(?:[^"\\]|\\.)*"\s*$/ };

/** Kubernetes accepts a quoted text that continues at its key's indentation or before it; such lines are moved inwards. */
function withIndentedQuotes(text: string): string {
  let quote: "'" | '"' | undefined;
  let indentation = "";
  const lines = text.split("\n").map((line) => {
    if (quote === undefined) {
      if (!openQuote.test(line)) return line;
      indentation = `${/^[\s-]*/.exec(line)?.[0].replaceAll("-", " ") ?? ""}  `;
      quote = line.slice(line.indexOf(": ")).trimStart().slice(1).trimStart().startsWith("'") ? "'" : '"';
      return line;
    }
    if (closedQuote[quote].test(line)) quote = undefined;
    return line.trim() === "" ? line : indentation + line.trimStart();
  });
  return lines.join("\n");
}

function parseDocuments(text: string): readonly unknown[] {
  const first = parseOnce(text);
  const { trees, errors } = first.errors.length > 0 ? parseOnce(withIndentedQuotes(text)) : first;
  const [error] = errors;
  if (error !== undefined) throw new Error(`not readable as YAML: ${error.message}`);
  return trees;
}

function flatten(document: unknown): readonly unknown[] {
  if (!isRecord(document)) return [];
  const { kind } = document;
  if (kind === "List" || kind === "CustomResourceDefinitionList") return listOf(document, "items").flatMap(flatten);
  return kind === "CustomResourceDefinition" ? [document] : [];
}

function subresourcesOf(version: RawSchema, spec: RawSchema): readonly ("status" | "scale")[] {
  const declared = isRecord(version.subresources) ? version.subresources : spec.subresources;
  if (!isRecord(declared)) return [];
  return (["status", "scale"] as const).filter((name) => isRecord(declared[name]));
}

interface RawVersion {
  readonly tree: RawSchema;
  readonly schema: RawSchema | undefined;
  readonly schemaPath: string;
}

function rawVersions(spec: RawSchema): readonly RawVersion[] {
  const shared = isRecord(spec.validation) ? spec.validation.openAPIV3Schema : undefined;
  const listed = listOf(spec, "versions").filter(isRecord);
  const trees = listed.length > 0 ? listed : [{ name: spec.version, served: true, storage: true }];
  return trees.map((tree, index) => {
    const own = isRecord(tree.schema) ? tree.schema.openAPIV3Schema : undefined;
    if (isRecord(own)) return { tree, schema: own, schemaPath: `spec.versions[${index}].schema.openAPIV3Schema` };
    return { tree, schema: isRecord(shared) ? shared : undefined, schemaPath: "spec.validation.openAPIV3Schema" };
  });
}

/** The versions of one definition. */
function versionsOf(definition: RawSchema): readonly DefinitionVersion[] {
  const { spec, metadata } = definition;
  if (!isRecord(spec) || !isRecord(metadata) || !isRecord(spec.names)) return [];
  const { names } = spec;
  const beta = definition.apiVersion === "apiextensions.k8s.io/v1beta1";
  const preserving = spec.preserveUnknownFields ?? beta;
  const versions = rawVersions(spec);
  const storageSchema = versions.find((version) => version.tree.storage === true)?.schema;
  return versions.map(({ tree, schema, schemaPath }) => ({
    crd: String(metadata.name),
    group: String(spec.group),
    kind: String(names.kind),
    plural: String(names.plural),
    scope: spec.scope === "Cluster" ? "Cluster" : "Namespaced",
    version: String(tree.name),
    served: tree.served === true,
    storage: tree.storage === true,
    deprecated: tree.deprecated === true,
    deprecationWarning: typeof tree.deprecationWarning === "string" ? tree.deprecationWarning : undefined,
    schema,
    schemaPath,
    storageSchema,
    allOpen: preserving === true || schema === undefined,
    subresources: subresourcesOf(tree, spec),
    selectableFields: listOf(tree, "selectableFields").flatMap((field) =>
      isRecord(field) && typeof field.jsonPath === "string" ? [field.jsonPath.replace(/^\./, "")] : [],
    ),
  }));
}

function readDefinitionText(text: string): readonly DefinitionVersion[] {
  const versions = parseDocuments(text).flatMap(flatten).filter(isRecord).flatMap(versionsOf);
  // A definition may be split over documents: the stored version is then in another one.
  const stored = new Map(
    versions.flatMap((version) => (version.storage ? [[version.crd, version.schema] as const] : [])),
  );
  return versions.map((version) => ({ ...version, storageSchema: version.storageSchema ?? stored.get(version.crd) }));
}

/**
 * Reads the versions of every CustomResourceDefinition of a file; other documents are passed over.
 *
 * @throws Error where the file is no YAML that Kubernetes would read.
 */
export function readDefinitionFile(file: string): readonly DefinitionVersion[] {
  try {
    return readDefinitionText(readFileSync(file, "utf8"));
  } catch (error) {
    throw new Error(`${file}: not read`, { cause: error });
  }
}

const devices = /^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])$/i;

/** Where a version's file stands below the output folder, with `/`. */
export function outputPath(version: DefinitionVersion): string {
  const { group, plural } = version;
  const file = plural === "index" || devices.test(plural) ? `${plural}_` : plural;
  return `${group}/${version.version}/${file}.ts`;
}

/** The texts of `x-kubernetes-validations` of a node: the message, or the rule where there is none. */
export function ruleTexts(node: RawSchema): readonly string[] {
  return listOf(node, "x-kubernetes-validations").flatMap((rule) => {
    if (!isRecord(rule)) return [];
    const text = typeof rule.message === "string" && rule.message.trim() !== "" ? rule.message : rule.rule;
    return typeof text === "string" ? [text] : [];
  });
}

const immutableRule = /^(?:self==oldSelf|oldSelf==self)$/;

/** Whether a node may not be changed while set: a rule `self == oldSelf`, either way round. */
export function isImmutable(node: RawSchema): boolean {
  return listOf(node, "x-kubernetes-validations").some(
    (rule) => isRecord(rule) && typeof rule.rule === "string" && immutableRule.test(rule.rule.replaceAll(/\s/g, "")),
  );
}
