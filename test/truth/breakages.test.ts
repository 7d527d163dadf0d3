import { expect, test } from "vitest";
import { Breaker } from "./breakages.ts";
import { Random } from "./random.ts";
import { schemaNode } from "./schema-node.ts";

const node = schemaNode(
  {
    type: "object",
    required: ["name", "size"],
    oneOf: [{ required: ["a"] }, { required: ["b"] }],
    properties: {
      name: { type: "string", enum: ["x", "y"] },
      size: { type: "integer", default: 5 },
      a: { type: "array", items: { type: "boolean" } },
      b: { type: "object", additionalProperties: { type: "string" } },
    },
  },
  ".spec",
);
const value = { name: "x", size: 7, a: [true] };

test("every part is broken in every way, each once", () => {
  const breakages = new Breaker(new Random("1")).breakagesOf(node, value, 100);
  expect(breakages.map(({ rule, path }) => `${path}: ${rule}`).sort()).toEqual([
    ".spec.a: wrong type",
    ".spec.a[]: wrong type",
    ".spec.name: required property dropped",
    ".spec.name: value outside of the enum",
    ".spec.name: wrong type",
    ".spec.size: wrong type",
    ".spec: none of the alternatives",
    ".spec: two of the alternatives",
    ".spec: unknown key",
  ]);
  const changed = (rule: string): unknown => breakages.find((breakage) => breakage.rule === rule)?.value;
  expect(changed("required property dropped")).toEqual({ size: 7, a: [true] });
  expect(changed("two of the alternatives")).toEqual({ ...value, b: {} });
  expect(changed("none of the alternatives")).toEqual({ name: "x", size: 7 });
});

test("what has been broken least comes first, so that all is broken in time", () => {
  const breaker = new Breaker(new Random("2"));
  const seen = new Set<string>();
  for (let times = 0; times < 3; times++) {
    for (const { rule, path } of breaker.breakagesOf(node, value, 3)) seen.add(`${path}: ${rule}`);
  }
  expect(seen.size).toBe(9);
});

test("what is left out is not tried", () => {
  const rules = ["wrong type", "unknown key", "required property dropped"] as const;
  const breakages = new Breaker(new Random("3")).breakagesOf(node, value, 100, rules);
  expect(breakages.filter(({ rule }) => rules.some((left) => left === rule))).toEqual([]);
});
