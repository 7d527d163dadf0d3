import { posix } from "node:path";
import { compareText } from "../../json.ts";
import type { FoundFile, FoundFiles } from "./find-definitions.ts";

/** The fewest sources that hold every definition that was found. */
export interface ChosenSources {
  /** Folders, and files where a folder holds more than it should; with `/`, in the order of their names. */
  readonly sources: readonly string[];
  /** How many definitions they hold, the versions of one counted once. */
  readonly definitions: number;
  /** Folders that define nothing that the sources do not. */
  readonly copies: readonly string[];
}

type DefiningFile = Extract<FoundFile, { kind: "definitions" }>;

interface Folder {
  readonly name: string;
  readonly files: readonly DefiningFile[];
  readonly definitions: ReadonlySet<string>;
}

/**
 * Chooses what a config file is to name. One definition often lies in several places, of which some are copies that are not quite
 * up to date: as long as something is missing, the folder that adds most is taken, and the rest is left. A folder is named where
 * reading it as a whole reads what was chosen and nothing that is broken or was left out; in every other case its files are.
 */
export function chooseSources(found: FoundFiles): ChosenSources {
  const folders = foldersOf(found.files);
  const chosen = cover(folders);
  const taken = new Set(chosen.flatMap((folder) => folder.files.map((file) => file.path)));
  const whole = (folder: string): boolean => canBeRead(folder, found, taken);
  const names = chosen.flatMap(({ name, files }) => (whole(name) ? [name] : files.map((file) => file.path)));
  const definitions = new Set(chosen.flatMap((folder) => [...folder.definitions].map(withoutVersion)));
  return {
    sources: merge(names, (folder) => whole(folder) && holdsNothingElse(folder, found, taken)),
    definitions: definitions.size,
    copies: folders.filter((folder) => !chosen.includes(folder)).map(({ name }) => name),
  };
}

function foldersOf(files: readonly FoundFile[]): readonly Folder[] {
  const folders = new Map<string, DefiningFile[]>();
  for (const file of files) {
    if (file.kind !== "definitions") continue;
    const name = posix.dirname(file.path);
    const others = folders.get(name);
    if (others === undefined) folders.set(name, [file]);
    else others.push(file);
  }
  return [...folders]
    .map(([name, members]) => ({
      name,
      files: members,
      definitions: new Set(members.flatMap((file) => file.definitions)),
    }))
    .sort((one, other) => rankOf(one.name) - rankOf(other.name) || compareText(one.name, other.name));
}

/** Where definitions are at home: in a folder of that name, rather than in what is packed from it; then near the top. */
function rankOf(folder: string): number {
  const parts = folder.split("/");
  const athome = parts.some((part) => /^crds?$/i.test(part));
  const packed = parts.some((part) => /^(?:bundle|charts?|helm)$/i.test(part));
  return (athome ? 0 : 200) + (packed ? 100 : 0) + Math.min(parts.length, 99);
}

/** Folders that together have all definitions, by taking what adds most again and again; of equals the first. */
function cover(folders: readonly Folder[]): readonly Folder[] {
  const covered = new Set<string>();
  const chosen: Folder[] = [];
  for (;;) {
    let best: Folder | undefined;
    let most = 0;
    for (const folder of folders) {
      const added = [...folder.definitions].filter((definition) => !covered.has(definition)).length;
      if (added > most) [best, most] = [folder, added];
    }
    if (best === undefined) return chosen;
    chosen.push(best);
    for (const definition of best.definitions) covered.add(definition);
  }
}

/** Whether a folder as a source reads nothing that fails or was not chosen. The project itself is too much to read each time. */
function canBeRead(folder: string, { files, leftOut }: FoundFiles, taken: ReadonlySet<string>): boolean {
  if (folder === "." || leftOut.some((name) => name === folder || isIn(folder, name))) return false;
  return files.every((file) => {
    if (!isIn(folder, file.path)) return true;
    return file.kind === "other" ? !file.broken : taken.has(file.path);
  });
}

function holdsNothingElse(folder: string, { files }: FoundFiles, taken: ReadonlySet<string>): boolean {
  return files.every((file) => !isIn(folder, file.path) || taken.has(file.path));
}

/** Puts a folder in the place of several sources below it where `allowed` says so. */
function merge(names: readonly string[], allowed: (folder: string) => boolean): readonly string[] {
  const above = [...new Set(names.flatMap(foldersAbove))].filter(
    (folder) => names.filter((name) => isIn(folder, name)).length > 1 && allowed(folder),
  );
  const all = [...new Set([...names, ...above])];
  return all.filter((name) => !all.some((other) => isIn(other, name))).sort(compareText);
}

function foldersAbove(name: string): readonly string[] {
  const folder = posix.dirname(name);
  return folder === "." ? [] : [folder, ...foldersAbove(folder)];
}

function isIn(folder: string, name: string): boolean {
  return name.startsWith(`${folder}/`);
}

function withoutVersion(definition: string): string {
  return definition.slice(0, definition.indexOf(" "));
}
