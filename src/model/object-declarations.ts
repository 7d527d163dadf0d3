import type { Docs, ObjectSchema } from "../normalize/structural-schema.ts";
import { fieldsName, inputName, openName } from "./names.ts";
import type { Declaration, Member, TypeExpression } from "./resource-model.ts";

const noDocs: Docs = { description: "", tags: [] };

/** The members of an object in both views; the input view is the same list where the two do not differ. */
export interface ObjectMembers {
  readonly read: readonly Member[];
  readonly input: readonly Member[];
  readonly differs: boolean;
  /** Equal for equal members. */
  readonly identity: string;
}

/** What {@link declareObject} prints, besides the schema's own facts. */
export interface ObjectText {
  readonly name: string;
  readonly members: ObjectMembers;
  readonly alwaysInput: boolean;
  readonly docs: Docs | undefined;
}

/** The declarations of one object: its read view, its input view where that differs, and the interface of its unknown keys. */
export function declareObject(schema: ObjectSchema, { name, members, alwaysInput, docs }: ObjectText): Declaration[] {
  const open = schema.open ? openName(name) : undefined;
  const view = (viewName: string, viewMembers: readonly Member[]): Declaration[] => {
    if (schema.exclusive.length === 0) {
      return [{ kind: "interface", name: viewName, extends: open, members: viewMembers, docs }];
    }
    const branches = schema.exclusive.flatMap((key) => {
      const member = viewMembers.find((candidate) => candidate.key === key);
      return member === undefined ? [] : [{ key, type: member.type }];
    });
    const fields = fieldsName(viewName);
    return [
      { kind: "exclusive", name: viewName, fields, branches, docs },
      { kind: "interface", name: fields, extends: open, members: viewMembers, docs: undefined },
    ];
  };
  const declarations = view(name, members.read);
  if (open !== undefined) declarations.push({ kind: "open", name: open });
  if (members.differs) declarations.push(...view(inputName(name), members.input));
  else if (alwaysInput) declarations.push(aliasTo(inputName(name), name));
  return declarations;
}

/** An object that is declared once more under another name: which names to give, and to what. */
export interface ObjectAlias {
  readonly name: string;
  /** The name under which an equal object is declared. */
  readonly target: string;
  readonly alwaysInput: boolean;
  readonly differs: boolean;
}

/** The same names that {@link declareObject} gives to an object, for one of which an equal one is declared already. */
export function aliasObject(
  schema: ObjectSchema,
  { name, target, alwaysInput, differs }: ObjectAlias,
): readonly Declaration[] {
  const view = (viewName: string, viewTarget: string): Declaration[] => {
    const alias = aliasTo(viewName, viewTarget);
    return schema.exclusive.length === 0 ? [alias] : [alias, aliasTo(fieldsName(viewName), fieldsName(viewTarget))];
  };
  const declarations = view(name, target);
  if (differs) declarations.push(...view(inputName(name), inputName(target)));
  else if (alwaysInput) declarations.push(aliasTo(inputName(name), name));
  return declarations;
}

/**
 * Adds apiVersion, kind and metadata of an embedded resource, where its schema does not declare them. The server wants
 * the first two there, so they may be left out only where they have a default.
 */
export function withEmbedded(members: ObjectMembers, schema: ObjectSchema): ObjectMembers {
  const hasDefault = (key: string): boolean =>
    schema.properties.some((property) => property.key === key && property.schema.default !== undefined);
  const complete = (view: readonly Member[]): Member[] => {
    const head = (key: string, type?: TypeExpression): Member => {
      const declared = view.find((member) => member.key === key);
      if (declared === undefined) {
        const optional = key === "metadata";
        return { key, type: type ?? { kind: "keyword", name: "string" }, optional, readonly: false, docs: noDocs };
      }
      if (type !== undefined) return { ...declared, type };
      return { ...declared, optional: declared.optional && hasDefault(key) };
    };
    const metadata: TypeExpression = { kind: "contract", name: "ObjectMetaInput" };
    const heads = [head("apiVersion"), head("kind"), head("metadata", metadata)];
    const rest = view.filter(({ key }) => !heads.some((member) => member.key === key));
    return [...heads, ...rest];
  };
  const { read, input, differs, identity } = members;
  return { read: complete(read), input: complete(input), differs, identity: `embedded\n${identity}` };
}

/** A name for a type that is declared elsewhere in the file. */
export function aliasTo(name: string, target: string): Declaration {
  return { kind: "alias", name, type: { kind: "local", name: target }, docs: undefined };
}
