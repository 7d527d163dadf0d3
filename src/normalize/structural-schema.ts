/** A value that JSON can hold. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** A scalar that an enum can list; TypeScript has literal types for these and no others. */
export type Literal = string | number | boolean;

/** One line of a comment behind the description: `@minimum 1` is `{ name: "minimum", text: "1" }`. */
export interface DocTag {
  readonly name: string;
  readonly text: string;
}

/** What a schema node says that no type says: the text of its comment. */
export interface Docs {
  /** Empty where the schema has none. */
  readonly description: string;
  /** In the fixed order of `docs.ts`. */
  readonly tags: readonly DocTag[];
}

interface SchemaNode {
  readonly docs: Docs;
  /** A written null is kept by the server. Never true beside an enum, where the server refuses null. */
  readonly nullable: boolean;
  /** The value that the server fills in; undefined where there is none, and for `default: null`, which is none. */
  readonly default: JsonValue | undefined;
  /** A rule `self == oldSelf` stands here: the value cannot be changed once it is set. */
  readonly immutable: boolean;
}

export interface Property {
  readonly key: string;
  readonly required: boolean;
  readonly schema: StructuralSchema;
}

/** An object with named properties, unknown keys kept (`open`), or both. */
export interface ObjectSchema extends SchemaNode {
  readonly kind: "object";
  /** Sorted by key, so that a schema means the same output in whatever order its source holds it. */
  readonly properties: readonly Property[];
  /** Keys that the schema does not know are kept: `x-kubernetes-preserve-unknown-fields`, or an `additionalProperties` beside properties. */
  readonly open: boolean;
  /** `x-kubernetes-map-type: atomic`. */
  readonly atomic: boolean;
  /** `x-kubernetes-embedded-resource`: has apiVersion, kind and metadata of its own. */
  readonly embedded: boolean;
  /** Keys of which the server wants exactly one: a `oneOf` of branches that each require one property. Empty: no such rule. */
  readonly exclusive: readonly string[];
}

/** An object that can hold nothing: the server prunes or refuses every key. */
export interface EmptySchema extends SchemaNode {
  readonly kind: "empty";
}

/** `additionalProperties` without properties. */
export interface MapSchema extends SchemaNode {
  readonly kind: "map";
  readonly values: StructuralSchema;
  readonly atomic: boolean;
}

export interface ArraySchema extends SchemaNode {
  readonly kind: "array";
  readonly items: StructuralSchema;
  /** `x-kubernetes-list-map-keys` of a list of type map; empty for every other list. */
  readonly mapKeys: readonly string[];
}

export interface ScalarSchema extends SchemaNode {
  readonly kind: "scalar";
  readonly type: "string" | "number" | "boolean";
}

/** A choice between scalars, from `type` inside `anyOf` or `oneOf`: no v1 schema has it, files and v1beta1 do. */
export interface ScalarUnionSchema extends SchemaNode {
  readonly kind: "scalar-union";
  readonly types: readonly ScalarSchema["type"][];
}

/** `x-kubernetes-int-or-string`. */
export interface IntOrStringSchema extends SchemaNode {
  readonly kind: "int-or-string";
}

export interface EnumSchema extends SchemaNode {
  readonly kind: "enum";
  /** In the schema's order, each once; empty where the declared type allows none of them. */
  readonly values: readonly Literal[];
}

/** A node of which the schema says nothing that a type could say. */
export interface UnknownSchema extends SchemaNode {
  readonly kind: "unknown";
}

/** An `openAPIV3Schema` as Kubernetes understands it: a closed union, every keyword of the source read or reported. */
export type StructuralSchema =
  | ObjectSchema
  | EmptySchema
  | MapSchema
  | ArraySchema
  | ScalarSchema
  | ScalarUnionSchema
  | IntOrStringSchema
  | EnumSchema
  | UnknownSchema;
