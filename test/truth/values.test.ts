import { expect, test } from "vitest";
import { isList, isObject, type Json } from "./json.ts";
import { Random } from "./random.ts";
import { type SchemaNode, schemaNode } from "./schema-node.ts";
import { hasType, ValueMaker } from "./values.ts";

const node = schemaNode(
  {
    type: "object",
    required: ["name", "filled"],
    oneOf: [{ required: ["a"] }, { required: ["b"] }],
    properties: {
      name: { type: "string", nullable: true },
      filled: { type: "string", default: "x" },
      mode: { type: "string", enum: ["p", "q", "r", 7] },
      a: { type: "number" },
      b: { "x-kubernetes-int-or-string": true },
      marks: { type: "object", additionalProperties: { type: "array", items: { type: "integer", nullable: true } } },
      ports: {
        type: "array",
        "x-kubernetes-list-type": "map",
        "x-kubernetes-list-map-keys": ["port"],
        items: { type: "object", required: ["port"], properties: { port: { type: "integer" } } },
      },
      set: { type: "array", "x-kubernetes-list-type": "set", items: { type: "string" } },
    },
  },
  "",
);

/** What is wrong with a value, as paths. */
function wrongIn(part: SchemaNode, value: Json): readonly string[] {
  if (value === null) return part.nullable ? [] : [part.path];
  if (part.enum !== undefined) return part.enum.includes(value) && hasType(part, value) ? [] : [part.path];
  if (!hasType(part, value)) return [part.path];
  if (part.kind === "list" && isList(value)) {
    const keys = value.map((item) => JSON.stringify(part.type === "map" && isObject(item) ? item.port : item));
    const twice = part.type !== "atomic" && new Set(keys).size < keys.length ? [part.path] : [];
    return [...twice, ...value.flatMap((item) => wrongIn(part.items, item))];
  }
  if (part.kind === "map" && isObject(value)) return Object.values(value).flatMap((item) => wrongIn(part.values, item));
  if (part.kind !== "object" || !isObject(value)) return [];
  const missing = [...part.properties].filter(([key, { required, defaulted }]) => {
    return required && !defaulted && !Object.hasOwn(value, key);
  });
  const chosen = part.exclusive.filter((key) => Object.hasOwn(value, key));
  return [
    ...missing.map(([, property]) => property.node.path),
    ...(part.exclusive.length > 0 && chosen.length !== 1 ? [`${part.path} exclusive`] : []),
    ...Object.entries(value).flatMap(([key, item]) => {
      const property = part.properties.get(key);
      return property === undefined ? [`${part.path}.${key}`] : wrongIn(property.node, item);
    }),
  ];
}

test("values are what the schema allows, and reach all of it", () => {
  const maker = new ValueMaker(new Random("seed"));
  const values = Array.from({ length: 40 }, () => maker.make(node, { parts: 20 }));
  expect(values.flatMap((value) => wrongIn(node, value))).toEqual([]);
  const text = JSON.stringify(values);
  for (const part of ['"name":null', '"mode":"p"', '"mode":"q"', '"mode":"r"', '"filled"', '"a":', '"b":', '"port":']) {
    expect(text).toContain(part);
  }
});

test("what a merge patch would take for a removal is left out", () => {
  const maker = new ValueMaker(new Random("seed"));
  const values = Array.from({ length: 40 }, () => maker.make(node, { parts: 20, mergePatch: true }));
  expect(JSON.stringify(values)).not.toContain("null");
});

test("the same seed makes the same values", () => {
  const made = (seed: string): Json => new ValueMaker(new Random(seed)).make(node, { parts: 30 });
  expect(made("one")).toEqual(made("one"));
  expect(made("one")).not.toEqual(made("two"));
});
