import { stringLiteral } from "../declare/source-text.ts";
import { compareText } from "../json.ts";

/** The module of the runtime that generated code imports from, and the only one. */
export const contractModule = "@crd-gen/runtime/gen/v1";

/** The names that a file imports from one module. A name may be renamed: `A as B`. */
export interface ImportedNames {
  readonly names: readonly string[];
  readonly from: string;
}

/** Prints type imports, one line a module, the names sorted and each once. */
export function printImports(imports: readonly ImportedNames[]): string {
  const byModule = new Map<string, Set<string>>();
  for (const { names, from } of imports) {
    const known = byModule.get(from) ?? new Set();
    for (const name of names) known.add(name);
    byModule.set(from, known);
  }
  return [...byModule]
    .filter(([, names]) => names.size > 0)
    .map(([from, names]) => `import type { ${[...names].sort(compareText).join(", ")} } from ${stringLiteral(from)};`)
    .join("\n");
}

/** A module specifier that was given relative to the output folder, as a file below it has to write it. */
export function relativeImport(from: string, path: string): string {
  if (!from.startsWith("./") && !from.startsWith("../")) return from;
  const up = "../".repeat(path.split("/").length - 1);
  return `${up === "" ? "./" : up}${from.replace(/^\.\//, "")}`;
}
