import { describe, expect, it, test } from "vitest";
import { comment, declare } from "../../src/declare/declare.ts";
import { TypeShapes } from "../../src/declare/type-shapes.ts";
import type { Declaration, Member, TypeExpression } from "../../src/model/resource-model.ts";
import type { Docs } from "../../src/normalize/structural-schema.ts";
import { customResource } from "../definition.ts";

const string: TypeExpression = { kind: "keyword", name: "string" };
const silent: Docs = { description: "", tags: [] };

function member(key: string, more: Partial<Member> = {}): Member {
  return { key, type: string, optional: false, readonly: false, docs: silent, ...more };
}

async function declareAll(declarations: readonly Declaration[]): ReturnType<typeof declare> {
  const resource = customResource();
  const [version] = resource.versions;
  if (version === undefined) throw new Error("there is no version");
  const names = { typeName: "Anvil", clientName: "anvilClient", path: "forge.example.com/v1/anvils.ts" };
  const absent = { deprecation: undefined, statusInput: undefined, losses: [] };
  return declare({ resource, version, ...names, ...absent, declarations }, new TypeShapes());
}

function interfaceOf(members: readonly Member[], more: object = {}): Declaration {
  return { kind: "interface", name: "Anvil", extends: undefined, members, docs: undefined, ...more };
}

describe("the text of a declaration", () => {
  test.each<[string, Declaration, string]>([
    ["an interface of nothing", interfaceOf([]), "export interface Anvil {}"],
    [
      "an interface",
      interfaceOf([member("a"), member("b c", { optional: true }), member("d", { readonly: true })]),
      'export interface Anvil {\n  a: string;\n  "b c"?: string;\n  readonly d: string;\n}',
    ],
    [
      "an interface that extends another, with comments",
      interfaceOf([member("a", { docs: { description: "An a.", tags: [] } })], {
        extends: "AnvilOpen",
        docs: { description: "An anvil.", tags: [{ name: "deprecated", text: "" }] },
      }),
      "/**\n * An anvil.\n *\n * @deprecated\n */\nexport interface Anvil extends AnvilOpen {\n  /** An a. */\n  a: string;\n}",
    ],
    [
      "an open interface",
      { kind: "open", name: "AnvilOpen" },
      "/** Unknown fields are kept here; augment this interface to type them, in every view at once. */\nexport interface AnvilOpen {\n  [key: string]: unknown;\n}",
    ],
    [
      "an alias",
      { kind: "alias", name: "A", type: { kind: "local", name: "B" }, docs: { description: "As B.", tags: [] } },
      "/** As B. */\nexport type A = B;",
    ],
    [
      "an exclusive union",
      {
        kind: "exclusive",
        name: "A",
        fields: "AFields",
        branches: [
          { key: "a", type: string },
          { key: "b/c", type: string },
          { key: "d", type: { kind: "local", name: "D" } },
        ],
        docs: undefined,
      },
      'export type A = AFields & (\n  | { a: string; "b/c"?: never; d?: never }\n  | { "b/c": string; a?: never; d?: never }\n  | { d: D; a?: never; "b/c"?: never }\n);',
    ],
  ])("%s", async (_, declaration, text) => {
    expect((await declareAll([declaration])).text).toBe(text);
  });
});

describe("the declarations of a file", () => {
  it("stand in their order, with a blank line between them", async () => {
    const declared = await declareAll([interfaceOf([]), { kind: "alias", name: "A", type: string, docs: undefined }]);
    expect(declared.text).toBe("export interface Anvil {}\n\nexport type A = string;");
    expect(declared.names).toEqual(["Anvil", "A"]);
  });

  it("say what they use from elsewhere", async () => {
    const quantity: TypeExpression = { kind: "contract", name: "Quantity" };
    const mine: TypeExpression = { kind: "external", name: "Mine", from: "./mine.js", alias: "_B" };
    const { contractNames, externals } = await declareAll([
      interfaceOf([
        member("a", { type: { kind: "map", values: { kind: "nullable", type: quantity } } }),
        member("b", { type: { kind: "atomic", type: { kind: "array", items: { kind: "local", name: "B" } } } }),
        member("c", { type: { kind: "keyed-list", item: { kind: "local", name: "C" }, keys: ["name"] } }),
        member("valueOf", { type: { kind: "or-inherited", type: string, key: "valueOf" } }),
      ]),
      { kind: "alias", name: "B", type: mine, docs: undefined },
      { kind: "open", name: "COpen" },
    ]);
    expect([...contractNames].sort()).toEqual(["Atomic", "MapList", "OrInherited", "Quantity"]);
    expect(externals).toEqual([{ name: "Mine", from: "./mine.js", alias: "_B" }]);
  });
});

describe("a comment", () => {
  const tag = (name: string, text: string): Docs["tags"][number] => ({ name, text });
  test.each<[Docs | undefined, string]>([
    [undefined, ""],
    [silent, ""],
    [{ description: " \n", tags: [] }, ""],
    [{ description: "One line.", tags: [] }, "  /** One line. */\n"],
    [{ description: "", tags: [tag("minimum", "1")] }, "  /** @minimum 1 */\n"],
    [{ description: "", tags: [tag("uniqueItems", "")] }, "  /** @uniqueItems */\n"],
    [{ description: "a\n\nb", tags: [] }, "  /**\n   * a\n   *\n   * b\n   */\n"],
    [
      { description: "a", tags: [tag("minimum", "1"), tag("rule", "x\n@y")] },
      "  /**\n   * a\n   *\n   * @minimum 1\n   * @rule x\n   * \\@y\n   */\n",
    ],
  ])("of %j", (docs, text) => {
    expect(comment(docs, "  ")).toBe(text);
  });

  test.each(["", "a b", "*/", "a\n"])("has no tag called %j", (name) => {
    expect(() => comment({ description: "", tags: [tag(name, "x")] }, "")).toThrow("is no name of a tag");
  });
});
