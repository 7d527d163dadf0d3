import type { Diagnostic } from "../diagnostic.ts";
import type { SkippedDocument } from "../generated.ts";
import { describeJson, isJsonObject, type JsonObject } from "../json.ts";
import type { RawDocument } from "../read/raw-document.ts";
import type { CustomResource } from "./custom-resource.ts";
import { Fields } from "./fields.ts";
import { type NameRule, nameRules } from "./names.ts";
import { readVersions } from "./versions.ts";

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
      const name = nameOf(tree);
      const fields = new Fields(document, name === undefined ? {} : { crd: name });
      const resource = parseDefinition(tree, fields);
      const failed = fields.diagnostics.some(({ severity }) => severity === "error");
      if (resource !== undefined) (failed ? unusable : resources).push(resource);
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

function nameOf(tree: JsonObject): string | undefined {
  return isJsonObject(tree.metadata) && typeof tree.metadata.name === "string" ? tree.metadata.name : undefined;
}

function describeDocument(tree: unknown): string {
  if (!isJsonObject(tree)) return describeJson(tree);
  const parts = [tree.apiVersion, tree.kind].filter((part) => typeof part === "string");
  const name = nameOf(tree);
  return `${parts.join("/") || "an object without kind"}${name === undefined ? "" : ` ${name}`}`;
}

/** Reads one definition; undefined where too little of it is there to go on. */
function parseDefinition(tree: JsonObject, fields: Fields): CustomResource | undefined {
  const beta = tree.apiVersion === `${apiGroup}/v1beta1`;
  if (beta) {
    const advice = "no supported cluster serves it any more; it is read, better convert it to v1";
    fields.report("warning", "v1beta1", ["apiVersion"], `${apiGroup}/v1beta1: ${advice}`);
  } else if (tree.apiVersion !== `${apiGroup}/v1`) {
    fields.report(
      "error",
      "api-version",
      ["apiVersion"],
      `expected ${apiGroup}/v1, got ${describeJson(tree.apiVersion)}`,
    );
    return undefined;
  }
  const spec = fields.object(tree, ["spec"]);
  if (spec === undefined) {
    fields.report("error", "spec", ["spec"], "expected an object, got nothing; a definition is all in its spec");
    return undefined;
  }
  const names = parseNames(tree, spec, beta, fields);
  const versions = readVersions(spec, beta, fields);
  if (versions.length === 0) return undefined;
  const preserve =
    beta && spec.preserveUnknownFields === undefined ? true : fields.boolean(spec, ["spec", "preserveUnknownFields"]);
  return { ...names, preserveUnknownFields: preserve, versions, document: fields.document };
}

type Names = Omit<CustomResource, "preserveUnknownFields" | "versions" | "document">;

/** Reads the names; one that is wrong is reported, and empty in what is returned. */
function parseNames(tree: JsonObject, spec: JsonObject, beta: boolean, fields: Fields): Names {
  const group = checked(fields.required(spec, ["spec", "group"]), nameRules.group, ["spec", "group"], fields);
  const names = fields.object(spec, ["spec", "names"]) ?? {};
  const path = (key: string): string[] => ["spec", "names", key];
  let kind = "";
  let plural = "";
  if (spec.names === undefined || spec.names === null) {
    fields.report("error", "names", ["spec", "names"], "expected kind and plural, got nothing");
  } else {
    kind = checked(fields.required(names, path("kind")), nameRules.kind, path("kind"), fields);
    plural = checked(fields.required(names, path("plural")), nameRules.label, path("plural"), fields);
  }
  const crd = `${plural}.${group}`;
  const name = nameOf(tree);
  if (group !== "" && plural !== "" && name !== crd) {
    const message = `expected ${crd} (plural and group), got ${describeJson(name)}`;
    fields.report("error", "metadata-name", ["metadata", "name"], message);
  }
  return {
    crd: name ?? crd,
    group,
    kind,
    plural,
    scope: parseScope(spec, beta, fields),
    listKind: fields.string(names, path("listKind")) ?? `${kind}List`,
    singular: fields.string(names, path("singular")) ?? kind.toLowerCase(),
    shortNames: fields.strings(names, path("shortNames")),
    categories: fields.strings(names, path("categories")),
  };
}

/** The scope; v1beta1 has a default for it. */
function parseScope(spec: JsonObject, beta: boolean, fields: Fields): CustomResource["scope"] {
  const path = ["spec", "scope"];
  const wanted = "Namespaced or Cluster";
  const scope = beta ? (fields.string(spec, path) ?? "Namespaced") : fields.required(spec, path, wanted);
  if (scope === "Namespaced" || scope === "Cluster") return scope;
  if (scope !== undefined) fields.report("error", "scope", path, `expected ${wanted}, got ${describeJson(scope)}`);
  return "Namespaced";
}

/** A name that keeps its rule; else it is reported and empty, since names become paths and identifiers. */
function checked(name: string | undefined, rule: NameRule, path: readonly string[], fields: Fields): string {
  if (name === undefined) return "";
  if (rule.matches(name)) return name;
  fields.report("error", "name", path, `expected ${rule.wanted}, got ${describeJson(name)}`);
  return "";
}
