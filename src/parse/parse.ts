import { type Diagnostic, hasErrors, type SourceLocation } from "../diagnostic.ts";
import { describeJson, isJsonObject, type JsonObject } from "../json.ts";
import { metadataName, type RawDocument } from "../read/raw-document.ts";
import type { CustomResource } from "./custom-resource.ts";
import { Fields, type RawDefinition } from "./fields.ts";
import { nameRules } from "./name-rules.ts";
import { readVersions } from "./versions.ts";

/** A document that holds no CustomResourceDefinition. */
export interface SkippedDocument {
  readonly location: SourceLocation;
  /** `apiVersion/kind name`, as far as the document has them. */
  readonly what: string;
}

/** What the documents of a run hold. */
export interface Parsed {
  readonly resources: readonly CustomResource[];
  /** Definitions whose names are wrong: they have versions to look into, but cannot be generated. */
  readonly unusable: readonly CustomResource[];
  readonly skipped: readonly SkippedDocument[];
  readonly diagnostics: readonly Diagnostic[];
}

const apiGroup = "apiextensions.k8s.io";

/** Picks the CustomResourceDefinitions out of the documents and checks everything about them but their schemas. */
export function parse(documents: readonly RawDocument[]): Parsed {
  const resources: CustomResource[] = [];
  const unusable: CustomResource[] = [];
  const skipped: SkippedDocument[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const document of documents) {
    const { tree } = document;
    if (isJsonObject(tree) && tree.kind === "CustomResourceDefinition" && isApiVersion(tree.apiVersion)) {
      const name = metadataName(tree);
      const fields = new Fields(document, name === undefined ? {} : { crd: name });
      const resource = parseDefinition(tree, fields);
      if (resource !== undefined) (hasErrors(fields.diagnostics) ? unusable : resources).push(resource);
      diagnostics.push(...fields.diagnostics);
    } else {
      const location = { source: document.source, document: document.document };
      skipped.push({ location, what: describeDocument(tree) });
    }
  }
  return { resources, unusable, skipped, diagnostics };
}

function isApiVersion(apiVersion: unknown): boolean {
  return typeof apiVersion === "string" && (apiVersion === apiGroup || apiVersion.startsWith(`${apiGroup}/`));
}

function describeDocument(tree: unknown): string {
  // The kind of the value and never the value: it may be a secret.
  if (!isJsonObject(tree)) return Array.isArray(tree) ? "a list" : tree === null ? "nothing" : `a ${typeof tree}`;
  const parts = [tree.apiVersion, tree.kind].filter((part) => typeof part === "string");
  const name = metadataName(tree);
  return `${parts.join("/") || "an object without kind"}${name === undefined ? "" : ` ${name}`}`;
}

/** Reads one definition; undefined where too little of it is there to go on. */
function parseDefinition(tree: JsonObject, fields: Fields): CustomResource | undefined {
  const beta = tree.apiVersion === `${apiGroup}/v1beta1`;
  if (beta) {
    const advice = "no supported cluster serves it any more; it is read, better convert it to v1";
    fields.warning("v1beta1", ["apiVersion"], `${apiGroup}/v1beta1: ${advice}`);
  } else if (tree.apiVersion !== `${apiGroup}/v1`) {
    fields.error("api-version", ["apiVersion"], `expected ${apiGroup}/v1, got ${describeJson(tree.apiVersion)}`);
    return undefined;
  }
  const spec = fields.object(tree, ["spec"]);
  if (spec === undefined) {
    fields.error("spec", ["spec"], "expected an object, got nothing; a definition is all in its spec");
    return undefined;
  }
  const definition: RawDefinition = { tree, spec, beta, fields };
  const names = parseNames(definition);
  const versions = readVersions(definition);
  if (versions.length === 0) return undefined;
  const preserve =
    beta && spec.preserveUnknownFields === undefined ? true : fields.boolean(spec, ["spec", "preserveUnknownFields"]);
  return { ...names, preserveUnknownFields: preserve, versions, document: fields.document };
}

type Names = Omit<CustomResource, "preserveUnknownFields" | "versions" | "document">;

/** Reads the names; one that is wrong is reported, and empty in what is returned. */
function parseNames(definition: RawDefinition): Names {
  const { tree, spec, fields } = definition;
  const group = fields.name(spec, ["spec", "group"], nameRules.group) ?? "";
  const names = fields.object(spec, ["spec", "names"]) ?? {};
  const path = (key: string): string[] => ["spec", "names", key];
  let kind = "";
  let plural = "";
  if (spec.names === undefined || spec.names === null) {
    fields.error("names", ["spec", "names"], "expected kind and plural, got nothing");
  } else {
    kind = fields.name(names, path("kind"), nameRules.kind) ?? "";
    plural = fields.name(names, path("plural"), nameRules.label) ?? "";
  }
  const crd = `${plural}.${group}`;
  const name = metadataName(tree);
  if (group !== "" && plural !== "" && name !== crd) {
    const message = `expected ${crd} (plural and group), got ${describeJson(name)}`;
    fields.error("metadata-name", ["metadata", "name"], message);
  }
  return {
    crd: name ?? crd,
    group,
    kind,
    plural,
    scope: parseScope(definition),
    listKind: fields.string(names, path("listKind")) ?? `${kind}List`,
    singular: fields.string(names, path("singular")) ?? kind.toLowerCase(),
    shortNames: fields.strings(names, path("shortNames")),
    categories: fields.strings(names, path("categories")),
  };
}

/** The scope; v1beta1 has a default for it. */
function parseScope({ spec, beta, fields }: RawDefinition): CustomResource["scope"] {
  const path = ["spec", "scope"];
  const wanted = "Namespaced or Cluster";
  const scope = beta ? (fields.string(spec, path) ?? "Namespaced") : fields.required(spec, path, wanted);
  if (scope === "Namespaced" || scope === "Cluster") return scope;
  if (scope !== undefined) fields.error("scope", path, `expected ${wanted}, got ${describeJson(scope)}`);
  return "Namespaced";
}
