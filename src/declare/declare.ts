import type { Declaration, Member, ResourceModel, TypeExpression } from "../model/resource-model.ts";
import type { Docs } from "../normalize/structural-schema.ts";
import { commentLines, propertyKey } from "./source-text.ts";
import type { TypeShapes } from "./type-shapes.ts";

/** A type of the user's own that a file imports. */
export interface ExternalImport {
  readonly name: string;
  readonly from: string;
  readonly alias: string;
}

/** The declarations of one file as text, and what they use from elsewhere. */
export interface Declared {
  readonly text: string;
  /** Exported type names in order of declaration. */
  readonly names: readonly string[];
  readonly contractNames: ReadonlySet<string>;
  readonly externals: readonly ExternalImport[];
  /** The type of the model's `statusInput`; empty where it has none. */
  readonly statusInput: string;
}

/** Turns the declarations of a model into text. json-schema-to-typescript compiles each shape of a type once. */
export async function declare(model: ResourceModel, shapes: TypeShapes): Promise<Declared> {
  const uses = new Uses();
  const note = (type: TypeExpression): void => {
    shapes.want(type);
    uses.add(type);
  };
  for (const declaration of model.declarations) noteTypes(declaration, note);
  if (model.statusInput !== undefined) note(model.statusInput);
  await shapes.compile();
  return {
    text: model.declarations.map((declaration) => printDeclaration(declaration, shapes)).join("\n\n"),
    names: model.declarations.map(({ name }) => name),
    contractNames: uses.contractNames,
    externals: uses.externals,
    statusInput: model.statusInput === undefined ? "" : shapes.text(model.statusInput),
  };
}

function noteTypes(declaration: Declaration, note: (type: TypeExpression) => void): void {
  switch (declaration.kind) {
    case "interface":
      for (const { type } of declaration.members) note(type);
      return;
    case "exclusive":
      for (const { type } of declaration.branches) note(type);
      return;
    case "alias":
      note(declaration.type);
      return;
    case "open":
      return;
    default:
      throw new TypeError(`unexpected declaration ${JSON.stringify(declaration satisfies never)}`);
  }
}

/** What the types of a file refer to outside of it. */
class Uses {
  readonly contractNames = new Set<string>();
  readonly externals: ExternalImport[] = [];

  add(type: TypeExpression): void {
    switch (type.kind) {
      case "contract":
        this.contractNames.add(type.name);
        return;
      case "external":
        this.externals.push({ name: type.name, from: type.from, alias: type.alias });
        return;
      case "array":
        this.add(type.items);
        return;
      case "map":
        this.add(type.values);
        return;
      case "nullable":
        this.add(type.type);
        return;
      case "atomic":
        this.contractNames.add("Atomic");
        this.add(type.type);
        return;
      case "or-inherited":
        this.contractNames.add("OrInherited");
        this.add(type.type);
        return;
      case "keyed-list":
        this.contractNames.add("MapList");
        this.add(type.item);
        return;
      case "keyword":
      case "scalars":
      case "local":
      case "literals":
      case "empty":
        return;
      default:
        throw new TypeError(`unexpected type ${JSON.stringify(type satisfies never)}`);
    }
  }
}

function printDeclaration(declaration: Declaration, shapes: TypeShapes): string {
  const { name } = declaration;
  switch (declaration.kind) {
    case "interface": {
      const head = declaration.extends === undefined ? name : `${name} extends ${declaration.extends}`;
      const members = declaration.members.map((member) => printMember(member, shapes));
      const body = members.length === 0 ? "{}" : `{\n${members.join("\n")}\n}`;
      return `${comment(declaration.docs, "")}export interface ${head} ${body}`;
    }
    case "alias":
      return `${comment(declaration.docs, "")}export type ${name} = ${shapes.text(declaration.type)};`;
    case "open":
      return `/** Unknown fields are kept here; augment this interface to type them, in every view at once. */\nexport interface ${name} {\n  [key: string]: unknown;\n}`;
    case "exclusive": {
      const branches = declaration.branches.map((branch) => {
        const others = declaration.branches.filter((other) => other !== branch);
        const never = others.map(({ key }) => `${propertyKey(key)}?: never`);
        return `  | { ${[`${propertyKey(branch.key)}: ${shapes.text(branch.type)}`, ...never].join("; ")} }`;
      });
      return `${comment(declaration.docs, "")}export type ${name} = ${declaration.fields} & (\n${branches.join("\n")}\n);`;
    }
    default:
      return declaration satisfies never;
  }
}

function printMember(member: Member, shapes: TypeShapes): string {
  const { key, optional, readonly, type, docs } = member;
  const name = `${readonly ? "readonly " : ""}${propertyKey(key)}${optional ? "?" : ""}`;
  return `${comment(docs, "  ")}  ${name}: ${shapes.text(type)};`;
}

const tagName = /^[a-zA-Z]+$/;

/** A documentation comment with its line end: the description, then one tag a line; empty where there is nothing to say. */
export function comment(docs: Docs | undefined, indent: string): string {
  if (docs === undefined) return "";
  const lines = [...commentLines(docs.description)];
  if (lines.length > 0 && docs.tags.length > 0) lines.push("");
  for (const { name, text } of docs.tags) {
    if (!tagName.test(name)) throw new Error(`${JSON.stringify(name)} is no name of a tag`);
    const [first = "", ...rest] = commentLines(text);
    lines.push(first === "" ? `@${name}` : `@${name} ${first}`, ...rest);
  }
  const [only = ""] = lines;
  if (lines.length === 0) return "";
  if (lines.length === 1) return `${indent}/** ${only} */\n`;
  let body = "";
  for (const line of lines) body += line === "" ? `${indent} *\n` : `${indent} * ${line}\n`;
  return `${indent}/**\n${body}${indent} */\n`;
}
