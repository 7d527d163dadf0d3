import { stringLiteral } from "../declare/source-text.ts";
import type { GeneratedFile, GeneratedKind, ImportExtension } from "../generated.ts";
import { compareText } from "../json.ts";
import { fillTemplate, parseTemplate } from "./template.ts";
import { templates } from "./templates.ts";

const indexTemplate = parseTemplate("index.ts", templates.index);

/** Names that the same files of one index export; each can be exported there of one of them only. */
export interface IndexConflict {
  readonly index: string;
  readonly names: readonly string[];
  /** The file whose exports the index has. */
  readonly chosen: string;
  /** The files from which the names have to be imported by themselves. */
  readonly others: readonly string[];
}

/** The index files of a run, and what they cannot export. */
export interface IndexFiles {
  readonly files: readonly GeneratedFile[];
  readonly conflicts: readonly IndexConflict[];
}

/** The kinds that the indexes of a run export. */
export interface IndexedKinds {
  readonly kinds: readonly GeneratedKind[];
  /** Each resource in its preferred version. */
  readonly preferred: readonly GeneratedKind[];
}

/** One index for each version, with all of its kinds, and one for each group, with every kind in its preferred version. */
export function emitIndexFiles({ kinds, preferred }: IndexedKinds, extension: ImportExtension): IndexFiles {
  const files: GeneratedFile[] = [];
  const conflicts: IndexConflict[] = [];
  const add = (path: string, members: readonly GeneratedKind[]): void => {
    const index = printIndex(path, members, extension);
    files.push({ path, content: index.content });
    conflicts.push(...index.conflicts);
  };
  for (const [folder, members] of groupBy(kinds, ({ file }) => parent(file.path))) add(`${folder}/index.ts`, members);
  for (const [folder, members] of groupBy(preferred, ({ file }) => parent(parent(file.path)))) {
    add(`${folder}/index.ts`, members);
  }
  return { files, conflicts };
}

function parent(path: string): string {
  return path.slice(0, path.lastIndexOf("/"));
}

function groupBy(
  kinds: readonly GeneratedKind[],
  folderOf: (kind: GeneratedKind) => string,
): ReadonlyMap<string, GeneratedKind[]> {
  const groups = new Map<string, GeneratedKind[]>();
  for (const kind of kinds) {
    const folder = folderOf(kind);
    const members = groups.get(folder);
    if (members === undefined) groups.set(folder, [kind]);
    else members.push(kind);
  }
  return groups;
}

interface Index {
  readonly content: string;
  readonly conflicts: readonly IndexConflict[];
}

function printIndex(path: string, kinds: readonly GeneratedKind[], extension: ImportExtension): Index {
  const folder = parent(path);
  const specifier = ({ file }: GeneratedKind): string =>
    stringLiteral(`.${file.path.slice(folder.length).replace(/\.ts$/, extension)}`);
  const lines = kinds.map((kind) => `export * from ${specifier(kind)};`);
  const conflicts = new Map<string, IndexConflict>();
  for (const [name, exporters] of sharedNames(kinds)) {
    const [chosen] = exporters;
    if (chosen === undefined) continue;
    const keyword = chosen.values.includes(name) ? "export" : "export type";
    lines.push(`${keyword} { ${name} } from ${specifier(chosen)};`);
    const files = exporters.map(({ file }) => file.path);
    const names = [...(conflicts.get(files.join("\n"))?.names ?? []), name];
    conflicts.set(files.join("\n"), { index: path, names, chosen: chosen.file.path, others: files.slice(1) });
  }
  const content = fillTemplate(indexTemplate, { exports: lines.join("\n") });
  return { content, conflicts: [...conflicts.values()] };
}

/** Names that more than one kind exports, with their exporters: the kind with the longest name first, since it is the most particular. */
function sharedNames(kinds: readonly GeneratedKind[]): readonly (readonly [string, readonly GeneratedKind[]])[] {
  const first = new Map<string, GeneratedKind>();
  const shared = new Map<string, GeneratedKind[]>();
  for (const kind of kinds) {
    for (const name of [...kind.types, ...kind.values]) {
      const other = first.get(name);
      if (other === undefined) first.set(name, kind);
      else if (!shared.get(name)?.push(kind)) shared.set(name, [other, kind]);
    }
  }
  for (const members of shared.values()) {
    members.sort(
      (left, right) => right.typeName.length - left.typeName.length || compareText(left.plural, right.plural),
    );
  }
  return [...shared].sort(([left], [right]) => compareText(left, right));
}
