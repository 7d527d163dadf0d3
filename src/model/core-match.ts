import { equalJson } from "../json.ts";
import type { ObjectSchema, StructuralSchema } from "../normalize/structural-schema.ts";

/** A shape of the core API, normalized, with the contract's names for its views. */
export interface CoreType {
  readonly read: string;
  readonly input: string;
  readonly schema: ObjectSchema;
}

/** Keywords of comments that change no meaning: two shapes that differ in them only are the same shape. */
const textTags = new Set(["title", "example", "see"]);

/** Whether two schemas are the same but for the texts that describe them. Constraints, defaults and rules count. */
export function sameShape(left: StructuralSchema, right: StructuralSchema): boolean {
  if (left.kind !== right.kind || left.nullable !== right.nullable) return false;
  return equalJson(left.default, right.default) && sameTags(left, right) && sameContent(left, right);
}

function sameTags(left: StructuralSchema, right: StructuralSchema): boolean {
  const tags = (schema: StructuralSchema): string[] =>
    schema.docs.tags.filter(({ name }) => !textTags.has(name)).map(({ name, text }) => `${name} ${text}`);
  return equalJson(tags(left), tags(right));
}

function sameContent(left: StructuralSchema, right: StructuralSchema): boolean {
  if (left.kind === "object" && right.kind === "object") return left.atomic === right.atomic && sameObject(left, right);
  if (left.kind === "array" && right.kind === "array") {
    return equalJson(left.mapKeys, right.mapKeys) && sameShape(left.items, right.items);
  }
  if (left.kind === "map" && right.kind === "map") {
    return left.atomic === right.atomic && sameShape(left.values, right.values);
  }
  if (left.kind === "enum" && right.kind === "enum") return equalJson(left.values, right.values);
  if (left.kind === "scalar" && right.kind === "scalar") return left.type === right.type;
  return left.kind !== "scalar-union";
}

/** Whether two objects are the same, however the place uses them. */
function sameObject(left: ObjectSchema, right: ObjectSchema): boolean {
  return (
    left.open === right.open &&
    left.embedded === right.embedded &&
    equalJson(left.exclusive, right.exclusive) &&
    left.properties.length === right.properties.length &&
    left.properties.every((property, index) => {
      const other = right.properties[index];
      return (
        other !== undefined &&
        property.key === other.key &&
        property.required === other.required &&
        sameShape(property.schema, other.schema)
      );
    })
  );
}

/** Finds the core types that an object is exactly, by its first property: few objects have to be looked at as a whole. */
export class CoreTypes {
  readonly #byFirstKey = new Map<string, CoreType[]>();

  constructor(types: readonly CoreType[]) {
    for (const type of types) {
      const first = firstKey(type.schema);
      if (first !== undefined) this.#byFirstKey.set(first, [...(this.#byFirstKey.get(first) ?? []), type]);
    }
  }

  /**
   * The core type that an object is exactly. How it is used (atomic, nullable) and what is said of it as a whole is not
   * part of its shape.
   */
  match(schema: ObjectSchema): CoreType | undefined {
    const first = firstKey(schema);
    if (first === undefined || schema.open) return undefined;
    return this.#byFirstKey.get(first)?.find((type) => sameObject(type.schema, schema));
  }
}

function firstKey(schema: ObjectSchema): string | undefined {
  return schema.properties[0]?.key;
}
