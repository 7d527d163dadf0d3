import type { JSONSchema } from "json-schema-to-typescript";
import type { TypeExpression } from "../model/resource-model.ts";
import { stringLiteral } from "./source-text.ts";

/**
 * A type without its texts: what json-schema-to-typescript compiles. Names and literals are holes `$0`, `$1`, …; so are
 * the insides of generic types, each of which is a shape of its own. The whole of a large corpus has a few dozen shapes.
 */
interface TypeShape {
  /** Equal for equal shapes. */
  readonly key: string;
  readonly schema: JSONSchema;
}

/** What goes into a hole: a text, or a type to be declared in turn. */
type Hole = string | TypeExpression;

interface Split {
  readonly shape: TypeShape;
  readonly holes: readonly Hole[];
}

/** The compiled text of a shape, cut at its holes. */
interface Template {
  readonly texts: readonly string[];
  readonly holes: readonly number[];
}

/** Compiles type shapes once each and fills them with names and literals. */
export class TypeShapes {
  readonly #templates = new Map<string, Template>();
  readonly #wanted = new Map<string, JSONSchema>();
  #compiling: Promise<void> = Promise.resolve();

  /** Notes the shapes that a type needs; {@link compile} makes them. */
  want(type: TypeExpression): void {
    const { shape, holes } = split(type);
    if (!this.#templates.has(shape.key)) this.#wanted.set(shape.key, shape.schema);
    for (const hole of holes) if (typeof hole !== "string") this.want(hole);
  }

  /** Compiles what is wanted and not there yet; calls that overlap wait for each other. */
  compile(): Promise<void> {
    if (this.#wanted.size > 0) this.#compiling = this.#compiling.then(() => this.#compileWanted());
    return this.#compiling;
  }

  /** All shapes in one call: one property per shape. */
  async #compileWanted(): Promise<void> {
    if (this.#wanted.size === 0) return;
    const wanted = [...this.#wanted];
    this.#wanted.clear();
    const properties = Object.fromEntries(wanted.map(([, schema], index) => [`p${index}`, schema]));
    const required = Object.keys(properties);
    const { compile } = await import("json-schema-to-typescript");
    const text = await compile({ type: "object", properties, required, additionalProperties: false }, "Shapes", {
      bannerComment: "",
      format: false,
      ignoreMinAndMaxItems: true,
    });
    const lines = text.trim().split("\n").slice(1, -1);
    wanted.forEach(([key], index) => {
      const head = `p${index}: `;
      const line = lines[index];
      if (lines.length !== wanted.length || line === undefined || !line.startsWith(head)) {
        throw new Error(`json-schema-to-typescript did not print one line for the type shape ${key}`);
      }
      this.#templates.set(key, parseTemplate(line.slice(head.length)));
    });
  }

  /** The text of a type whose shapes have been compiled. */
  text(type: TypeExpression): string {
    const { shape, holes } = split(type);
    const template = this.#templates.get(shape.key);
    if (template === undefined) throw new Error(`the type shape ${shape.key} was not compiled`);
    let text = template.texts[0] ?? "";
    template.holes.forEach((number, index) => {
      const hole = holes[number];
      if (hole === undefined) throw new Error(`the type shape ${shape.key} has no hole ${number}`);
      text += typeof hole === "string" ? hole : this.text(hole);
      text += template.texts[index + 1] ?? "";
    });
    return text;
  }
}

function parseTemplate(line: string): Template {
  const parts = line.split(/\$(\d+)/);
  return {
    texts: parts.filter((_, index) => index % 2 === 0),
    holes: parts.filter((_, index) => index % 2 === 1).map(Number),
  };
}

function split(type: TypeExpression): Split {
  const holes: Hole[] = [];
  return { shape: shapeOf(type, holes), holes };
}

function hole(holes: Hole[], content: Hole): string {
  holes.push(content);
  return `$${holes.length - 1}`;
}

const unionOf = (members: JSONSchema[]): JSONSchema => ({ anyOf: members });

function shapeOf(type: TypeExpression, holes: Hole[]): TypeShape {
  switch (type.kind) {
    case "keyword":
      return { key: type.name, schema: keywordSchema(type.name) };
    case "scalars":
      return { key: type.names.join("|"), schema: unionOf(type.names.map(keywordSchema)) };
    case "local":
    case "contract":
      return { key: "name", schema: { tsType: hole(holes, type.name) } };
    case "external":
      return { key: "name", schema: { tsType: hole(holes, type.alias) } };
    case "literals": {
      const members = type.values.map((value) => ({ tsType: hole(holes, literal(value)) }));
      return { key: `literals ${members.length}`, schema: unionOf(members) };
    }
    case "array": {
      const items = shapeOf(type.items, holes);
      return { key: `(${items.key})[]`, schema: { type: "array", items: items.schema } };
    }
    case "nullable": {
      const inner = shapeOf(type.type, holes);
      return { key: `(${inner.key})|null`, schema: unionOf([inner.schema, { type: "null" }]) };
    }
    case "map":
      return { key: "map", schema: { tsType: `Record<string, ${hole(holes, type.values)}>` } };
    case "empty":
      return { key: "empty", schema: { tsType: "Record<string, undefined>" } };
    case "atomic":
      return { key: "atomic", schema: { tsType: `Atomic<${hole(holes, type.type)}>` } };
    case "keyed-list": {
      const keys = type.keys.map(stringLiteral).join(" | ");
      return { key: "keyed list", schema: { tsType: `MapList<${hole(holes, type.item)}, ${hole(holes, keys)}>` } };
    }
    default:
      return type satisfies never;
  }
}

function keywordSchema(name: (TypeExpression & { kind: "keyword" })["name"]): JSONSchema {
  if (name === "unknown") return {};
  if (name === "never") return { tsType: "never" };
  return { type: name };
}

function literal(value: string | number | boolean): string {
  return typeof value === "string" ? stringLiteral(value) : String(value);
}
