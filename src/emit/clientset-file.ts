import { propertyKey, stringLiteral } from "../declare/source-text.ts";
import type { GeneratedFile, GeneratedKind, ImportExtension } from "../generated.ts";
import { contractModule } from "./imports.ts";
import { fillTemplate, parseTemplate } from "./template.ts";
import { templates } from "./templates.ts";

const clientsetTemplate = parseTemplate("clientset.ts", templates.clientset);
const kindsTemplate = parseTemplate("kinds.ts", templates.kinds);

/**
 * The name of a kind's import in a file that imports kinds of many groups: `mycoolapps_v1_stable_example_com`. DNS names
 * hold no underscore and no dollar, so no two resources have the same.
 */
function importAlias({ plural, version, group }: GeneratedKind): string {
  return [plural, version, group].join("_").replaceAll(".", "_").replaceAll("-", "$");
}

function specifierOf({ file }: GeneratedKind, extension: ImportExtension): string {
  return stringLiteral(`./${file.path.replace(/\.ts$/, extension)}`);
}

/** `clientset.ts`: typed clients by group, version and plural. */
export function emitClientset(kinds: readonly GeneratedKind[], extension: ImportExtension): GeneratedFile {
  const imports = kinds.map((kind) => {
    const alias = importAlias(kind);
    const names = `type ${kind.typeName}Types as ${alias}_Types, ${kind.typeName}Resource as ${alias}`;
    return `import { ${names} } from ${specifierOf(kind, extension)};`;
  });
  const contract = `import type { DynamicClient, ResourceClient } from "${contractModule}";`;
  const content = fillTemplate(clientsetTemplate, {
    imports: [contract, ...imports].join("\n"),
    types: printTree(kinds, {
      line: (kind) => `readonly ${propertyKey(kind.plural)}: ResourceClient<${importAlias(kind)}_Types>;`,
      open: (key) => `readonly ${propertyKey(key)}: {`,
      close: "};",
    }),
    clients: printTree(kinds, {
      line: (kind) => `${propertyKey(kind.plural)}: client.resource(${importAlias(kind)}),`,
      open: (key) => `${propertyKey(key)}: {`,
      close: "},",
    }),
  });
  return { path: "clientset.ts", content };
}

interface TreePrinter {
  readonly line: (kind: GeneratedKind) => string;
  readonly open: (key: string) => string;
  readonly close: string;
}

/** Prints kinds, sorted by group and version, as a tree of group and version. */
function printTree(kinds: readonly GeneratedKind[], { line, open, close }: TreePrinter): string {
  const lines: string[] = [];
  let last: GeneratedKind | undefined;
  for (const kind of kinds) {
    const newGroup = kind.group !== last?.group;
    const newVersion = newGroup || kind.version !== last?.version;
    if (last !== undefined && newVersion) lines.push(`    ${close}`);
    if (last !== undefined && newGroup) lines.push(`  ${close}`);
    if (newGroup) lines.push(`  ${open(kind.group)}`);
    if (newVersion) lines.push(`    ${open(kind.version)}`);
    lines.push(`      ${line(kind)}`);
    last = kind;
  }
  if (last !== undefined) lines.push(`    ${close}`, `  ${close}`);
  return lines.join("\n");
}

/** `kinds.ts`: the union of all kinds, as they are read. */
export function emitKindsUnion(kinds: readonly GeneratedKind[], extension: ImportExtension): GeneratedFile {
  const imports = kinds.map(
    (kind) => `import type { ${kind.typeName} as ${importAlias(kind)} } from ${specifierOf(kind, extension)};`,
  );
  const members = kinds.map((kind) => `  | ${importAlias(kind)}`);
  const content = fillTemplate(kindsTemplate, { imports: imports.join("\n"), kinds: members.join("\n") });
  return { path: "kinds.ts", content };
}

/** `core.ts` of a run for types only: what the interfaces are made of. */
export function emitCore(): GeneratedFile {
  return { path: "core.ts", content: templates.core };
}
