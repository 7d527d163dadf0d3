import type { Diagnostic } from "../diagnostic.ts";
import { isJsonObject, type JsonObject } from "../json.ts";
import type { CustomResource } from "../parse/custom-resource.ts";
import { locate, type RawDocument } from "../read/raw-document.ts";
import { type CanonicalDocument, canonicalDocument } from "./canonical-document.ts";
import { documentsOf, otherDefinitions, otherParts } from "./other-definitions.ts";

/** A definition as a program installs it. */
export interface InstallableDefinition {
  /** All of it in one, as it is pulled; undefined where no API server accepts it. */
  readonly tree: JsonObject | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * What a program has to give to an API server to install a definition: what is pulled of it, in one object, even where its
 * versions stand in several documents. `all` are the definitions of the run: those of the same name that say something else
 * are warned of.
 */
export function installableDefinition(resource: CustomResource, all: readonly CustomResource[]): InstallableDefinition {
  const older = documentsOf(resource).find(({ tree }) => !isJsonObject(tree) || tree.apiVersion !== current);
  if (older !== undefined) return { tree: undefined, diagnostics: [notInstallable(resource, older)] };
  const same = all.filter(({ crd }) => crd === resource.crd);
  const canonical = new Map(same.map(({ document }) => [document, canonicalDocument(document)]));
  const own = withDocuments(resource, canonical);
  const diagnostics = [
    ...documentsOf(resource).flatMap((document) => canonical.get(document)?.rounded ?? []),
    ...otherDefinitions(own, { all: same.map((one) => withDocuments(one, canonical)), taken: "exported" }),
    ...otherParts(own, "exported"),
  ];
  return { tree: joined(documentsOf(own)), diagnostics };
}

const current = "apiextensions.k8s.io/v1";

function notInstallable({ crd }: CustomResource, document: RawDocument): Diagnostic {
  const message = `expected ${current}, which is what API servers take, got an older version; no file exports this definition until it is converted`;
  const place = { location: locate(document, ["apiVersion"]), path: [...document.prefix, "apiVersion"] };
  return { severity: "warning", code: "not-installable", message, crd, ...place };
}

function withDocuments(
  resource: CustomResource,
  canonical: ReadonlyMap<RawDocument, CanonicalDocument>,
): CustomResource {
  const of = (document: RawDocument): RawDocument => canonical.get(document)?.document ?? document;
  const versions = resource.versions.map((version) => ({ ...version, document: of(version.document) }));
  return { ...resource, versions, document: of(resource.document) };
}

/** The first definition with the versions of all. */
function joined(documents: readonly RawDocument[]): JsonObject | undefined {
  const trees = documents.map(({ tree }) => tree).filter(isJsonObject);
  const [first] = trees;
  if (first === undefined || trees.length === 1) return first;
  const versions = trees.flatMap(({ spec }) =>
    isJsonObject(spec) && Array.isArray(spec.versions) ? spec.versions : [],
  );
  return { ...first, spec: { ...(isJsonObject(first.spec) ? first.spec : {}), versions } };
}
