import * as path from "node:path";
import ts from "typescript-5.9";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../temporary-folder.ts";

/** What has to be found, beside what must not. */
const incomplete = `
export function bare(): void {}

export class Bare {
  readonly #text: string;
  constructor(text: string) {
    this.#text = text;
  }
  method(): string {
    return this.#private();
  }
  get value(): string {
    return this.#text;
  }
  #private(): string {
    return this.#text;
  }
}

/** It has a comment. */
export interface Signatures {
  /** It has, too. */
  first(): void;
  second(): void;
}

/** It has one, as each of its methods. */
export class Documented extends Error {
  constructor() {
    super("it is made by others");
  }
  /** Both signatures have one. */
  method(text: string): void;
  /** The other. */
  method(count: number): void;
  method(_: string | number): void {}
}
`;

const runtime = path.join(import.meta.dirname, "../../src/runtime");

/** What the modules export that is there without a doc comment: exports, and methods of classes and interfaces. */
function undocumented(...files: readonly string[]): readonly string[] {
  const options = { module: ts.ModuleKind.NodeNext, allowImportingTsExtensions: true, noLib: true, types: [] };
  const host = ts.createCompilerHost(options);
  // What others have written is not read, which would take most of the time.
  host.resolveModuleNameLiterals = (names, from) => names.map(({ text }) => ({ resolvedModule: moduleOf(text, from) }));
  const program = ts.createProgram(files, options, host);
  const checker = program.getTypeChecker();
  return files.flatMap((file) => {
    const source = program.getSourceFile(file);
    const module = source === undefined ? undefined : checker.getSymbolAtLocation(source);
    if (module === undefined) throw new Error(`wanted a module, got ${file}`);
    const exported = checker.getExportsOfModule(module);
    const symbols = exported.map((symbol) =>
      symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol,
    );
    return symbols.flatMap((symbol) => [
      ...(symbol.getDocumentationComment(checker).length === 0 ? [symbol.name] : []),
      ...methodsOf(symbol).flatMap((method) => (isDocumented(method) ? [] : [`${symbol.name}.${nameOf(method)}`])),
    ]);
  });
}

function moduleOf(name: string, from: string): ts.ResolvedModuleFull | undefined {
  if (!name.startsWith(".")) return undefined;
  return { resolvedFileName: path.resolve(path.dirname(from), name), extension: ts.Extension.Ts };
}

type Method = ts.MethodDeclaration | ts.MethodSignature | ts.AccessorDeclaration | ts.ConstructorDeclaration;

function methodsOf({ declarations = [] }: ts.Symbol): readonly Method[] {
  return declarations.flatMap((declaration) => {
    if (!ts.isClassDeclaration(declaration) && !ts.isInterfaceDeclaration(declaration)) return [];
    const members: readonly ts.Node[] = declaration.members;
    return members.filter(isMethod).filter((method) => {
      // Programs catch errors, and leave it to the runtime to make them.
      if (ts.isConstructorDeclaration(method)) return !extendsError(declaration);
      return !ts.isPrivateIdentifier(method.name);
    });
  });
}

function isMethod(node: ts.Node): node is Method {
  return (
    ts.isMethodDeclaration(node) ||
    ts.isMethodSignature(node) ||
    ts.isAccessor(node) ||
    ts.isConstructorDeclaration(node)
  );
}

function extendsError({ heritageClauses }: ts.ClassDeclaration | ts.InterfaceDeclaration): boolean {
  return (heritageClauses ?? []).some(({ types }) => types.some((type) => type.getText().endsWith("Error")));
}

/** The body of what has several signatures shows no comment of its own. */
function isDocumented(method: Method): boolean {
  const { parent } = method;
  const members: readonly ts.Node[] = ts.isClassLike(parent) || ts.isInterfaceDeclaration(parent) ? parent.members : [];
  const hasSignatures = members.some(
    (other) => other !== method && isMethod(other) && nameOf(other) === nameOf(method),
  );
  const isBody = "body" in method && method.body !== undefined;
  return (hasSignatures && isBody) || ts.getJSDocCommentsAndTags(method).length > 0;
}

function nameOf(method: Method): string {
  return method.name?.getText() ?? "constructor";
}

describe("a doc comment", () => {
  test("is there for everything that the runtime exports, and for each method", () => {
    expect(undocumented(path.join(runtime, "index.ts"), path.join(runtime, "gen/v1.ts"))).toEqual([]);
  });

  test("that is missing is found", () => {
    expect(undocumented(path.join(temporaryFolder({ "module.ts": incomplete }), "module.ts"))).toEqual([
      "bare",
      "Bare",
      "Bare.constructor",
      "Bare.method",
      "Bare.value",
      "Signatures.second",
    ]);
  });
});
