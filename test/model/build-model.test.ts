import { describe, expect, it, test } from "vitest";
import { declareKind } from "./declared.ts";

const string = { type: "string" };
const object = (properties: object): object => ({ type: "object", properties });
const status = { subresources: { status: {} } };

async function rootText(parts: Parameters<typeof declareKind>[0]): Promise<string> {
  return (await declareKind(parts)).declared.text;
}

describe("the root", () => {
  it("has literal apiVersion and kind, metadata, and every other top-level property", async () => {
    const schema = object({ metadata: object({ name: string }), data: string, apiVersion: string });
    expect(await rootText({ schema: { ...schema, required: ["data"] } })).toBe(`\
export interface Anvil {
  apiVersion: "forge.example.com/v1";
  kind: "Anvil";
  metadata: NamespacedObjectMeta;
  data: string;
}

export interface AnvilInput {
  apiVersion?: "forge.example.com/v1";
  kind?: "Anvil";
  metadata: ObjectMetaInput;
  data: string;
}`);
  });

  it("of a cluster-scoped kind has metadata without a namespace", async () => {
    expect(await rootText({ spec: { scope: "Cluster" } })).toContain("  metadata: ObjectMeta;\n");
  });

  it("has a status that is written like any other property, unless it is a subresource", async () => {
    const schema = object({ spec: string, status: string });
    const input = (text: string): string => text.slice(text.indexOf("export interface AnvilInput"));
    expect(input(await rootText({ schema }))).toContain("  status?: string;\n");
    const withStatus = await rootText({ schema, versions: [{ ...status, schema: { openAPIV3Schema: schema } }] });
    expect(withStatus).toContain("  status?: string;\n");
    expect(input(withStatus)).toBe(`\
export interface AnvilInput {
  apiVersion?: "forge.example.com/v1";
  kind?: "Anvil";
  metadata: ObjectMetaInput;
  spec?: string;
}`);
  });

  it("is open where the schema keeps unknown fields, in every view", async () => {
    const schema = { type: "object", "x-kubernetes-preserve-unknown-fields": true, required: ["spec", "metadata"] };
    expect(await rootText({ schema })).toBe(`\
export interface Anvil extends AnvilOpen {
  apiVersion: "forge.example.com/v1";
  kind: "Anvil";
  metadata: NamespacedObjectMeta;
  spec: unknown;
}

/** Unknown fields are kept here; augment this interface to type them, in every view at once. */
export interface AnvilOpen {
  [key: string]: unknown;
}

export interface AnvilInput extends AnvilOpen {
  apiVersion?: "forge.example.com/v1";
  kind?: "Anvil";
  metadata: ObjectMetaInput;
  spec: unknown;
}`);
  });

  it("has the comments of its properties, those of metadata's name too", async () => {
    const name = { type: "string", maxLength: 9 };
    const kind = { type: "string", description: "The kind." };
    const schema = { ...object({ kind, metadata: object({ name }) }), description: "An anvil." };
    const text = await rootText({ schema });
    expect(text.slice(0, text.indexOf("\n}"))).toBe(`\
/** An anvil. */
export interface Anvil {
  apiVersion: "forge.example.com/v1";
  /** The kind. */
  kind: "Anvil";
  /** @name maxLength 9 */
  metadata: NamespacedObjectMeta;`);
  });

  it("makes no tag of a key, which could be anything", async () => {
    const metadata = object({ "a */ }\nexport const b = 1; /*": { type: "string", minLength: 2 } });
    expect(await rootText({ schema: object({ metadata }) })).toContain(`\
  /**
   * @field a *\\/ }
   * export const b = 1; /* minLength 2
   */
  metadata: NamespacedObjectMeta;
`);
  });

  it("and its direct children have an input name, the same type or not; below them only what differs has one", async () => {
    const inner = object({ a: string });
    const defaulted = object({ b: { type: "string", default: "x" } });
    const { declared } = await declareKind({
      schema: object({ spec: object({ inner, defaulted }), extra: object({ inner }) }),
    });
    expect(declared.names).toEqual([
      "Anvil",
      "AnvilInput",
      "AnvilExtra",
      "AnvilExtraInput",
      "AnvilExtraInner",
      "AnvilSpec",
      "AnvilSpecInput",
      "AnvilSpecDefaulted",
      "AnvilSpecDefaultedInput",
      "AnvilSpecInner",
    ]);
    expect(declared.text).toContain("export type AnvilExtraInput = AnvilExtra;");
  });
});

describe("a deprecated version", () => {
  test.each<[object, string | undefined, string]>([
    [{}, undefined, ""],
    [{ deprecated: true }, "forge.example.com/v1 Anvil is deprecated", "/** @deprecated */\n"],
    [{ deprecated: true, deprecationWarning: "use v2" }, "use v2", "/** @deprecated use v2 */\n"],
    [{ deprecationWarning: "use v2" }, undefined, ""],
  ])("%j", async (version, advice, comment) => {
    const { model, declared } = await declareKind({ versions: [version] });
    expect(model.deprecation).toBe(advice);
    expect(declared.text.startsWith(`${comment}export interface Anvil {`)).toBe(true);
  });
});

describe("names", () => {
  it("of a kind are those of its read view and of its client", async () => {
    const { model } = await declareKind({ names: { kind: "myAnvil" } });
    expect(model).toMatchObject({
      typeName: "MyAnvil",
      clientName: "myAnvilClient",
      path: "forge.example.com/v1/anvils.ts",
    });
  });
});

describe("a type of the user's own", () => {
  const schema = object({ spec: object({ a: object({ b: { type: "string", default: "x" } }) }) });
  const mine = { from: "./mine.js", name: "Mine" };

  test.each(["AnvilSpecA", "forge.example.com/v1/AnvilSpecA"])("stands for %s in both views", async (name) => {
    const { declared } = await declareKind({ schema }, { types: { [name]: mine } });
    expect(declared.text).toContain("export interface AnvilSpec {\n  a?: AnvilSpecA;\n}");
    expect(declared.text).toContain("export type AnvilSpecInput = AnvilSpec;");
    expect(declared.text).toContain("export type AnvilSpecA = _AnvilSpecA;");
    expect(declared.externals).toEqual([{ ...mine, alias: "_AnvilSpecA" }]);
  });

  test.each(["forge.example.com/v2/AnvilSpecA", "AnvilSpecB"])("for %s is not this one", async (name) => {
    expect((await declareKind({ schema }, { types: { [name]: mine } })).declared.externals).toEqual([]);
  });
});
