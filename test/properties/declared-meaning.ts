import { createHash } from "node:crypto";
import ts from "typescript-5.9";

/** One exported type of a generated file. */
export interface DeclaredType {
  readonly text: string;
  /** Whether it is no more than another name for a type. */
  readonly alias: boolean;
  /** The texts of an interface's members by key; undefined for what is no interface. */
  readonly members: ReadonlyMap<string, string> | undefined;
  /** Equal for types that mean the same, comments included, whatever names they and their parts go by. */
  readonly meaning: string;
}

/** The exported types of a file by name. */
export function declaredTypes(content: string): ReadonlyMap<string, DeclaredType> {
  const file = ts.createSourceFile("kind.ts", content, ts.ScriptTarget.ES2022, false);
  const statements = new Map<string, ts.InterfaceDeclaration | ts.TypeAliasDeclaration>();
  for (const statement of file.statements) {
    if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)) {
      statements.set(statement.name.text, statement);
    }
  }
  const types = new Map<string, DeclaredType>();
  const describe = (name: string, statement: ts.InterfaceDeclaration | ts.TypeAliasDeclaration): DeclaredType => {
    const known = types.get(name);
    if (known !== undefined) return known;
    const meaningOf = (reference: string): string => {
      const target = statements.get(reference);
      return target === undefined ? reference : describe(reference, target).meaning;
    };
    const target = aliasTarget(statement);
    const type: DeclaredType = {
      text: content.slice(statement.pos, statement.end),
      alias: target !== undefined,
      members: ts.isInterfaceDeclaration(statement) ? membersOf(statement, content) : undefined,
      meaning:
        target !== undefined && statements.has(target) ? meaningOf(target) : meaning(statement, content, meaningOf),
    };
    types.set(name, type);
    return type;
  };
  for (const [name, statement] of statements) describe(name, statement);
  return types;
}

function aliasTarget(statement: ts.InterfaceDeclaration | ts.TypeAliasDeclaration): string | undefined {
  if (!ts.isTypeAliasDeclaration(statement) || !ts.isTypeReferenceNode(statement.type)) return undefined;
  const { typeName } = statement.type;
  return ts.isIdentifier(typeName) ? typeName.text : undefined;
}

function membersOf(statement: ts.InterfaceDeclaration, content: string): ReadonlyMap<string, string> {
  return new Map(
    statement.members.map((member) => {
      const { name } = member;
      const key = name !== undefined && (ts.isIdentifier(name) || ts.isStringLiteral(name)) ? name.text : "[key]";
      return [key, content.slice(member.pos, member.end)] as const;
    }),
  );
}

/** The text of a declaration without its name, each reference replaced by what it means. */
function meaning(
  statement: ts.InterfaceDeclaration | ts.TypeAliasDeclaration,
  content: string,
  meaningOf: (name: string) => string,
): string {
  const hash = createHash("sha1");
  let end = statement.pos;
  const replace = (node: ts.Node, text: string): void => {
    hash.update(content.slice(end, node.pos)).update(" ").update(text);
    end = node.end;
  };
  const visit = (node: ts.Node): void => {
    if (node === statement.name) replace(node, "");
    else if (ts.isTypeReferenceNode(node) && ts.isIdentifier(node.typeName)) {
      replace(node.typeName, meaningOf(node.typeName.text));
      node.typeArguments?.forEach(visit);
    } else if (ts.isExpressionWithTypeArguments(node) && ts.isIdentifier(node.expression)) {
      replace(node.expression, meaningOf(node.expression.text));
    } else ts.forEachChild(node, visit);
  };
  ts.forEachChild(statement, visit);
  return hash.update(content.slice(end, statement.end)).digest("hex");
}
