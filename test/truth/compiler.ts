import { mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { GeneratedFile } from "../../src/generated.ts";
import { pathStep } from "../fidelity/raw-schema.ts";
import { compile, compilers, writeProject } from "../runtime/gen/consumer.ts";
import { pathAt } from "./path-at.ts";
import type { Subject } from "./subject.ts";
import type { Trial, View } from "./trial.ts";

/** The contract's types of what is written; what is read is the kind itself. */
const contractTypes: Readonly<Record<Exclude<View, "read">, string>> = {
  create: "CreateOf",
  apply: "ApplyOf",
  "merge patch": "MergePatchOf",
  "status replace": "StatusReplaceOf",
  "status apply": "StatusApplyOf",
  "status merge patch": "StatusMergePatchOf",
};

const options = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  // The declarations of the runtime are checked where they are tested.
  skipLibCheck: true,
};

/** What the compiler has against a trial. */
export interface Objection {
  readonly message: string;
  /** Where in the value, as `.spec.ports[0].name`. */
  readonly path: string;
}

/** Characters of trials that are compiled together: the compiler takes some 40 bytes of memory for each. */
const mostText = 40_000_000;

/**
 * Puts trials to the compiler.
 *
 * @param root A folder with the runtime in its `node_modules`.
 * @param files The generated files.
 * @returns What the compiler has against those that it refuses.
 * @throws Error where the compiler objects to anything but a trial.
 */
export async function compileTrials(
  root: string,
  files: readonly GeneratedFile[],
  trials: readonly Trial[],
): Promise<ReadonlyMap<Trial, Objection>> {
  const objections = new Map<Trial, Objection>();
  let modules: (readonly Trial[])[] = [];
  let size = 0;
  const compileModules = async (): Promise<void> => {
    for (const [trial, objection] of await compileTogether(root, files, modules)) objections.set(trial, objection);
    modules = [];
    size = 0;
  };
  for (const own of bySubject(trials)) {
    modules.push(own);
    size += own.reduce((sum, { text }) => sum + text.length, 0);
    if (size > mostText) await compileModules();
  }
  if (modules.length > 0) await compileModules();
  return objections;
}

/** Compiles modules, each with the trials of one subject. */
async function compileTogether(
  root: string,
  files: readonly GeneratedFile[],
  modules: readonly (readonly Trial[])[],
): Promise<ReadonlyMap<Trial, Objection>> {
  const compiler = compilers.at(-1);
  if (compiler === undefined) throw new Error("wanted a compiler, found none");
  const setting = { type: "module", moduleResolution: "bundler" } as const;
  const named = new Map<string, readonly Trial[]>(modules.map((trials, index) => [`trials-${index}.ts`, trials]));
  const texts = Object.fromEntries([...named].map(([name, trials]) => [name, moduleOf(trials)]));
  const folder = await writeProject(root, { setting, files: texts, options });
  for (const { path, content } of files) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  const errors = await compile(compiler, folder);
  await rm(folder, { recursive: true, force: true });
  const objections = new Map<Trial, Objection>();
  for (const { file, line, text } of errors) {
    const index = line - firstLine;
    const trial = named.get(file)?.[index];
    if (trial === undefined) throw new Error(`wanted errors of trials only, got ${text}`);
    if (!objections.has(trial)) objections.set(trial, objectionOf(trial, index, text));
  }
  return objections;
}

function bySubject(trials: readonly Trial[]): readonly (readonly Trial[])[] {
  const groups = new Map<Subject, Trial[]>();
  for (const trial of trials) {
    const group = groups.get(trial.subject) ?? [];
    group.push(trial);
    groups.set(trial.subject, group);
  }
  return [...groups.values()];
}

/** The line of a module's first trial, counted from 1. */
const firstLine = 3;

/** A module with one trial in each line, so that an error's line tells the trial. */
function moduleOf(trials: readonly Trial[]): string {
  const [first] = trials;
  if (first === undefined) throw new Error("wanted trials, got none");
  const { typeName, file } = first.subject.generated;
  const module = file.path.replace(/\.ts$/, ".js");
  return [
    `import type { ${typeName} as Kind, ${typeName}Types as Types } from "./${module}";`,
    'import type * as Contract from "@crd-gen/runtime/gen/v1";',
    ...trials.map((trial, index) => `${declaration(trial, index)}${literal(trial.text)};`),
  ].join("\n");
}

function declaration({ view }: Trial, index: number): string {
  return `export const trial${index}: ${view === "read" ? "Kind" : `Contract.${contractTypes[view]}<Types>`} = `;
}

function objectionOf(trial: Trial, index: number, text: string): Objection {
  const column = Number(/\(\d+,(\d+)\)/.exec(text)?.[1]);
  const offset = column - 1 - declaration(trial, index).length;
  const missing = /Property '(.+)' is missing in type/.exec(text)?.[1];
  const path = pathAt(literal(trial.text), offset) + (missing === undefined ? "" : pathStep(missing));
  return { message: text.slice(text.indexOf("error TS")), path };
}

/** A JSON text without line ends as an expression of TypeScript. */
export function literal(text: string): string {
  return (
    text
      // Without the brackets it would be the prototype. In a string a quotation mark has a backslash before it.
      .replaceAll(/(?<!\\)"__proto__":/g, '["__proto__"]:')
      // These end a line of TypeScript.
      .replaceAll("\u2028", "\\u2028")
      .replaceAll("\u2029", "\\u2029")
  );
}
