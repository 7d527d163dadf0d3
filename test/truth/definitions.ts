import { readFileSync } from "node:fs";
import { readDocuments } from "../../src/read/documents.ts";
import type { RawDocument } from "../../src/read/raw-document.ts";
import { isRecord, listOf, type RawSchema } from "../fidelity/raw-schema.ts";
import type { JsonObject } from "./json.ts";

/** One served version of a definition. */
export interface Version {
  readonly definition: Definition;
  readonly name: string;
  readonly storage: boolean;
  /** The status is a subresource: written by requests of its own. */
  readonly statusSubresource: boolean;
  readonly schema: RawSchema;
}

/** A CustomResourceDefinition of `apiextensions.k8s.io/v1`. */
export interface Definition {
  /** `metadata.name`. */
  readonly name: string;
  readonly group: string;
  readonly kind: string;
  readonly plural: string;
  readonly namespaced: boolean;
  /** The served versions that have a schema. */
  readonly versions: readonly Version[];
  /** As it was read. */
  readonly tree: JsonObject;
}

/** The documents of files, as the generator reads them, and the definitions among them, each once. */
export interface ReadDefinitions {
  readonly documents: readonly RawDocument[];
  readonly definitions: readonly Definition[];
  /** What no server of today takes: `apiextensions.k8s.io/v1beta1`. */
  readonly outdated: readonly string[];
}

/** Reads files with definitions. Of two definitions with one name the first counts. */
export function readDefinitions(files: readonly string[]): ReadDefinitions {
  const documents: RawDocument[] = [];
  const definitions = new Map<string, Definition>();
  const outdated: string[] = [];
  for (const file of files) {
    for (const document of readDocuments(readFileSync(file, "utf8"), file).documents) {
      const { tree } = document;
      if (!isRecord(tree) || tree.kind !== "CustomResourceDefinition") continue;
      const definition = definitionOf(tree);
      if (definition === undefined) outdated.push(`${file}: ${String(tree.apiVersion)}`);
      else if (!definitions.has(definition.name)) {
        definitions.set(definition.name, definition);
        documents.push(document);
      }
    }
  }
  return { documents, definitions: [...definitions.values()], outdated };
}

function definitionOf(tree: RawSchema): Definition | undefined {
  const { spec, metadata } = tree;
  if (tree.apiVersion !== "apiextensions.k8s.io/v1") return undefined;
  if (!isRecord(spec) || !isRecord(metadata) || !isRecord(spec.names)) return undefined;
  const versions: Version[] = [];
  const definition: Definition = {
    name: String(metadata.name),
    group: String(spec.group),
    kind: String(spec.names.kind),
    plural: String(spec.names.plural),
    namespaced: spec.scope === "Namespaced",
    versions,
    // Read from JSON or YAML, it holds nothing else.
    tree: tree as JsonObject,
  };
  for (const version of listOf(spec, "versions").filter(isRecord)) {
    const schema = isRecord(version.schema) ? version.schema.openAPIV3Schema : undefined;
    if (version.served !== true || !isRecord(schema)) continue;
    versions.push({
      definition,
      name: String(version.name),
      storage: version.storage === true,
      statusSubresource: isRecord(version.subresources) && isRecord(version.subresources.status),
      schema,
    });
  }
  return definition;
}

/** The path of a version's objects: of all, of those in a namespace, of one of them, of its status. */
export function objectsPath(version: Version, namespaced: boolean, ...below: readonly string[]): string {
  const { group, plural, namespaced: inNamespaces } = version.definition;
  const place = inNamespaces && namespaced ? ["namespaces", "default"] : [];
  return ["/apis", group, version.name, ...place, plural, ...below].join("/");
}
