import { existsSync } from "node:fs";
import path from "node:path";
import ts from "typescript-5.9";

const options: ts.CompilerOptions = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  target: ts.ScriptTarget.ES2022,
  lib: ["lib.es2022.d.ts"],
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  allowImportingTsExtensions: true,
  types: [],
  noEmit: true,
};

const root = path.resolve(import.meta.dirname, "../..");

/** The source of the contract that generated code imports. */
const contractFile = path.join(root, "src/runtime/gen/v1.ts");

/** Compiles output files slice by slice; the library and the contract are parsed once. */
export class OutputCompiler {
  readonly #shared = new Map<string, ts.SourceFile | undefined>();
  readonly #options: ts.CompilerOptions;

  /** @param contract - the module that stands for `@crd-gen/runtime/gen/v1` */
  constructor(contract: string = contractFile) {
    this.#options = { ...options, paths: { "@crd-gen/runtime/gen/v1": [contract] } };
  }

  /** Compiles some files; nothing but the library and the contract outlives the program that is returned. */
  compile(files: readonly string[]): ts.Program {
    const host = ts.createCompilerHost(this.#options, true);
    const own = new Set(files);
    const read = host.getSourceFile.bind(host);
    host.getSourceFile = (name, language) => {
      if (own.has(name)) return read(name, language);
      if (!this.#shared.has(name)) this.#shared.set(name, read(name, language));
      return this.#shared.get(name);
    };
    return ts.createProgram({ rootNames: files.filter(existsSync), options: this.#options, host });
  }
}

/** What a kind's file says about itself. */
export interface OutputKind {
  readonly file: ts.SourceFile;
  /** The interface that ties the views together: `read`, `input`, `scope`, `subresources`, `fieldSelectors`. */
  readonly tie: ts.Type;
  readonly descriptor: ts.VariableDeclaration;
  readonly exports: readonly ts.Symbol[];
}

/** Finds the constant of type `ResourceDescriptor<T>`, and with it the views; undefined where there is none. */
export function kindOf(program: ts.Program, fileName: string): OutputKind | undefined {
  const checker = program.getTypeChecker();
  const file = program.getSourceFile(fileName);
  const symbol = file === undefined ? undefined : checker.getSymbolAtLocation(file);
  if (file === undefined || symbol === undefined) return undefined;
  const exports = checker.getExportsOfModule(symbol);
  for (const exported of exports) {
    const descriptor = exported.valueDeclaration;
    if (descriptor === undefined || !ts.isVariableDeclaration(descriptor)) continue;
    const type = checker.getTypeOfSymbol(exported);
    const [tie] = type.symbol?.name === "ResourceDescriptor" ? checker.getTypeArguments(type as ts.TypeReference) : [];
    if (tie !== undefined) return { file, tie, descriptor, exports };
  }
  return undefined;
}

/** The files of a slice that do not parse, with the compiler's first message. */
export function syntaxErrors(program: ts.Program, file: ts.SourceFile): readonly string[] {
  return program
    .getSyntacticDiagnostics(file)
    .map((diagnostic) => ts.flattenDiagnosticMessageText(diagnostic.messageText, " "));
}

/** How often the keyword `any` stands in a file, counted by the parser. */
export function countAny(node: ts.Node): number {
  let count = node.kind === ts.SyntaxKind.AnyKeyword ? 1 : 0;
  ts.forEachChild(node, (child) => {
    count += countAny(child);
  });
  return count;
}
