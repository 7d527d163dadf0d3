import { formatPath } from "../diagnostic.ts";
import type { Loss } from "../generated.ts";
import { isInheritedKey } from "../inherited-keys.ts";
import { equalJson } from "../json.ts";
import type { Docs, ObjectSchema, Property, StructuralSchema } from "../normalize/structural-schema.ts";
import type { CoreTypes } from "./core-match.ts";
import { memberDocs } from "./member-docs.ts";
import { inputName } from "./names.ts";
import { aliasObject, aliasTo, declareObject, type ObjectMembers, withEmbedded } from "./object-declarations.ts";
import type { Declaration, Member, TypeExpression } from "./resource-model.ts";

/** What one schema node is in the two views. */
interface Views {
  readonly read: TypeExpression;
  readonly input: TypeExpression;
  /** Whether the two differ anywhere below. */
  readonly differs: boolean;
  /** Equal for nodes whose declared text is equal. */
  readonly identity: string;
}

/** What the declarations of one version depend on besides its schema. */
export interface DeclarationOptions {
  readonly names: ReadonlyMap<ObjectSchema, string>;
  /** The schema of the stored version, by which the server fills in defaults on reading; the same object where this version is stored. */
  readonly stored: ObjectSchema | undefined;
  readonly core: CoreTypes;
  /** The user's own type for a named interface. */
  readonly mapped: (name: string) => TypeExpression | undefined;
  /** Called with each default that the read view cannot promise, and each property that is never absent to TypeScript. */
  readonly onLoss: (loss: Pick<Loss, "class" | "path" | "what" | "emitted">) => void;
}

/** A node on the way down: the schema, the stored version's node at the same path, and whether its views are always declared. */
interface Visit {
  readonly schema: StructuralSchema;
  readonly stored: StructuralSchema | undefined;
  /** The root and its direct children have an input name even where it is the same type. */
  readonly alwaysInput: boolean;
  /** The comment of the declaration, where no member carries it. */
  readonly docs: Docs | undefined;
}

const keyword = (name: "string" | "number" | "boolean" | "unknown" | "never"): TypeExpression => ({
  kind: "keyword",
  name,
});
const contract = (name: string): TypeExpression => ({ kind: "contract", name });

/** One property in both views. */
interface MemberViews {
  readonly read: Member;
  /** Undefined where it is the same as the read view. */
  readonly input: Member | undefined;
  readonly identity: string;
}

/** Turns the objects of one schema into declarations: each shape once, every path with a name of its own. */
export class DeclarationBuilder {
  readonly #options: DeclarationOptions;
  /** One slot per object in the order of the walk, so that parents stand before their children. */
  readonly #slots: Declaration[][] = [];
  /** Identity of a closed object's shape -> its number, and the name that declares it. */
  readonly #shapes = new Map<string, { readonly id: number; readonly name: string }>();
  /** Texts of comments -> numbers, so that an identity stays short. */
  readonly #texts = new Map<string, number>();
  readonly #path: (string | number)[];

  constructor(options: DeclarationOptions, schemaPath: readonly (string | number)[]) {
    this.#options = options;
    this.#path = [...schemaPath];
  }

  /** Every declaration made so far, in order. */
  declarations(): Declaration[] {
    return this.#slots.flat();
  }

  /** The members that a schema's properties become; the declarations of nested objects are made on the way. */
  members(schema: ObjectSchema, stored: StructuralSchema | undefined, alwaysInput: boolean): ObjectMembers {
    const read: Member[] = [];
    const identities: string[] = [];
    let input: Member[] | undefined;
    const storedProperties = stored?.kind === "object" ? stored.properties : [];
    this.#path.push("properties");
    for (const property of schema.properties) {
      const same = stored === schema ? property : storedProperties.find(({ key }) => key === property.key);
      this.#path.push(property.key);
      const member = this.#member(property, same?.schema, alwaysInput);
      this.#path.pop();
      if (member.input !== undefined) input ??= [...read];
      input?.push(member.input ?? member.read);
      read.push(member.read);
      identities.push(member.identity);
    }
    this.#path.pop();
    return { read, input: input ?? read, differs: input !== undefined, identity: identities.join("\n") };
  }

  #member(property: Property, stored: StructuralSchema | undefined, alwaysInput: boolean): MemberViews {
    const { schema, key } = property;
    const inherited = isInheritedKey(key);
    const visited = this.#visit({ schema, stored, alwaysInput, docs: undefined });
    const views = inherited ? this.#orInherited(visited, key) : visited;
    const hasDefault = schema.default !== undefined;
    const optional = inherited || (hasDefault ? !this.#filledIn(schema, stored) : !property.required);
    const inputOptional = hasDefault || optional;
    const readonly = schema.immutable && property.required;
    const docs = memberDocs(schema);
    const read: Member = { key, docs, type: views.read, optional, readonly };
    const differs = views.differs || inputOptional !== optional || readonly;
    const input = differs ? { key, docs, type: views.input, optional: inputOptional, readonly: false } : undefined;
    const flags = `${optional ? "?" : ""}${inputOptional ? "i" : ""}${readonly ? "r" : ""}`;
    return { read, input, identity: `${this.#number(key)}${flags}:${views.identity};${this.#docsIdentity(docs)}` };
  }

  /** Admits what every object inherits under a key, for an object without the property has that. */
  #orInherited(views: Views, key: string): Views {
    this.#options.onLoss({
      class: "weaker",
      path: formatPath(this.#path),
      what: `key ${JSON.stringify(key)}, under which every object inherits a function`,
      emitted: "optional, or that function",
    });
    return wrap(views, "inherited", (type) => ({ kind: "or-inherited", type, key }));
  }

  /** Whether the server fills a default in when it reads: by the stored version's schema, whatever version is asked for. */
  #filledIn(schema: StructuralSchema, stored: StructuralSchema | undefined): boolean {
    if (stored === schema || equalJson(stored?.default, schema.default)) return true;
    this.#options.onLoss({
      class: "weaker",
      path: formatPath(this.#path),
      what: "default that the stored version does not have",
      emitted: "optional when read",
    });
    return false;
  }

  #visit(visit: Visit): Views {
    const { schema } = visit;
    const views = this.#visitType(visit);
    if (!schema.nullable || schema.kind === "unknown") return views;
    return wrap(views, "null", (type) => ({ kind: "nullable", type }));
  }

  #visitType({ schema, stored, alwaysInput, docs }: Visit): Views {
    switch (schema.kind) {
      case "object": {
        const views = this.#visitObject(schema, { schema, stored, alwaysInput, docs });
        return schema.atomic ? wrap(views, "atomic", (type) => ({ kind: "atomic", type })) : views;
      }
      case "map": {
        const values = this.#element(
          schema.values,
          stored?.kind === "map" ? stored.values : undefined,
          "additionalProperties",
        );
        const map = wrap(values, "map", (type) => ({ kind: "map", values: type }));
        return schema.atomic ? wrap(map, "atomic", (type) => ({ kind: "atomic", type })) : map;
      }
      case "array": {
        const items = this.#element(schema.items, stored?.kind === "array" ? stored.items : undefined, "items");
        const { mapKeys } = schema;
        if (mapKeys.length === 0) return wrap(items, "list", (type) => ({ kind: "array", items: type }));
        const identity = `keyed ${JSON.stringify(mapKeys)}`;
        return wrap(items, identity, (item) => ({ kind: "keyed-list", item, keys: mapKeys }));
      }
      case "scalar":
        return leaf(keyword(schema.type), schema.type);
      case "scalar-union":
        return leaf({ kind: "scalars", names: schema.types }, schema.types.join("|"));
      case "int-or-string":
        return leaf(contract("IntOrString"), "int-or-string");
      case "enum":
        if (schema.values.length === 0) return leaf(keyword("never"), "never");
        return leaf({ kind: "literals", values: schema.values }, JSON.stringify(schema.values));
      case "empty":
        return leaf({ kind: "empty" }, "empty");
      case "unknown":
        return leaf(keyword("unknown"), "unknown");
      default:
        return schema satisfies never;
    }
  }

  /** An item or a value: where it is an object, its comment stands at its own declaration. */
  #element(schema: StructuralSchema, stored: StructuralSchema | undefined, step: string): Views {
    this.#path.push(step);
    const views = this.#visit({ schema, stored, alwaysInput: false, docs: schema.docs });
    this.#path.pop();
    return views;
  }

  #visitObject(schema: ObjectSchema, { stored, alwaysInput, docs }: Visit): Views {
    const name = this.#options.names.get(schema);
    if (name === undefined) throw new Error(`no name was decided for the object at ${formatPath(this.#path)}`);
    const slot: Declaration[] = [];
    this.#slots.push(slot);
    const declared = this.members(schema, stored, false);
    const members = schema.embedded ? withEmbedded(declared, schema) : declared;
    const mapped = this.#options.mapped(name);
    if (mapped !== undefined) {
      slot.push({ kind: "alias", name, type: mapped, docs: undefined });
      if (alwaysInput) slot.push(aliasTo(inputName(name), name));
      return leaf({ kind: "local", name }, `mapped ${name}`);
    }
    const core = this.#options.core.match(schema);
    const promised = (member: Member, index: number): boolean =>
      !member.optional || schema.properties[index]?.schema.default === undefined;
    if (core !== undefined && members.read.every(promised)) {
      const differs = core.read !== core.input;
      slot.push({ kind: "alias", name, type: contract(core.read), docs });
      if (differs) slot.push({ kind: "alias", name: inputName(name), type: contract(core.input), docs });
      else if (alwaysInput) slot.push(aliasTo(inputName(name), name));
      return local(name, differs, `core ${core.read}`);
    }
    return this.#declare(schema, { name, members, alwaysInput, docs }, slot);
  }

  #number(text: string): number {
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    const number = this.#texts.size;
    this.#texts.set(text, number);
    return number;
  }

  #docsIdentity(docs: Docs): string {
    let identity = docs.description === "" ? "" : `${this.#number(docs.description)}`;
    for (const { name, text } of docs.tags) identity += `@${name} ${this.#number(text)}`;
    return identity;
  }

  /** Declares an object's interfaces, or names the equal one that stands earlier in the file. */
  #declare(
    schema: ObjectSchema,
    {
      name,
      members,
      alwaysInput,
      docs,
    }: { name: string; members: ObjectMembers; alwaysInput: boolean; docs: Docs | undefined },
    slot: Declaration[],
  ): Views {
    const { differs } = members;
    const identity = `${schema.exclusive.join("\n")}\n${members.identity}${docs === undefined ? "" : this.#docsIdentity(docs)}`;
    const shape = schema.open ? undefined : this.#shapes.get(identity);
    if (shape !== undefined) {
      slot.push(...aliasObject(schema, { name, target: shape.name, alwaysInput, differs }));
      return local(name, differs, `#${shape.id}`);
    }
    const id = this.#shapes.size;
    this.#shapes.set(schema.open ? `open ${name}` : identity, { id, name });
    slot.push(...declareObject(schema, { name, members, alwaysInput, docs }));
    return local(name, differs, `#${id}`);
  }
}

function local(name: string, differs: boolean, identity: string): Views {
  const input = differs ? inputName(name) : name;
  return { read: { kind: "local", name }, input: { kind: "local", name: input }, differs, identity };
}

function leaf(type: TypeExpression, identity: string): Views {
  return { read: type, input: type, differs: false, identity };
}

function wrap(views: Views, identity: string, around: (type: TypeExpression) => TypeExpression): Views {
  const read = around(views.read);
  const input = views.differs ? around(views.input) : read;
  return { read, input, differs: views.differs, identity: `${identity} ${views.identity}` };
}
