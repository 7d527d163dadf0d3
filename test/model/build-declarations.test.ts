import { describe, expect, it, test } from "vitest";
import { belowRoot, declareKind, specText } from "./declared.ts";

const string = { type: "string" };
const defaulted = { type: "string", default: "x" };
const object = (properties: object, rest: object = {}): object => ({ type: "object", properties, ...rest });

describe("the type of a property", () => {
  test.each<[string, object, string]>([
    ["string", string, "string"],
    ["nullable", { ...string, nullable: true }, "string | null"],
    ["unknown", { "x-kubernetes-preserve-unknown-fields": true, nullable: true }, "unknown"],
    ["nothing at all", { type: "object" }, "Record<string, undefined>"],
    ["map", { type: "object", additionalProperties: { ...string, nullable: true } }, "Record<string, string | null>"],
    ["map of anything", { type: "object", additionalProperties: true }, "Record<string, unknown>"],
    ["array", { type: "array", items: string }, "string[]"],
    ["array of arrays", { type: "array", items: { type: "array", items: { type: "integer" } } }, "number[][]"],
    ["array without items", { type: "array" }, "unknown[]"],
    [
      "array of nullables",
      { type: "array", nullable: true, items: { ...string, nullable: true } },
      "(string | null)[] | null",
    ],
    ["int-or-string", { "x-kubernetes-int-or-string": true }, "IntOrString"],
    ["enum", { ...string, enum: ["a", '"', "", "A"] }, '"a" | "\\"" | "" | "A"'],
    ["enum of one", { type: "number", enum: [-1] }, "-1"],
    ["array of an enum", { type: "array", items: { ...string, enum: ["a", "b"] } }, '("a" | "b")[]'],
    ["enum of nothing", { ...string, enum: [1] }, "never"],
    ["scalars", { anyOf: [{ type: "string" }, { type: "boolean" }] }, "boolean | string"],
    [
      "atomic map",
      { type: "object", "x-kubernetes-map-type": "atomic", nullable: true, additionalProperties: string },
      "Atomic<Record<string, string>> | null",
    ],
  ])("%s", async (_, schema, type) => {
    expect(await specText({ a: schema })).toContain(`\n  a?: ${type};\n`);
  });
});

describe("objects", () => {
  it("are interfaces, items and values too, and atomic ones are marked", async () => {
    const properties = {
      list: { type: "array", items: object({ a: string }, { description: "An item." }) },
      map: { type: "object", additionalProperties: object({ b: string }) },
      whole: object({ c: string }, { "x-kubernetes-map-type": "atomic" }),
    };
    expect(await specText(properties)).toBe(`\
export interface AnvilSpec {
  list?: AnvilSpecListItem[];
  map?: Record<string, AnvilSpecMapValue>;
  whole?: Atomic<AnvilSpecWhole>;
}

export type AnvilSpecInput = AnvilSpec;

/** An item. */
export interface AnvilSpecListItem {
  a?: string;
}

export interface AnvilSpecMapValue {
  b?: string;
}

export interface AnvilSpecWhole {
  c?: string;
}`);
  });

  it("that keep unknown keys extend one interface of them in both views", async () => {
    const open = { "x-kubernetes-preserve-unknown-fields": true, required: ["b"] };
    expect(await specText({ a: defaulted }, open)).toBe(`\
export interface AnvilSpec extends AnvilSpecOpen {
  /** @default "x" */
  a: string;
  b: unknown;
}

/** Unknown fields are kept here; augment this interface to type them, in every view at once. */
export interface AnvilSpecOpen {
  [key: string]: unknown;
}

export interface AnvilSpecInput extends AnvilSpecOpen {
  /** @default "x" */
  a?: string;
  b: unknown;
}`);
  });

  it("that are keyed lists keep their keys", async () => {
    const list = {
      type: "array",
      "x-kubernetes-list-type": "map",
      "x-kubernetes-list-map-keys": ["name", "port"],
      items: object({ name: string, port: { type: "integer", format: "int32", default: 80 } }, { required: ["name"] }),
    };
    const text = await specText({ list });
    expect(text).toContain('list?: MapList<AnvilSpecListItem, "name" | "port">;');
    expect(text).toContain('list?: MapList<AnvilSpecListItemInput, "name" | "port">;');
  });

  it("with an exclusive union have exactly one of its keys", async () => {
    const union = object(
      { a: string, "b-c": defaulted, d: string },
      { oneOf: [{ required: ["a"] }, { required: ["d"] }] },
    );
    expect((await specText({ union })).split("\n\n").slice(2).join("\n\n")).toBe(`\
export type AnvilSpecUnion = AnvilSpecUnionFields & (
  | { a: string; d?: never }
  | { d: string; a?: never }
);

export interface AnvilSpecUnionFields {
  a?: string;
  /** @default "x" */
  "b-c": string;
  d?: string;
}

export type AnvilSpecUnionInput = AnvilSpecUnionInputFields & (
  | { a: string; d?: never }
  | { d: string; a?: never }
);

export interface AnvilSpecUnionInputFields {
  a?: string;
  /** @default "x" */
  "b-c"?: string;
  d?: string;
}`);
  });
});

describe("the views", () => {
  it("differ in what has a default, in items and values too, and a written null stays", async () => {
    const schema = object({
      both: {
        type: "array",
        items: object({ a: { ...defaulted, nullable: true }, b: string }, { required: ["a", "b"] }),
      },
    });
    expect(belowRoot((await declareKind({ schema })).declared.text)).toBe(`\
export interface AnvilBothItem {
  /** @default "x" */
  a: string | null;
  b: string;
}

export interface AnvilBothItemInput {
  /** @default "x" */
  a?: string | null;
  b: string;
}`);
  });

  it("differ in what is required and may not be changed", async () => {
    const rule = { "x-kubernetes-validations": [{ rule: "self == oldSelf" }] };
    expect(await specText({ a: { ...string, ...rule }, b: { ...string, ...rule } }, { required: ["a"] })).toBe(`\
export interface AnvilSpec {
  /** @rule self == oldSelf */
  readonly a: string;
  /** @rule self == oldSelf */
  b?: string;
}

export interface AnvilSpecInput {
  /** @rule self == oldSelf */
  a: string;
  /** @rule self == oldSelf */
  b?: string;
}`);
  });

  const served = { storage: false, name: "v1beta1" };
  const version = (properties: object): object => ({
    schema: { openAPIV3Schema: object({ spec: object(properties) }) },
  });
  test.each<[string, object, object, string, number]>([
    ["has it too", { a: defaulted }, { a: defaulted }, "a: string", 0],
    ["has another", { a: defaulted }, { a: { ...string, default: "y" } }, "a?: string", 1],
    ["has none", { a: defaulted }, { a: string }, "a?: string", 1],
    ["has no such property", { a: defaulted }, {}, "a?: string", 1],
    ["alone has it", { a: string }, { a: defaulted }, "a?: string", 0],
    ["has no such object", { o: object({ a: defaulted }) }, { o: string }, "a?: string", 1],
    [
      "has it in a list",
      { o: { type: "array", items: object({ a: defaulted }) } },
      { o: { type: "array", items: object({ a: defaulted }) } },
      "a: string",
      0,
    ],
    [
      "has no such value",
      { o: { type: "object", additionalProperties: object({ a: defaulted }) } },
      { o: object({ a: defaulted }) },
      "a?: string",
      1,
    ],
  ])("promise a default only where the stored version %s", async (_, here, stored, member, lost) => {
    const { declared, losses } = await declareKind({ versions: [{ ...served, ...version(here) }, version(stored)] });
    const read = declared.text.split("\n\n").find((text) => /\n {2}a\??: /.test(text));
    expect(read).toContain(`  ${member};\n`);
    expect(losses).toHaveLength(lost);
    for (const loss of losses) {
      expect(loss).toMatch(
        /^spec\.versions\[0\]\..*\.a: default that the stored version does not have → optional when read$/,
      );
    }
  });
});

describe("a property that is called like something in every object", () => {
  const loss = (key: string): string =>
    `spec.versions[0].schema.openAPIV3Schema.properties.spec.properties.${key}: key ${JSON.stringify(key)}, under which every object inherits a function → optional, or that function`;
  const inSpec = (properties: object, rest: object = {}): object => object({ spec: object(properties, rest) });

  test.each([
    ...["constructor", "hasOwnProperty", "isPrototypeOf", "propertyIsEnumerable"],
    ...["toLocaleString", "toString", "valueOf"],
  ])("may be absent and admits what is inherited: %s", async (key) => {
    const { declared, losses } = await declareKind({ schema: inSpec({ [key]: string }, { required: [key] }) });
    expect(belowRoot(declared.text)).toContain(`{\n  ${key}?: OrInherited<string, "${key}">;\n}`);
    expect(losses).toEqual([loss(key)]);
  });

  it("no other", async () => {
    const keys = ["__proto__", "prototype", "then", "tostring", "name", "length", "__defineGetter__"];
    const schema = inSpec(Object.fromEntries(keys.map((key) => [key, string])), { required: keys });
    const { declared, losses } = await declareKind({ schema });
    expect(belowRoot(declared.text)).not.toMatch(/\?|OrInherited/);
    expect(losses).toEqual([]);
  });

  it("with a default is the same in both views, and reported once", async () => {
    const { declared, losses } = await declareKind({ schema: inSpec({ valueOf: { ...defaulted, nullable: true } }) });
    expect(belowRoot(declared.text)).toBe(`\
export interface AnvilSpec {
  /** @default "x" */
  valueOf?: OrInherited<string | null, "valueOf">;
}

export type AnvilSpecInput = AnvilSpec;`);
    expect(losses).toEqual([loss("valueOf")]);
  });

  it("has both views of an object", async () => {
    const { declared } = await declareKind({ schema: inSpec({ constructor: object({ a: defaulted }) }) });
    expect(belowRoot(declared.text)).toContain('constructor?: OrInherited<AnvilSpecConstructor, "constructor">;');
    expect(belowRoot(declared.text)).toContain('constructor?: OrInherited<AnvilSpecConstructorInput, "constructor">;');
  });
});

describe("an embedded resource", () => {
  const embedded = { "x-kubernetes-embedded-resource": true };
  const properties = { apiVersion: string, kind: defaulted, metadata: { type: "object" }, spec: string };
  const open = { "x-kubernetes-preserve-unknown-fields": true };
  test.each<[string, object, string[], string[] | undefined]>([
    [
      "alone",
      { type: "object", ...embedded },
      ["apiVersion: string", "kind: string", "metadata?: ObjectMetaInput"],
      undefined,
    ],
    [
      "that declares them",
      object(properties, embedded),
      ["apiVersion: string", "kind: string", "metadata?: ObjectMetaInput", "spec?: string"],
      ["apiVersion: string", "kind?: string", "metadata?: ObjectMetaInput", "spec?: string"],
    ],
    [
      "that requires them",
      { type: "object", ...embedded, required: ["apiVersion", "kind", "metadata"] },
      ["apiVersion: string", "kind: string", "metadata: ObjectMetaInput"],
      undefined,
    ],
    [
      "that is open and requires them",
      { type: "object", ...embedded, ...open, required: ["apiVersion", "kind", "metadata", "spec"] },
      ["apiVersion: string", "kind: string", "metadata: ObjectMetaInput", "spec: unknown"],
      undefined,
    ],
  ])("%s", async (_, schema, read, input) => {
    const declarations = (await specText({ a: schema })).split("\n\n");
    const membersOf = (name: string): string[] | undefined => {
      const text = declarations.find((declaration) => declaration.startsWith(`export interface ${name} `));
      return text
        ?.split("\n")
        .slice(1, -1)
        .filter((line) => !line.includes("/**"))
        .map((line) => line.slice(2, -1));
    };
    expect(membersOf("AnvilSpecA")).toEqual(read);
    expect(membersOf("AnvilSpecAInput")).toEqual(input);
  });
});
