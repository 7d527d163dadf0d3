import { jsonLiteral } from "../declare/source-text.ts";
import type { GeneratedFile } from "../generated.ts";
import type { JsonObject } from "../json.ts";
import { definitionFilePath } from "../model/file-names.ts";
import { kindTypeName } from "../model/names.ts";
import type { CustomResource } from "../parse/custom-resource.ts";
import { contractModule, printImports } from "./imports.ts";
import { fillTemplate, parseTemplate } from "./template.ts";
import { templates } from "./templates.ts";

const template = parseTemplate("definition.ts", templates.definition);

/**
 * Prints the file that exports a definition itself, as JSON that is parsed when the module is loaded: to a compiler it is one literal of
 * whatever size, and every key and value is data (docs/decisions/0033-definitions.md).
 */
export function emitDefinitionFile(resource: CustomResource, tree: JsonObject): GeneratedFile {
  const content = fillTemplate(template, {
    crd: resource.crd,
    kindText: resource.kind,
    imports: printImports([{ names: ["CustomResourceDefinitionToInstall"], from: contractModule }]),
    name: `${kindTypeName(resource.kind)}Definition`,
    definition: `/* @__PURE__ */ JSON.parse(${jsonLiteral(tree)})`,
  });
  return { path: definitionFilePath(resource), content };
}
