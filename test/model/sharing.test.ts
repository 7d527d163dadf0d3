import { describe, expect, it, test } from "vitest";
import { specText } from "./declared.ts";

const string = { type: "string" };
const object = (properties: object, rest: object = {}): object => ({ type: "object", properties, ...rest });
const shape = object({ x: string });
const union = object({ x: string, y: string }, { oneOf: [{ required: ["x"] }, { required: ["y"] }] });
const open = { "x-kubernetes-preserve-unknown-fields": true };

/** What the second of two objects becomes. */
async function second(a: object, b: object): Promise<readonly string[]> {
  const declarations = (await specText({ a, b })).split("\n\n");
  return declarations
    .filter((text) => /export (?:type|interface) AnvilSpecB/.test(text))
    .map((text) => text.split("\n").at(-1) ?? "");
}

describe("equal closed shapes are declared once", () => {
  test.each<[string, object, object, string[]]>([
    ["plain", shape, shape, ["export type AnvilSpecB = AnvilSpecA;"]],
    [
      "but for what their parents say of them",
      shape,
      { ...shape, description: "Another." },
      ["export type AnvilSpecB = AnvilSpecA;"],
    ],
    ["nullable", shape, { ...shape, nullable: true }, ["export type AnvilSpecB = AnvilSpecA;"]],
    [
      "with two views",
      object({ x: { ...string, default: "y" } }),
      object({ x: { ...string, default: "y" } }),
      ["export type AnvilSpecB = AnvilSpecA;", "export type AnvilSpecBInput = AnvilSpecAInput;"],
    ],
    [
      "nested",
      object({ n: shape }),
      object({ n: shape }),
      ["export type AnvilSpecB = AnvilSpecA;", "export type AnvilSpecBN = AnvilSpecAN;"],
    ],
    [
      "with a union",
      union,
      union,
      ["export type AnvilSpecB = AnvilSpecA;", "export type AnvilSpecBFields = AnvilSpecAFields;"],
    ],
    [
      "keys in another order",
      object({ x: string, y: string }),
      object({ y: string, x: string }),
      ["export type AnvilSpecB = AnvilSpecA;"],
    ],
  ])("%s", async (_, a, b, expected) => {
    expect(await second(a, b)).toEqual(expected);
  });
});

describe("shapes that differ stay apart", () => {
  test.each<[string, object, object]>([
    ["in a key", shape, object({ y: string })],
    ["in a type", shape, object({ x: { type: "integer" } })],
    ["in what is required", shape, object({ x: string }, { required: ["x"] })],
    ["in a description", shape, object({ x: { ...string, description: "An x." } })],
    ["in a constraint", object({ x: { ...string, minLength: 1 } }), object({ x: { ...string, minLength: 2 } })],
    ["in a default", object({ x: { ...string, default: "y" } }), object({ x: { ...string, default: "z" } })],
    ["in null", shape, object({ x: { ...string, nullable: true } })],
    ["in an enum", object({ x: { ...string, enum: ["a"] } }), object({ x: { ...string, enum: ["b"] } })],
    ["in being open", shape, { ...shape, ...open }],
    [
      "in being embedded",
      { ...shape, "x-kubernetes-embedded-resource": true },
      object({ apiVersion: string, kind: string, x: string }),
    ],
    [
      "in their union",
      object({ x: string, y: string }),
      object({ x: string, y: string }, { oneOf: [{ required: ["x"] }, { required: ["y"] }] }),
    ],
    [
      "in an item below",
      object({ l: { type: "array", items: shape } }),
      object({ l: { type: "array", items: object({ z: string }) } }),
    ],
    ["in the keys of a list", keyed("k"), keyed("x")],
  ])("%s", async (_, a, b) => {
    expect(await second(a, b)).not.toContain("export type AnvilSpecB = AnvilSpecA;");
  });

  it("and open ones always", async () => {
    const text = await specText({ a: { ...shape, ...open }, b: { ...shape, ...open } });
    expect(text).toContain("export interface AnvilSpecB extends AnvilSpecBOpen {");
    expect(text).toContain("export interface AnvilSpecBOpen {");
  });

  it("as do those that hold open ones", async () => {
    const holder = object({ inner: { ...shape, ...open } });
    expect(await second(holder, holder)).not.toContain("export type AnvilSpecB = AnvilSpecA;");
  });
});

function keyed(key: string): object {
  const items = object({ k: string, x: string }, { required: ["k", "x"] });
  return object({ l: { type: "array", "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": [key], items } });
}
