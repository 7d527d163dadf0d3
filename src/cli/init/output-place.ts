import { readdirSync, readFileSync, statSync } from "node:fs";
import * as path from "node:path";
import { bearsMark } from "../../output/mark.ts";
import { UsageError } from "../usage-error.ts";
import { portable } from "./portable-path.ts";
import { someOf } from "./some-of.ts";
import type { CompilerScope } from "./tsconfig.ts";

/** What stands in an output folder: nothing, an earlier output, or only files that somebody else made. */
export type OutputState =
  | { readonly kind: "absent" }
  | { readonly kind: "there" }
  | { readonly kind: "foreign"; readonly files: readonly string[] };

/** The folder to generate into. */
export interface OutputPlace {
  /** Relative to the project with `/`, or as it was named. */
  readonly out: string;
  readonly state: OutputState;
  /** What a user should know of the choice. */
  readonly notes: readonly string[];
}

/** What the choice depends on. */
export interface OutputSearch {
  /** The absolute folder of the project. */
  readonly folder: string;
  readonly scope: CompilerScope | undefined;
  /** The folder that was asked for. */
  readonly named: string | undefined;
}

/** More files than these are not looked at. */
const mostFiles = 1000;

/**
 * Chooses the folder to generate into: the one that was named, or else `generated` where the compiler looks, in `src` rather than
 * elsewhere. A folder with nothing but files of others is left to them.
 *
 * @throws UsageError where others have every folder that would do.
 */
export function chooseOutputPlace({ folder, scope, named }: OutputSearch): OutputPlace {
  if (named !== undefined) {
    const state = outputState(path.resolve(folder, named));
    return { out: named, state, notes: [...foreignNotes(named, state), ...outsideNotes(named, { folder, scope })] };
  }
  const base = chooseBase(folder, scope);
  const notes: string[] = [];
  for (const name of ["generated", "generated-crds"]) {
    const place = path.join(base, name);
    const out = portable(path.relative(folder, place));
    const state = outputState(place);
    if (state.kind !== "foreign") return { out, state, notes };
    notes.push(...foreignNotes(out, state));
  }
  throw new UsageError(`${notes.join("\n")}\nno folder is left for the output; name one with --out`);
}

/** Looks at what a folder holds; hidden files say nothing. */
export function outputState(folder: string): OutputState {
  const files: string[] = [];
  const waiting = [folder];
  for (let place = waiting.shift(); place !== undefined && files.length < mostFiles; place = waiting.shift()) {
    const stats = statSync(place, { throwIfNoEntry: false });
    if (stats?.isDirectory() === true) {
      const names = readdirSync(place).filter((name) => !name.startsWith("."));
      for (const name of names.sort()) waiting.push(path.join(place, name));
    } else if (stats !== undefined) {
      if (stats.isFile() && place.endsWith(".ts") && bearsMark(readFileSync(place, "utf8"))) return { kind: "there" };
      files.push(portable(path.relative(folder, place)) || path.basename(place));
    }
  }
  return files.length === 0 ? { kind: "absent" } : { kind: "foreign", files };
}

function chooseBase(folder: string, scope: CompilerScope | undefined): string {
  const src = path.join(folder, "src");
  const isThere = statSync(src, { throwIfNoEntry: false })?.isDirectory() === true;
  const bases = [
    ...(isThere ? [src] : []),
    ...(scope?.folders ?? []).filter((base) => isVisible(folder, base)),
    folder,
  ];
  if (scope === undefined) return bases[0] ?? folder;
  const probe = (base: string): string => path.join(base, "generated", "index.ts");
  const allowed = bases.filter((base) => scope.allows(probe(base)));
  return allowed.find((base) => scope.includes(probe(base))) ?? allowed[0] ?? bases[0] ?? folder;
}

/** Whether a folder is the project's, and neither hidden nor a package that is installed. */
function isVisible(folder: string, base: string): boolean {
  const parts = path.relative(folder, base).split(path.sep);
  return !path.isAbsolute(path.relative(folder, base)) && !parts.some((part) => /^(?:\..*|node_modules)$/.test(part));
}

function foreignNotes(out: string, state: OutputState): readonly string[] {
  if (state.kind !== "foreign") return [];
  return [`${out} holds files that crd-gen did not generate, ${someOf(state.files)}; they are left as they are`];
}

function outsideNotes(named: string, { folder, scope }: Omit<OutputSearch, "named">): readonly string[] {
  if (scope === undefined || scope.allows(path.resolve(folder, named, "index.ts"))) return [];
  return [
    `${named} is outside of the rootDir of ${scope.name}, and the compiler refuses what is; choose a folder in it with --out`,
  ];
}
