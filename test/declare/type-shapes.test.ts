import { describe, expect, it, test } from "vitest";
import { TypeShapes } from "../../src/declare/type-shapes.ts";
import type { TypeExpression } from "../../src/model/resource-model.ts";

const string: TypeExpression = { kind: "keyword", name: "string" };
const unknown: TypeExpression = { kind: "keyword", name: "unknown" };
const local = (name: string): TypeExpression => ({ kind: "local", name });
const array = (items: TypeExpression): TypeExpression => ({ kind: "array", items });
const map = (values: TypeExpression): TypeExpression => ({ kind: "map", values });
const nullable = (type: TypeExpression): TypeExpression => ({ kind: "nullable", type });
const atomic = (type: TypeExpression): TypeExpression => ({ kind: "atomic", type });
const literals = (...values: readonly (string | number | boolean)[]): TypeExpression => ({ kind: "literals", values });
const keyed = (item: TypeExpression, ...keys: readonly string[]): TypeExpression => ({
  kind: "keyed-list",
  item,
  keys,
});
const orInherited = (type: TypeExpression, key: string): TypeExpression => ({ kind: "or-inherited", type, key });

const types: readonly (readonly [TypeExpression, string])[] = [
  [string, "string"],
  [unknown, "unknown"],
  [{ kind: "keyword", name: "never" }, "never"],
  [{ kind: "scalars", names: ["boolean", "number"] }, "boolean | number"],
  [local("Anvil"), "Anvil"],
  [{ kind: "contract", name: "IntOrString" }, "IntOrString"],
  [{ kind: "external", name: "Mine", from: "./mine.js", alias: "_Mine" }, "_Mine"],
  [literals("a"), '"a"'],
  [literals("a", 1, true), '"a" | 1 | true'],
  [literals("$0", "$1", "*/", "a\nb"), '"$0" | "$1" | "*/" | "a\\nb"'],
  [literals(...Array.from({ length: 12 }, (_, index) => index)), "0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11"],
  [{ kind: "empty" }, "Record<string, undefined>"],
  [array(string), "string[]"],
  [array(unknown), "unknown[]"],
  [array(array(local("Anvil"))), "Anvil[][]"],
  [array(literals("a", "b")), '("a" | "b")[]'],
  [array(nullable(string)), "(string | null)[]"],
  [nullable(array(string)), "string[] | null"],
  [nullable(literals("a")), '"a" | null'],
  [map(string), "Record<string, string>"],
  [map(array(map(nullable(local("Anvil"))))), "Record<string, Record<string, Anvil | null>[]>"],
  [atomic(map(string)), "Atomic<Record<string, string>>"],
  [nullable(atomic(local("Anvil"))), "Atomic<Anvil> | null"],
  [keyed(local("Anvil"), "name"), 'MapList<Anvil, "name">'],
  [keyed(atomic(local("Anvil")), "a b", '"'), 'MapList<Atomic<Anvil>, "a b" | "\\"">'],
  [array(keyed(local("Anvil"), "name")), 'MapList<Anvil, "name">[]'],
  [orInherited(local("Anvil"), "toString"), 'OrInherited<Anvil, "toString">'],
  [orInherited(nullable(array(literals("$1", "$0"))), "valueOf"), 'OrInherited<("$1" | "$0")[] | null, "valueOf">'],
];

describe.each([
  ["compiled before", new TypeShapes()],
  ["compiled now", new TypeShapes({})],
])("the text of a type whose shape was %s", (_, shapes) => {
  for (const [type] of types) shapes.want(type);
  const compiled = shapes.compile();

  test.each(types)("%j is %s", async (type, text) => {
    await compiled;
    expect(shapes.text(type)).toBe(text);
  });
});

describe("shapes", () => {
  it("are compiled once, whatever they are filled with", async () => {
    const shapes = new TypeShapes({});
    shapes.want(array(literals("a", "b")));
    await shapes.compile();
    expect(shapes.text(array(literals("c", "d")))).toBe('("c" | "d")[]');
    expect(() => shapes.text(array(literals("c")))).toThrow("the type shape literals 1 was not compiled");
  });

  it("can be wanted while others are compiled", async () => {
    const shapes = new TypeShapes({});
    shapes.want(string);
    const first = shapes.compile();
    shapes.want(array(string));
    await shapes.compile();
    await first;
    expect([string, array(string)].map((type) => shapes.text(type))).toEqual(["string", "string[]"]);
  });

  it("of an enum may have any number of values", async () => {
    const shapes = new TypeShapes();
    const values = Array.from({ length: 1000 }, (_, index) => `v${index}`);
    shapes.want(literals(...values));
    await shapes.compile();
    expect(shapes.text(literals(...values))).toBe(values.map((value) => `"${value}"`).join(" | "));
  });
});
