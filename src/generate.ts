import { declare } from "./declare/declare.ts";
import { TypeShapes } from "./declare/type-shapes.ts";
import { type Diagnostic, hasErrors, sortDiagnostics } from "./diagnostic.ts";
import { emitClientset, emitCore, emitKindsUnion } from "./emit/clientset-file.ts";
import { emitDefinitionFile } from "./emit/definition-file.ts";
import { emitIndexFiles, type IndexConflict } from "./emit/index-files.ts";
import { emitKindFile } from "./emit/kind-file.ts";
import {
  filesOfResource,
  type Generated,
  type GeneratedFile,
  type GeneratedKind,
  type GeneratedResource,
  type GenerateOptions,
  type Loss,
  type Part,
} from "./generated.ts";
import { compareText } from "./json.ts";
import { buildModel } from "./model/build-model.ts";
import { coreTypes } from "./model/core-types.ts";
import type { ResourceModel } from "./model/resource-model.ts";
import { preferredVersions } from "./model/version-priority.ts";
import { type NormalizedVersion, normalize } from "./normalize/normalize.ts";
import { type CombinedResource, combine } from "./parse/combine.ts";
import type { CustomResource, CustomResourceVersion } from "./parse/custom-resource.ts";
import { parse } from "./parse/parse.ts";
import { installableDefinition } from "./pull/installable-definition.ts";
import type { RawDocument } from "./read/raw-document.ts";
import {
  isWanted,
  nothingFound,
  type ReadPlaces,
  selectableNames,
  selectFrom,
  unmatchedSelection,
} from "./selection.ts";

/** The shapes of types do not depend on the input: once compiled, they serve every run of the process. */
const shapes = new TypeShapes();

/**
 * Turns the CustomResourceDefinitions among some documents into typed clients. Pure: the same documents give the same
 * files, whatever their order; nothing is read and nothing is written. Problems of the input are not thrown but
 * returned; with an error among them there are no files.
 */
export async function generate(documents: readonly RawDocument[], options: GenerateOptions = {}): Promise<Generated> {
  const sources = [...new Set(documents.map(({ source }) => source))];
  return completeRun([await generatePart(documents, options)], options, { sources });
}

/** The files of each kind among some of the documents of a run. {@link completeRun} puts the parts of a run together. */
export async function generatePart(documents: readonly RawDocument[], options: GenerateOptions = {}): Promise<Part> {
  const parsed = parse(documents);
  const selected = selectFrom(parsed, options);
  const combined = combine(selected.resources);
  const diagnostics = [...selected.diagnostics, ...combined.diagnostics, ...parsed.unusable.flatMap(schemaProblems)];
  const resources: GeneratedResource[] = [];
  for (const one of combined.resources) {
    const resource = await generateResource(one, options, diagnostics);
    const isWrong = hasErrors(combined.diagnostics.filter(({ crd }) => crd === resource.crd));
    const isExported = options.definitions === true && resource.kinds.length > 0 && !isWrong;
    const definition = isExported ? generateDefinition(one, selected.resources, diagnostics) : undefined;
    resources.push(definition === undefined ? resource : { ...resource, definition });
  }
  return { resources, definitions: parsed.resources.map(selectableNames), skipped: parsed.skipped, diagnostics };
}

/** The names of definitions that stand in more than one part, and so have to be generated again from all their documents. */
export function duplicatedDefinitions(parts: readonly Part[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const duplicated = new Set<string>();
  for (const { crd } of parts.flatMap(({ resources }) => resources)) (seen.has(crd) ? duplicated : seen).add(crd);
  return duplicated;
}

/**
 * Puts the parts of a run together: everything sorted, and the files that know of all kinds added. `places` are those that
 * were read, for the message where nothing was found in them.
 */
export function completeRun(
  parts: readonly Part[],
  options: GenerateOptions = {},
  places: ReadPlaces = { sources: [] },
): Generated {
  const resources = parts.flatMap((part) => part.resources).sort((left, right) => compareText(left.crd, right.crd));
  const skipped = parts.flatMap((part) => part.skipped);
  const definitions = parts.flatMap((part) => part.definitions);
  const diagnostics = [...parts.flatMap((part) => part.diagnostics), ...unmatchedSelection(definitions, options)];
  const kinds = resources.flatMap((resource) => resource.kinds).sort(compareKinds);
  if (kinds.length === 0 && !hasErrors(diagnostics))
    diagnostics.push(
      nothingFound({ selected: resources.map(({ crd }) => crd), definitions, skipped, ...places }, options),
    );
  diagnostics.push(...unusedMappings(kinds, options), ...contradictions(options));
  const extension = options.importExtension ?? ".js";
  const index = emitIndexFiles({ kinds, preferred: preferredVersions(kinds) }, extension);
  for (const conflict of index.conflicts) diagnostics.push(indexConflict(conflict));
  const sorted = sortDiagnostics(diagnostics);
  if (hasErrors(diagnostics)) return { resources, definitions, skipped, diagnostics: sorted, files: [] };
  const common = options.typesOnly === true ? emitCore() : emitClientset(kinds, extension);
  const files = [...resources.flatMap(filesOfResource), ...index.files, common, emitKindsUnion(kinds, extension)];
  files.sort((left, right) => compareText(left.path, right.path));
  return { resources, definitions, skipped, diagnostics: sorted, files };
}

/** Everything that is wrong with the schemas of a definition that cannot be generated, so that one run reports it all. */
function schemaProblems(resource: CustomResource): Diagnostic[] {
  return resource.versions.flatMap((version) => normalize(resource, version, false).context.diagnostics);
}

async function generateResource(
  { resource, sources }: CombinedResource,
  options: GenerateOptions,
  diagnostics: Diagnostic[],
): Promise<GeneratedResource> {
  const kinds: GeneratedKind[] = [];
  const losses: Loss[] = [];
  const jsdocCounts: Record<string, number> = {};
  const normalized = normalizeVersions(resource, options);
  // What a read object has was filled in by the schema of the stored version, whatever version is asked for.
  const stored = [...normalized].find(([{ storage }]) => storage)?.[1].schema;
  for (const [version, { schema, context }] of normalized) {
    diagnostics.push(...context.diagnostics);
    if (!isWanted(version, options)) continue;
    const model = buildModel({ resource, version, schema, stored }, coreTypes(), options);
    kinds.push(await generateKind(model, options));
    losses.push(...context.losses, ...model.losses);
    for (const [keyword, count] of Object.entries(context.jsdocCounts)) {
      jsdocCounts[keyword] = (jsdocCounts[keyword] ?? 0) + count;
    }
  }
  return { crd: resource.crd, sources, kinds, losses, jsdocCounts };
}

/** The file that exports a definition with all of its versions; undefined where no API server would take it. */
function generateDefinition(
  { resource }: CombinedResource,
  all: readonly CustomResource[],
  diagnostics: Diagnostic[],
): GeneratedFile | undefined {
  const { tree, diagnostics: own } = installableDefinition(resource, all);
  diagnostics.push(...own);
  return tree && emitDefinitionFile(resource, tree);
}

/** The schemas of the wanted versions and, where there are any, of the stored one. */
function normalizeVersions(
  resource: CustomResource,
  options: GenerateOptions,
): ReadonlyMap<CustomResourceVersion, NormalizedVersion> {
  const { versions } = resource;
  if (!versions.some((version) => isWanted(version, options))) return new Map();
  const needed = versions.filter((version) => version.storage || isWanted(version, options));
  return new Map(needed.map((version) => [version, normalize(resource, version, options.listJsdoc === true)]));
}

async function generateKind(model: ResourceModel, options: GenerateOptions): Promise<GeneratedKind> {
  const declared = await declare(model, shapes);
  const file = emitKindFile(model, declared, options);
  const { resource, version, typeName } = model;
  const { group, kind, plural, scope } = resource;
  const full = options.typesOnly !== true;
  return {
    group,
    version: version.name,
    kind,
    plural,
    scope,
    typeName,
    served: version.served,
    types: full ? [...declared.names, `${typeName}Types`] : declared.names,
    values: full ? [`${typeName}Resource`, model.clientName] : [],
    file,
  };
}

function compareKinds(left: GeneratedKind, right: GeneratedKind): number {
  return (
    compareText(left.group, right.group) ||
    compareText(left.version, right.version) ||
    compareText(left.plural, right.plural)
  );
}

function contradictions({ typesOnly, definitions }: GenerateOptions): Diagnostic[] {
  if (typesOnly !== true || definitions !== true) return [];
  const message =
    "typesOnly and definitions: wanted one of them, got both; the type of an exported definition is the runtime's";
  return [{ severity: "error", code: "options", message }];
}

function unusedMappings(kinds: readonly GeneratedKind[], { types = {} }: GenerateOptions): Diagnostic[] {
  const wanted = Object.keys(types);
  if (wanted.length === 0) return [];
  const known = new Set(
    kinds.flatMap((kind) => kind.types.flatMap((name) => [name, `${kind.group}/${kind.version}/${name}`])),
  );
  return wanted
    .filter((name) => !known.has(name))
    .map((name) => ({
      severity: "warning",
      code: "type-mapping",
      message: `types names ${name}, which is no generated interface; check its spelling`,
    }));
}

function indexConflict({ index, names, chosen, others }: IndexConflict): Diagnostic {
  const both = names.length === 1 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
  const message = `${index} exports ${both} of ${chosen}; import those of ${others.join(" and ")} from the file itself`;
  return { severity: "warning", code: "index-conflict", message };
}
