import type { Diagnostic, SourceLocation } from "./diagnostic.ts";
import type { SkippedDocument } from "./parse/parse.ts";
import type { SelectableNames } from "./selection.ts";

/** Which part of the input is wanted. An empty or absent list means all; names are compared exactly. */
export interface Selection {
  readonly groups?: readonly string[];
  /** Kinds, as in `kind: MyCoolApp`. */
  readonly kinds?: readonly string[];
  /** Names of definitions: `<plural>.<group>`. */
  readonly crds?: readonly string[];
  readonly versions?: readonly string[];
  /** Versions with `served: false` too. Default: only served ones. */
  readonly unserved?: boolean;
}

/** A type of the user's own that stands for a named interface of the output. */
export interface TypeMapping {
  /** Module specifier as the generated file is to import it; a relative one is taken as relative to the output folder. */
  readonly from: string;
  /** The exported name in that module. */
  readonly name: string;
}

/** How a generated file names another one, behind its path without `.ts`. */
export type ImportExtension = ".js" | ".ts" | "";

/** What shapes the output of a run, apart from its input. */
export interface GenerateOptions extends Selection {
  /** Interfaces only: files that import nothing but one generated `core.ts`. Default: false. */
  readonly typesOnly?: boolean;
  /** A file for each definition, too, that exports it as an object to install. Not with `typesOnly`. Default: false. */
  readonly definitions?: boolean;
  /** How a generated file names another one. Default: `.js`. */
  readonly importExtension?: ImportExtension;
  /** Names of generated interfaces (`MyCoolAppSpecConfig`, or `<group>/<version>/<name>` for one file only) and what stands for them. */
  readonly types?: Readonly<Record<string, TypeMapping>>;
  /** List what is said in JSDoc only; else it is counted. Default: false. */
  readonly listJsdoc?: boolean;
}

/** A file of the output; the path is relative to the output folder, with `/`. */
export interface GeneratedFile {
  readonly path: string;
  readonly content: string;
}

/**
 * Something that TypeScript cannot say as the schema says it.
 * `lost`: nothing of it is in the output. `weaker`: the type admits more than the server. `jsdoc`: a comment says it.
 */
export interface Loss {
  readonly class: "lost" | "weaker" | "jsdoc";
  readonly crd: string;
  readonly version: string;
  /** Path below the CustomResourceDefinition, printed. */
  readonly path: string;
  /** What the schema says there, in a few words. */
  readonly what: string;
  /** What was emitted instead. */
  readonly emitted: string;
}

/** One version of one kind, and the file that it became. */
export interface GeneratedKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly plural: string;
  readonly scope: "Namespaced" | "Cluster";
  /** The name of the read view. */
  readonly typeName: string;
  readonly served: boolean;
  /** The exported types of the file, in order of declaration. */
  readonly types: readonly string[];
  /** The exported constants of the file: descriptor and client; none in a run for types only. */
  readonly values: readonly string[];
  readonly file: GeneratedFile;
}

/** What one CustomResourceDefinition became. */
export interface GeneratedResource {
  readonly crd: string;
  /** Every place that the definition was read from. */
  readonly sources: readonly SourceLocation[];
  readonly kinds: readonly GeneratedKind[];
  /** The file that exports the definition itself, where that is asked for and an API server would take it. */
  readonly definition?: GeneratedFile;
  /** Losses of the classes `lost` and `weaker`, and with `listJsdoc` those of the class `jsdoc`. */
  readonly losses: readonly Loss[];
  /** How often each keyword is said in JSDoc only. */
  readonly jsdocCounts: Readonly<Record<string, number>>;
}

/** All files of one definition. */
export function filesOfResource({ kinds, definition }: GeneratedResource): readonly GeneratedFile[] {
  const files = kinds.map(({ file }) => file);
  return definition === undefined ? files : [...files, definition];
}

/** What some of the documents of a run became. Plain data: it can be sent to another thread. */
export interface Part {
  readonly resources: readonly GeneratedResource[];
  /** The names of all definitions that were read, selected or not. */
  readonly definitions: readonly SelectableNames[];
  readonly skipped: readonly SkippedDocument[];
  readonly diagnostics: readonly Diagnostic[];
}

/** What a whole run became. With an error among the diagnostics there are no files. */
export interface Generated extends Part {
  readonly files: readonly GeneratedFile[];
}
