import { comment, type Declared } from "../declare/declare.ts";
import { propertyKey, stringLiteral } from "../declare/source-text.ts";
import type { GeneratedFile, GenerateOptions } from "../generated.ts";
import type { ResourceModel } from "../model/resource-model.ts";
import type { DocTag } from "../normalize/structural-schema.ts";
import type { CustomResource, CustomResourceVersion, PrinterColumn } from "../parse/custom-resource.ts";
import { contractModule, printImports, relativeImport } from "./imports.ts";
import { fillTemplate, parseTemplate } from "./template.ts";
import { templates } from "./templates.ts";

const kindTemplate = parseTemplate("kind.ts", templates.kind);
const typesTemplate = parseTemplate("types.ts", templates.types);

/** Prints the file of one version of one kind. */
export function emitKindFile(model: ResourceModel, declared: Declared, options: GenerateOptions): GeneratedFile {
  const { resource, version, path, typeName, clientName } = model;
  const externals = declared.externals.map(({ name, from, alias }) => ({
    names: [`${name} as ${alias}`],
    from: relativeImport(from, path),
  }));
  const names = [...declared.contractNames];
  const fixed = { crd: resource.crd, declarations: declared.text };
  if (options.typesOnly === true) {
    const imports = printImports([{ names, from: `../../core${options.importExtension ?? ".js"}` }, ...externals]);
    return { path, content: fillTemplate(typesTemplate, { ...fixed, imports }) };
  }
  names.push("DynamicClient", "ResourceClient", "ResourceDescriptor");
  const content = fillTemplate(kindTemplate, {
    ...fixed,
    ...descriptorHoles(resource, version),
    ...typeHoles(model, declared),
    imports: printImports([{ names, from: contractModule }, ...externals]),
    typeName,
    clientName,
  });
  return { path, content };
}

function typeHoles({ resource, version, deprecation }: ResourceModel, declared: Declared): Record<string, string> {
  const tags: DocTag[] = deprecation === undefined ? [] : [{ name: "deprecated", text: deprecation }];
  const describe = (description: string): string => comment({ description, tags }, "").trimEnd();
  return {
    kindText: resource.kind,
    statusInput: declared.statusInput,
    descriptorComment: describe(`What a client has to know of ${resource.crd}/${version.name}.`),
    clientComment: describe(`A typed client for ${resource.crd}/${version.name}.`),
  };
}

const literals = (texts: readonly string[]): string => `[${texts.map(stringLiteral).join(", ")}]`;
const listed = (texts: readonly string[]): string => (texts.length === 0 ? "" : literals(texts));
const flag = (value: boolean): string => (value ? "true" : "");
const union = (texts: readonly string[]): string => texts.map(stringLiteral).join(" | ") || "never";

function descriptorHoles(resource: CustomResource, version: CustomResourceVersion): Record<string, string> {
  const { kind } = resource;
  const subresources = [...(version.hasStatus ? ["status"] : []), ...(version.scale === undefined ? [] : ["scale"])];
  const selectors = ["metadata.name", ...(resource.scope === "Namespaced" ? ["metadata.namespace"] : [])];
  return {
    group: stringLiteral(resource.group),
    version: stringLiteral(version.name),
    kind: stringLiteral(kind),
    plural: stringLiteral(resource.plural),
    scope: stringLiteral(resource.scope),
    subresources: literals(subresources),
    subresourceTypes: union(subresources),
    fieldSelectors: union([...selectors, ...version.selectableFields]),
    singular: resource.singular === kind.toLowerCase() ? "" : stringLiteral(resource.singular),
    listKind: resource.listKind === `${kind}List` ? "" : stringLiteral(resource.listKind),
    shortNames: listed(resource.shortNames),
    categories: listed(resource.categories),
    printerColumns: printColumns(version.printerColumns),
    selectableFields: listed(version.selectableFields),
    scale: version.scale === undefined ? "" : printRecord({ ...version.scale }),
    storage: flag(version.storage),
    deprecated: flag(version.deprecated),
    deprecationWarning: version.deprecationWarning === undefined ? "" : stringLiteral(version.deprecationWarning),
  };
}

function printColumns(columns: readonly PrinterColumn[]): string {
  if (columns.length === 0) return "";
  const lines = columns.map(({ name, type, jsonPath, format, description, priority }) => {
    const optional = { format, description, priority: priority === 0 ? undefined : priority };
    return `    ${printRecord({ name, type, jsonPath, ...optional })},\n`;
  });
  return `[\n${lines.join("")}  ]`;
}

function printRecord(record: Readonly<Record<string, string | number | undefined>>): string {
  const entries = Object.entries(record).flatMap(([key, value]) =>
    value === undefined ? [] : [`${propertyKey(key)}: ${typeof value === "string" ? stringLiteral(value) : value}`],
  );
  return `{ ${entries.join(", ")} }`;
}
