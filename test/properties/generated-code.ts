import path from "node:path";
import ts from "typescript-5.9";
import { expect } from "vitest";
import type { GeneratedFile } from "../../src/generated.ts";

const segment = "[a-z0-9](?:[-a-z0-9]*[a-z0-9])?_?";
const group = "[a-z0-9](?:[-.a-z0-9]*[a-z0-9])?";

/** Where a file may be written: at the top, or in the folders of a group and its version. */
const filePath = new RegExp(
  `^(?:(?:clientset|core|kinds)|(?:${group}_?(?:\\.${group})?/(?:${segment}/)?${segment}(?:\\.crd)?))\\.ts$`,
);
const device = /^(?:aux|con|nul|prn|com[0-9]|lpt[0-9])(?:\.|$)/i;

/** Control and bidirectional characters and line ends other than ours. */
const invisible = /(?![\n\t])\p{Cc}|[\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/u;

/** Every tag of a comment that the generator writes. */
const ourTags = new Set([
  ...["allOf", "anyOf", "default", "deprecated", "enum", "example", "exclusiveMaximum", "exclusiveMinimum", "format"],
  ...["integer", "items", "listType", "maxItems", "maxLength", "maxProperties", "maximum", "minItems", "minLength"],
  ...["minProperties", "minimum", "multipleOf", "name", "not", "oneOf", "pattern", "required", "rule", "see", "title"],
  ...["uniqueItems", "values"],
]);

const { SyntaxKind } = ts;

/** All that a kind's file may be made of: declarations, types without any that computes, and literals. */
const allowedKinds: ReadonlySet<ts.SyntaxKind> = new Set([
  ...[SyntaxKind.SourceFile, SyntaxKind.EndOfFileToken, SyntaxKind.ImportDeclaration, SyntaxKind.ImportClause],
  ...[SyntaxKind.NamedImports, SyntaxKind.ImportSpecifier, SyntaxKind.Identifier, SyntaxKind.StringLiteral],
  ...[SyntaxKind.InterfaceDeclaration, SyntaxKind.TypeAliasDeclaration, SyntaxKind.ExportKeyword],
  ...[SyntaxKind.HeritageClause, SyntaxKind.ExpressionWithTypeArguments, SyntaxKind.PropertySignature],
  ...[SyntaxKind.QuestionToken, SyntaxKind.ReadonlyKeyword, SyntaxKind.IndexSignature, SyntaxKind.Parameter],
  ...[SyntaxKind.TypeReference, SyntaxKind.StringKeyword, SyntaxKind.NumberKeyword, SyntaxKind.BooleanKeyword],
  ...[SyntaxKind.UnknownKeyword, SyntaxKind.NeverKeyword, SyntaxKind.UndefinedKeyword, SyntaxKind.NullKeyword],
  ...[SyntaxKind.LiteralType, SyntaxKind.TrueKeyword, SyntaxKind.FalseKeyword, SyntaxKind.NumericLiteral],
  ...[SyntaxKind.ArrayType, SyntaxKind.UnionType, SyntaxKind.IntersectionType, SyntaxKind.ParenthesizedType],
  ...[SyntaxKind.TypeLiteral, SyntaxKind.VariableStatement, SyntaxKind.VariableDeclarationList],
  ...[SyntaxKind.VariableDeclaration, SyntaxKind.ObjectLiteralExpression, SyntaxKind.PropertyAssignment],
  ...[SyntaxKind.ArrayLiteralExpression, SyntaxKind.ArrowFunction, SyntaxKind.EqualsGreaterThanToken],
  ...[SyntaxKind.CallExpression, SyntaxKind.PropertyAccessExpression, SyntaxKind.ExportDeclaration],
  ...[SyntaxKind.NamedExports, SyntaxKind.ExportSpecifier, SyntaxKind.ParenthesizedExpression],
]);

/** What the parser notes besides the tree; TypeScript does not export these. */
interface ParserNotes {
  readonly parseDiagnostics?: readonly ts.Diagnostic[];
  readonly commentDirectives?: readonly unknown[];
  readonly pragmas?: ReadonlyMap<string, unknown>;
}

/** A generated file, parsed; it holds nothing but what the generator means to write, or the test fails. */
export function parseGenerated({ path: place, content }: GeneratedFile): ts.SourceFile {
  expect(place).toMatch(filePath);
  expect(path.posix.normalize(place)).toBe(place);
  for (const name of place.split("/")) expect(name).not.toMatch(device);
  const file = ts.createSourceFile(place, content, ts.ScriptTarget.ES2022, true);
  const notes = file as ParserNotes;
  expect(notes.parseDiagnostics?.map(({ messageText }) => messageText)).toEqual([]);
  expect(notes.commentDirectives ?? []).toEqual([]);
  expect(notes.pragmas?.size ?? 0).toBe(0);
  expect([...file.referencedFiles, ...file.typeReferenceDirectives, ...file.libReferenceDirectives]).toEqual([]);
  expect(content).not.toMatch(invisible);
  expect(Buffer.from(content, "utf8").toString("utf8"), "half a surrogate pair").toBe(content);
  return file;
}

/** Checks a whole kind's file and gives its parsed form. */
export function expectKindFile(generated: GeneratedFile, typeName: string): ts.SourceFile {
  const file = parseGenerated(generated);
  const code = { functions: 0, calls: 0 };
  const comments = { lines: 0, tags: 0 };
  const visit = (node: ts.Node): void => {
    if (!allowedKinds.has(node.kind)) {
      throw new Error(`wanted declarations, types and literals, got ${SyntaxKind[node.kind]}: ${node.getText(file)}`);
    }
    if (ts.isArrowFunction(node)) code.functions += 1;
    if (ts.isCallExpression(node)) code.calls += 1;
    const count = countTags(node, file);
    comments.lines += count.lines;
    comments.tags += count.tags;
    ts.forEachChild(node, visit);
  };
  visit(file);
  expect(comments.tags, "tags as written and as parsed").toBe(comments.lines);
  const names = file.statements.flatMap((statement) =>
    ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement) ? [statement.name.text] : [],
  );
  expect(names, "each type declared once").toEqual([...new Set(names)]);
  file.statements.forEach((statement) => {
    expectStatement(statement, typeName);
  });
  const values = file.statements.filter(ts.isVariableStatement).length;
  expect(code).toEqual(values === 0 ? { functions: 0, calls: 0 } : { functions: 1, calls: 1 });
  expectComments(generated.content);
  return file;
}

/** Checks a whole file that exports a definition, which is one call over one literal; gives the value of the constant. */
export function expectDefinitionFile(generated: GeneratedFile, typeName: string): unknown {
  const file = parseGenerated(generated);
  const [imports, constant, ...others] = file.statements;
  expect(others).toEqual([]);
  expect(imports?.getText()).toBe('import type { CustomResourceDefinitionToInstall } from "@crd-gen/runtime/gen/v1";');
  const [declaration] =
    constant !== undefined && ts.isVariableStatement(constant) ? constant.declarationList.declarations : [];
  expect(declaration?.name.getText()).toBe(`${typeName}Definition`);
  const call = declaration?.initializer;
  if (call === undefined || !ts.isCallExpression(call)) throw new Error("wanted a call, got something else");
  const [text, ...more] = call.arguments;
  expect([call.expression.getText(), more]).toEqual(["JSON.parse", []]);
  if (text === undefined || !ts.isNoSubstitutionTemplateLiteral(text)) throw new Error("wanted one literal");
  return JSON.parse(text.text);
}

function countTags(node: ts.Node, file: ts.SourceFile): { readonly lines: number; readonly tags: number } {
  let lines = 0;
  let tags = 0;
  for (const doc of (node as { readonly jsDoc?: readonly ts.JSDoc[] }).jsDoc ?? []) {
    const parsed = doc.tags ?? [];
    const foreign = parsed.filter(({ tagName }) => !ourTags.has(tagName.text));
    if (foreign.length > 0) expect(foreign.map((tag) => tag.getText(file))).toEqual([]);
    for (const { comment } of [doc, ...parsed]) expectPlain(comment);
    tags += parsed.length;
    lines += [...doc.getText(file).matchAll(/^(?:\/\*\*| *\*) @/gm)].length;
  }
  return { lines, tags };
}

/** A comment with a link in it is a list of nodes. */
function expectPlain(comment: string | ts.NodeArray<ts.JSDocComment> | undefined): void {
  if (comment === undefined || typeof comment === "string") return;
  expect(comment.filter(({ kind }) => kind !== SyntaxKind.JSDocText).map((node) => node.getText())).toEqual([]);
}

/** The mark, the line for the linter, and documentation comments; no other comment has a place in the file. */
function expectComments(content: string): void {
  const scanner = ts.createScanner(ts.ScriptTarget.ES2022, false, ts.LanguageVariant.Standard, content);
  const others: string[] = [];
  for (let kind = scanner.scan(); kind !== SyntaxKind.EndOfFileToken; kind = scanner.scan()) {
    const trivia = kind === SyntaxKind.SingleLineCommentTrivia || kind === SyntaxKind.MultiLineCommentTrivia;
    if (trivia && !scanner.getTokenText().startsWith("/**")) others.push(scanner.getTokenText());
  }
  expect(others).toEqual([expect.stringMatching(/^\/\/ @generated by crd-gen\b[-\w. ]*$/), "/* eslint-disable */"]);
}

function expectStatement(statement: ts.Statement, typeName: string): void {
  const text = statement.getText().slice(0, 200);
  if (ts.isImportDeclaration(statement)) {
    expect(statement.importClause?.isTypeOnly, text).toBe(true);
    expect(text).toMatch(/ from "(?:@crd-gen\/runtime\/gen\/v1|\.\.\/\.\.\/core\.js)";$/);
    return;
  }
  if (ts.isVariableStatement(statement)) {
    const [declaration] = statement.declarationList.declarations;
    const name = declaration?.name.getText();
    if (name === `${typeName}Resource`) {
      literalValue(declaration?.initializer);
      return;
    }
    const client = `${typeName.slice(0, 1).toLowerCase()}${typeName.slice(1)}Client`;
    expect(text).toBe(
      `export const ${client} = (client: DynamicClient): ResourceClient<${typeName}Types> => client.resource(${typeName}Resource);`.slice(
        0,
        200,
      ),
    );
    return;
  }
  expect(ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement), text).toBe(true);
}

/**
 * The value of an expression that is made of literals.
 *
 * @throws Error where anything else is in it.
 */
export function literalValue(node: ts.Expression | undefined): unknown {
  if (node !== undefined) {
    if (ts.isStringLiteral(node)) return node.text;
    if (ts.isNumericLiteral(node)) return Number(node.text);
    if (node.kind === SyntaxKind.TrueKeyword) return true;
    if (node.kind === SyntaxKind.FalseKeyword) return false;
    if (ts.isArrayLiteralExpression(node)) return node.elements.map(literalValue);
    if (ts.isObjectLiteralExpression(node)) {
      return Object.fromEntries(
        node.properties.map((property) => {
          if (ts.isPropertyAssignment(property)) return [keyOf(property.name), literalValue(property.initializer)];
          throw new Error(`wanted a property of a literal, got ${property.getText()}`);
        }),
      );
    }
  }
  throw new Error(`wanted a literal, got ${node?.getText() ?? "nothing"}`);
}

/** A property's name as the program sees it. */
function keyOf(name: ts.PropertyName): string {
  if (ts.isIdentifier(name) || ts.isStringLiteral(name)) return name.text;
  throw new Error(`wanted an identifier or a string, got ${name.getText()}`);
}

/** An interface of a file by its name. */
export function interfaceOf(file: ts.SourceFile, name: string): ts.InterfaceDeclaration {
  const found = file.statements.find(
    (statement): statement is ts.InterfaceDeclaration =>
      ts.isInterfaceDeclaration(statement) && statement.name.text === name,
  );
  if (found === undefined) throw new Error(`${file.fileName}: wanted an interface ${name}, found none`);
  return found;
}

/** Every member of an interface by its key, in order. */
export function membersOf(declaration: ts.InterfaceDeclaration): ReadonlyMap<string, ts.TypeElement> {
  return new Map(
    declaration.members.map((member) => [member.name === undefined ? "" : keyOf(member.name), member] as const),
  );
}
