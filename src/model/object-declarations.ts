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

/** Adds apiVersion, kind and metadata of an embedded resource, where its schema does not declare them. */
export function withEmbedded(members: ObjectMembers): ObjectMembers {
  const complete = (view: readonly Member[]): Member[] => {
    const declared = (key: string): Member | undefined => view.find((member) => member.key === key);
    const add = (key: string, type: TypeExpression, optional: boolean): Member => {
      const docs = declared(key)?.docs ?? noDocs;
      return { key, type, optional, readonly: false, docs };
    };
    const heads = [
      declared("apiVersion") ?? add("apiVersion", { kind: "keyword", name: "string" }, false),
      declared("kind") ?? add("kind", { kind: "keyword", name: "string" }, false),
      add("metadata", { kind: "contract", name: "ObjectMetaInput" }, true),
    ];
    const rest = view.filter(({ key }) => !heads.some((head) => head.key === key));
    return [...heads, ...rest];
  };
  const { read, input, differs, identity } = members;
  return { read: complete(read), input: complete(input), differs, identity: `embedded\n${identity}` };
}

/** A name for a type that is declared elsewhere in the file. */
export function aliasTo(name: string, target: string): Declaration {
  return { kind: "alias", name, type: { kind: "local", name: target }, docs: undefined };
}
