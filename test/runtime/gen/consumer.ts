import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { SourceFiles } from "./consumer-sources.ts";

/** A compiler that generated code has to pass. */
export interface Compiler {
  readonly name: string;
  /** The package's folder. */
  readonly folder: string;
}

/** How a consumer's project says what its modules are. */
export interface ModuleSetting {
  readonly type: "module" | "commonjs";
  readonly moduleResolution: "node16" | "nodenext" | "bundler";
}

export type CompilerOptions = Readonly<Record<string, boolean | string | readonly string[]>>;

/** A consumer's project to write. */
export interface Project {
  readonly setting: ModuleSetting;
  readonly files: SourceFiles;
  readonly options: CompilerOptions;
}

/** One error of a compiler, with the lines that explain it. */
export interface CompilerError {
  readonly file: string;
  readonly line: number;
  readonly code: string;
  readonly text: string;
}

const require = createRequire(import.meta.url);
const runtime = join(import.meta.dirname, "../../../src/runtime");

const compilerAt = (name: string): Compiler => ({ name, folder: dirname(require.resolve(`${name}/package.json`)) });

/** The oldest and the newest compiler that generated code is for, and the last one with the API of version 5. */
export const compilers: readonly Compiler[] = ["typescript-5.4", "typescript-5.9", "typescript"].map(compilerAt);

interface Outcome {
  readonly exitCode: number;
  readonly output: string;
}

function run(compiler: Compiler, folder: string, flags: readonly string[]): Promise<Outcome> {
  const args = [join(compiler.folder, "bin/tsc"), "--pretty", "false", ...flags];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, { cwd: folder, maxBuffer: 2 ** 26 }, (error, stdout, stderr) => {
      if (error !== null && typeof error.code !== "number") reject(error);
      else resolve({ exitCode: error === null ? 0 : Number(error.code), output: stdout + stderr });
    });
  });
}

/** Builds the runtime as its own build does, into `<root>/node_modules`, where projects below `root` find it. */
export async function buildRuntime(root: string): Promise<void> {
  const target = join(root, "node_modules/@crd-gen/runtime");
  await mkdir(target, { recursive: true });
  await cp(join(runtime, "package.json"), join(target, "package.json"));
  const newest = compilerAt("typescript");
  const { exitCode, output } = await run(newest, runtime, ["-p", "tsconfig.json", "--outDir", join(target, "dist")]);
  if (exitCode !== 0) throw new Error(`the runtime does not build: ${output}`);
}

/** Writes a project into a new folder below `root`, and returns the folder. */
export async function writeProject(root: string, { setting, files, options }: Project): Promise<string> {
  const folder = await mkdtemp(join(root, "project-"));
  const { type, moduleResolution } = setting;
  // The bundler's resolution wants modules to stay as they are; both words are known from 5.4 on.
  const module = moduleResolution === "bundler" ? (type === "module" ? "esnext" : "preserve") : moduleResolution;
  const compilerOptions = {
    target: "es2022",
    lib: ["es2022"],
    types: [],
    module,
    moduleResolution,
    noEmit: true,
    allowImportingTsExtensions: true,
    skipLibCheck: false,
    ...options,
  };
  const configuration = { "package.json": { type }, "tsconfig.json": { compilerOptions, files: Object.keys(files) } };
  const texts = { ...files };
  for (const [name, value] of Object.entries(configuration)) texts[name] = JSON.stringify(value);
  for (const [name, text] of Object.entries(texts)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  return folder;
}

/** Compiles a project and returns the errors, ordered by file and line. Throws on output that is no list of errors. */
export async function compile(compiler: Compiler, folder: string): Promise<CompilerError[]> {
  const { exitCode, output } = await run(compiler, folder, ["-p", "tsconfig.json"]);
  const errors: CompilerError[] = [];
  for (const message of output.split(/\n(?! )/).filter((text) => text.trim() !== "")) {
    const [, file, line, code] = /^(.+)\((\d+),\d+\): error (TS\d+): /.exec(message) ?? [];
    if (file === undefined || code === undefined) throw new Error(`${compiler.name}: ${output}`);
    errors.push({ file, line: Number(line), code, text: message });
  }
  if ((exitCode === 0) !== (errors.length === 0)) throw new Error(`${compiler.name} ended with ${exitCode}: ${output}`);
  return errors.sort((a, b) => a.file.localeCompare(b.file) || a.line - b.line);
}
