import type { JSONSchema } from "json-schema-to-typescript";
import type { TypeExpression } from "../model/resource-model.ts";
import { compiledShapes } from "./compiled-shapes.ts";
import { stringLiteral } from "./source-text.ts";

/**
 * One level of a type without its texts: what json-schema-to-typescript compiles. Names, literals and the types inside
 * are holes `$0`, `$1`, …. Only the number of an enum's values is without bound.
 */
type Shape = string;

/** The compiled text of a shape, cut at its holes. */
interface Template {
  readonly texts: readonly string[];
  readonly holes: readonly number[];
  /** A union, which json-schema-to-typescript puts into parentheses; only the items of a list need them. */
  readonly isUnion: boolean;
}

/**
 * Compiles shapes of types once each and fills them with names and literals. The usual shapes have been compiled when
 * this package was built; json-schema-to-typescript is loaded when another one turns up.
 */
export class TypeShapes {
  readonly #templates = new Map<Shape, Template>();
  readonly #wanted = new Set<Shape>();
  #compiling: Promise<void> = Promise.resolve();

  /** `compiled` holds the text of each shape that need not be compiled any more. */
  constructor(compiled: Readonly<Record<Shape, string>> = compiledShapes) {
    for (const [shape, text] of Object.entries(compiled)) this.#templates.set(shape, parseTemplate(text));
  }

  /** Notes the shapes that a type needs; {@link compile} makes them. */
  want(type: TypeExpression): void {
    for (let level: TypeExpression | undefined = type; level !== undefined; level = innerOf(level)) {
      const shape = shapeOf(level);
      if (!this.#templates.has(shape)) this.#wanted.add(shape);
    }
  }

  /** Compiles what is wanted and not there yet; calls that overlap wait for each other. */
  compile(): Promise<void> {
    if (this.#wanted.size > 0) this.#compiling = this.#compiling.then(() => this.#compileWanted());
    return this.#compiling;
  }

  async #compileWanted(): Promise<void> {
    const wanted = [...this.#wanted];
    this.#wanted.clear();
    const compiled = await compileShapes(wanted);
    for (const [shape, text] of compiled) this.#templates.set(shape, parseTemplate(text));
  }

  /** The text of a type whose shapes have been compiled. */
  text(type: TypeExpression): string {
    const shape = shapeOf(type);
    const template = this.#templates.get(shape);
    if (template === undefined) throw new Error(`the type shape ${shape} was not compiled`);
    const { texts, holes } = template;
    let text = texts[0] ?? "";
    for (let index = 0; index < holes.length; index += 1) {
      text += this.#holeText(type, holes[index] ?? 0) + (texts[index + 1] ?? "");
    }
    return text;
  }

  /** What stands in a hole of a type's shape. */
  #holeText(type: TypeExpression, number: number): string {
    switch (type.kind) {
      case "local":
      case "contract":
        return type.name;
      case "external":
        return type.alias;
      case "literals":
        return literal(type.values[number] ?? "");
      case "keyed-list":
        return number === 0 ? this.text(type.item) : type.keys.map(stringLiteral).join(" | ");
      case "or-inherited":
        return number === 0 ? this.text(type.type) : stringLiteral(type.key);
      default: {
        const inner = innerOf(type);
        if (inner === undefined) throw new Error(`the type shape ${shapeOf(type)} has no hole ${number}`);
        const text = this.text(inner);
        return type.kind === "array" && this.#templates.get(shapeOf(inner))?.isUnion === true ? `(${text})` : text;
      }
    }
  }
}

/** Lets json-schema-to-typescript print each shape, all in one call: one property per shape, one line per property. */
export async function compileShapes(shapes: readonly Shape[]): Promise<ReadonlyMap<Shape, string>> {
  const compiled = new Map<Shape, string>();
  if (shapes.length === 0) return compiled;
  const properties = Object.fromEntries(shapes.map((shape, index) => [`p${index}`, schemaOf(shape)]));
  const required = Object.keys(properties);
  const { compile } = await import("json-schema-to-typescript");
  const text = await compile({ type: "object", properties, required, additionalProperties: false }, "Shapes", {
    bannerComment: "",
    format: false,
    ignoreMinAndMaxItems: true,
  });
  const lines = text.trim().split("\n").slice(1, -1);
  shapes.forEach((shape, index) => {
    const head = `p${index}: `;
    const line = lines[index];
    if (lines.length !== shapes.length || line === undefined || !line.startsWith(head)) {
      throw new Error(`json-schema-to-typescript did not print one line for the type shape ${shape}`);
    }
    compiled.set(shape, line.slice(head.length));
  });
  return compiled;
}

function parseTemplate(line: string): Template {
  const isUnion = line.startsWith("(") && line.endsWith(")");
  const parts = (isUnion ? line.slice(1, -1) : line).split(/\$(\d+)/);
  return {
    isUnion,
    texts: parts.filter((_, index) => index % 2 === 0),
    holes: parts.filter((_, index) => index % 2 === 1).map(Number),
  };
}

/** The type that stands inside of another one. */
function innerOf(type: TypeExpression): TypeExpression | undefined {
  switch (type.kind) {
    case "array":
      return type.items;
    case "map":
      return type.values;
    case "nullable":
    case "atomic":
    case "or-inherited":
      return type.type;
    case "keyed-list":
      return type.item;
    default:
      return undefined;
  }
}

function shapeOf(type: TypeExpression): Shape {
  switch (type.kind) {
    case "keyword":
      return type.name;
    case "scalars":
      return type.names.join("|");
    case "local":
    case "contract":
    case "external":
      return "name";
    case "literals":
      return `literals ${type.values.length}`;
    default:
      return type.kind;
  }
}

/** What json-schema-to-typescript has a word for, and `tsType` for what it has none. */
function schemaOf(shape: Shape): JSONSchema {
  switch (shape) {
    case "unknown":
      return {};
    case "never":
      return { tsType: "never" };
    case "name":
      return { tsType: "$0" };
    case "array":
      return { type: "array", items: { tsType: "$0" } };
    case "nullable":
      return { anyOf: [{ tsType: "$0" }, { type: "null" }] };
    case "map":
      return { tsType: "Record<string, $0>" };
    case "empty":
      return { tsType: "Record<string, undefined>" };
    case "atomic":
      return { tsType: "Atomic<$0>" };
    case "keyed-list":
      return { tsType: "MapList<$0, $1>" };
    case "or-inherited":
      return { tsType: "OrInherited<$0, $1>" };
    default:
      return unionSchema(shape);
  }
}

/** `literals 3`, `number|string` and `string`. */
function unionSchema(shape: Shape): JSONSchema {
  const literals = /^literals (\d+)$/.exec(shape)?.[1];
  if (literals !== undefined) {
    return { anyOf: Array.from({ length: Number(literals) }, (_, index) => ({ tsType: `$${index}` })) };
  }
  const scalars = shape.split("|").map((type): JSONSchema => ({ type: type as "string" | "number" | "boolean" }));
  return scalars.length === 1 && scalars[0] !== undefined ? scalars[0] : { anyOf: scalars };
}

function literal(value: string | number | boolean): string {
  return typeof value === "string" ? stringLiteral(value) : String(value);
}
