import type { GeneratedKind } from "../../src/generated.ts";

/** A kind `Anvil` whose file exports what every kind's does; what is given stands instead. */
export function generatedKind(parts: Partial<Omit<GeneratedKind, "file">> = {}): GeneratedKind {
  const { group = "forge.example.com", version = "v1", plural = "anvils", typeName = "Anvil" } = parts;
  const client = `${typeName.charAt(0).toLowerCase()}${typeName.slice(1)}Client`;
  return {
    group,
    version,
    kind: typeName,
    plural,
    typeName,
    scope: "Namespaced",
    served: true,
    types: [typeName, `${typeName}Input`, `${typeName}Types`],
    values: [`${typeName}Resource`, client],
    file: { path: `${group}/${version}/${plural}.ts`, content: "" },
    ...parts,
  };
}
