import { describe, expect, test } from "vitest";
import { isList, isObject, type Json } from "./json.ts";
import { applied, mergePatch } from "./partial.ts";
import { Random } from "./random.ts";
import { type ObjectNode, schemaNode } from "./schema-node.ts";
import { ValueMaker } from "./values.ts";

const node = schemaNode(
  {
    type: "object",
    required: ["name"],
    properties: {
      name: { type: "string" },
      size: { type: "integer", default: 5 },
      point: {
        type: "object",
        "x-kubernetes-map-type": "atomic",
        required: ["x", "y"],
        properties: { x: { type: "integer" }, y: { type: "integer" } },
      },
      ports: {
        type: "array",
        "x-kubernetes-list-type": "map",
        "x-kubernetes-list-map-keys": ["port"],
        items: {
          type: "object",
          required: ["port", "mode"],
          properties: { port: { type: "integer" }, mode: { type: "string" } },
        },
      },
      inner: { type: "object", required: ["deep"], properties: { deep: { type: "boolean" } } },
    },
  },
  ".spec",
) as ObjectNode;
const stored = {
  name: "stored",
  size: 5,
  point: { x: 1, y: 2 },
  ports: [
    { port: 80, mode: "a" },
    { port: 443, mode: "b" },
  ],
  inner: { deep: true },
};

function manyOf<T>(make: (options: { maker: ValueMaker; random: Random }) => T): readonly T[] {
  const random = new Random("partial");
  const options = { random, maker: new ValueMaker(random) };
  return Array.from({ length: 200 }, () => make(options));
}

function partsOf(values: readonly Json[], key: string): readonly Json[] {
  return values.flatMap((value) => (isObject(value) && value[key] !== undefined ? [value[key]] : []));
}

describe("what is applied", () => {
  const values = manyOf((options) => applied(node, stored, options));

  test("is a part of what is stored, changed here and there", () => {
    expect(values.some((value) => isObject(value) && !Object.hasOwn(value, "name"))).toBe(true);
    expect(new Set(partsOf(values, "name")).size).toBeGreaterThan(2);
  });

  test("has atomic objects as a whole", () => {
    const points = partsOf(values, "point").map((point) => (isObject(point) ? Object.keys(point).sort() : point));
    expect(new Set(points.map((keys) => JSON.stringify(keys)))).toEqual(new Set(['["x","y"]']));
  });

  test("has items with the stored keys, and not always with more", () => {
    const items = partsOf(values, "ports").flatMap((list) => (isList(list) ? list : []));
    expect(new Set(items.map((item) => isObject(item) && item.port))).toEqual(new Set([80, 443]));
    expect(items.some((item) => isObject(item) && !Object.hasOwn(item, "mode"))).toBe(true);
  });
});

describe("a merge patch", () => {
  const patches = manyOf((options) => mergePatch(node, stored, options));

  test("removes what may be absent and nothing else", () => {
    const values = patches.map(({ patch }) => patch);
    const removed = ["name", "size", "point", "ports", "inner"].filter((key) => partsOf(values, key).includes(null));
    expect(removed).toEqual(["size", "point", "ports", "inner"]);
    expect(partsOf(partsOf(values, "inner"), "deep")).not.toContain(null);
  });

  test("tells what it must not remove of what is there", () => {
    expect(patches[0]?.forbidden).toEqual([
      { path: ".spec.name", patch: { name: null } },
      { path: ".spec.point.x", patch: { point: { x: null } } },
      { path: ".spec.point.y", patch: { point: { y: null } } },
      { path: ".spec.inner.deep", patch: { inner: { deep: null } } },
    ]);
  });
});
