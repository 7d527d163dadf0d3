import type { CoreShape } from "../../../src/model/core-shapes.ts";

/** The keywords that the schemas of core shapes use. */
interface Schema {
  readonly type?: "object" | "array" | "string" | "integer" | "boolean";
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema;
  readonly items?: Schema;
  readonly required?: readonly string[];
  readonly enum?: readonly string[];
  readonly default?: unknown;
  readonly "x-kubernetes-int-or-string"?: true;
  readonly "x-kubernetes-list-map-keys"?: readonly string[];
}

type View = "read" | "input";

function typeOf(schema: Schema, view: View): string {
  if (schema["x-kubernetes-int-or-string"]) return "number | string";
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  if (schema.items) {
    const item = typeOf(schema.items, view);
    const keys = schema["x-kubernetes-list-map-keys"]?.map((key) => JSON.stringify(key)).join(" | ");
    return keys === undefined ? `Array<${item}>` : `core.MapList<${item}, ${keys}>`;
  }
  if (schema.additionalProperties) return `Record<string, ${typeOf(schema.additionalProperties, view)}>`;
  if (schema.properties) {
    const properties = Object.entries(schema.properties).map(([key, property]) => {
      const defaulted = property.default !== undefined;
      const present =
        view === "read" ? defaulted || schema.required?.includes(key) : !defaulted && schema.required?.includes(key);
      return `${key}${present ? "" : "?"}: ${typeOf(property, view)}`;
    });
    return `{ ${properties.join("; ")} }`;
  }
  return schema.type === "integer" ? "number" : String(schema.type);
}

/**
 * A module that compiles only if the types of the contract say what the schemas say. It compares with the simplest
 * reading of a schema that there is, which knows these shapes only and shares nothing with the generator.
 */
export function coreShapeModule(shapes: readonly CoreShape[]): string {
  const assertions = shapes.flatMap(({ name, input, schemas }) =>
    schemas.flatMap((schema) => [
      `same<core.${name}, ${typeOf(schema, "read")}>();`,
      `same<core.${input}, ${typeOf(schema, "input")}>();`,
    ]),
  );
  return [
    `import type * as core from "@crd-gen/runtime/gen/v1";`,
    "type Flat<T> = T extends object ? { [P in keyof T]: Flat<T[P]> } : T;",
    "type Identical<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;",
    `const same = <A, B>(..._proof: Identical<Flat<A>, Flat<B>> extends true ? [] : ["the types differ"]): void => {};`,
    ...assertions,
    "",
  ].join("\n");
}

/** The tags that the schema's constraints are in a comment: `@maxLength 316`. */
export function constraintTags(schema: object): string[] {
  const words = ["format", "minimum", "minLength", "maxLength", "pattern", "default"];
  return Object.entries(schema).flatMap(([key, value]): string[] => {
    if (words.includes(key) && typeof value !== "object") {
      const text = key === "default" ? JSON.stringify(value) : String(value);
      return [`@${key} ${text.replaceAll("*/", "*\\/")}`];
    }
    return typeof value === "object" && value !== null ? constraintTags(value) : [];
  });
}
