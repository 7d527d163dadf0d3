import type { GeneratedFile } from "../generated.ts";
import { compareText } from "../json.ts";
import { folderName } from "../model/file-names.ts";
import { pulledMark } from "../output/mark.ts";
import { printYaml } from "./print-yaml.ts";

/**
 * The file of one definition, `<plural>.<group>.yaml`. A definition whose versions stand in several documents stays in as
 * many, in an order that their places do not change.
 */
export function pulledFile(crd: string, trees: readonly unknown[]): GeneratedFile {
  const documents = trees.map(printYaml).sort(compareText);
  const content = `${pulledMark} from CustomResourceDefinition ${crd}. Do not edit.\n${documents.join("---\n")}`;
  return { path: `${folderName(crd)}.yaml`, content };
}
