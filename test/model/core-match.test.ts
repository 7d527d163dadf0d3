import { describe, expect, it, test } from "vitest";
import { CoreTypes, sameShape } from "../../src/model/core-match.ts";
import { coreTypes } from "../../src/model/core-types.ts";
import type { ObjectSchema, StructuralSchema } from "../../src/normalize/structural-schema.ts";
import { normalizeDefinition } from "../normalize/normalized.ts";
import { specText } from "./declared.ts";

const string = { type: "string" };
const object = (properties: object, rest: object = {}): object => ({ type: "object", properties, ...rest });

function nodeOf(schema: object): StructuralSchema {
  const [property] = normalizeDefinition({ schema: object({ spec: schema }) }).schema.properties;
  if (property === undefined) throw new Error("there is no property");
  return property.schema;
}

function objectOf(schema: object): ObjectSchema {
  const node = nodeOf(schema);
  if (node.kind !== "object") throw new Error(`${node.kind} is no object`);
  return node;
}

describe("two shapes are the same", () => {
  test.each<[string, object, object, boolean]>([
    ["equal", string, string, true],
    ["another description", { ...string, description: "a" }, { ...string, description: "b" }, true],
    [
      "another title, example and link",
      { ...string, title: "a", example: "b", externalDocs: { url: "c" } },
      string,
      true,
    ],
    ["another type", string, { type: "integer" }, false],
    ["another kind", string, { type: "object" }, false],
    ["null", string, { ...string, nullable: true }, false],
    ["another constraint", { ...string, minLength: 1 }, { ...string, minLength: 2 }, false],
    ["a rule", string, { ...string, "x-kubernetes-validations": [{ rule: "true" }] }, false],
    ["another default", { ...string, default: "a" }, string, false],
    ["another enum", { ...string, enum: ["a"] }, { ...string, enum: ["b"] }, false],
    ["another key", object({ a: string }), object({ b: string }), false],
    ["one key more", object({ a: string }), object({ a: string, b: string }), false],
    ["another required key", object({ a: string }), object({ a: string }, { required: ["a"] }), false],
    ["open", object({ a: string }), object({ a: string }, { "x-kubernetes-preserve-unknown-fields": true }), false],
    ["other items", { type: "array", items: string }, { type: "array", items: { type: "integer" } }, false],
    [
      "other values",
      { type: "object", additionalProperties: string },
      { type: "object", additionalProperties: object({ a: string }) },
      false,
    ],
    [
      "an atomic map",
      { type: "object", additionalProperties: string },
      { type: "object", additionalProperties: string, "x-kubernetes-map-type": "atomic" },
      false,
    ],
    ["integers and numbers", { type: "integer" }, { type: "number" }, false],
  ])("%s: %j and %j: %s", (_, left, right, same) => {
    expect(sameShape(nodeOf(left), nodeOf(right))).toBe(same);
    expect(sameShape(nodeOf(right), nodeOf(left))).toBe(same);
  });
});

const condition = {
  lastTransitionTime: { type: "string", format: "date-time" },
  message: { type: "string", maxLength: 32768 },
  observedGeneration: { type: "integer", format: "int64", minimum: 0 },
  reason: { type: "string", minLength: 1, maxLength: 1024, pattern: "^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$" },
  status: { type: "string", enum: ["True", "False", "Unknown"] },
  type: {
    type: "string",
    maxLength: 316,
    pattern:
      "^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])$",
  },
};
const required = ["type", "status", "reason", "message", "lastTransitionTime"];

describe("an object is a type of the core API", () => {
  test.each<[string, object, string | undefined]>([
    [
      "exactly, with other texts",
      object(
        { ...condition, message: { ...condition.message, description: "Said." } },
        { required, description: "A condition." },
      ),
      "Condition",
    ],
    ["whatever its use is", object(condition, { required, nullable: true }), "Condition"],
    ["but for one that is required: no", object(condition, { required: required.slice(1) }), undefined],
    ["but for one constraint: no", object({ ...condition, message: string }, { required }), undefined],
    ["with one field more: no", object({ ...condition, severity: string }, { required }), undefined],
    ["but open: no", object(condition, { required, "x-kubernetes-preserve-unknown-fields": true }), undefined],
    ["by name alone: no", object({ type: string, status: string }), undefined],
    [
      "with defaults",
      object({ key: string, name: { ...string, default: "" }, optional: { type: "boolean" } }, { required: ["key"] }),
      "KeySelector",
    ],
    [
      "but for a default: no",
      object({ key: string, name: string, optional: { type: "boolean" } }, { required: ["key"] }),
      undefined,
    ],
  ])("%s", (_, schema, name) => {
    expect(coreTypes().match(objectOf(schema))?.read).toBe(name);
  });

  it("and an object of nothing is none", () => {
    const empty = objectOf({ type: "object", "x-kubernetes-embedded-resource": true });
    expect(new CoreTypes([{ read: "Nothing", input: "Nothing", schema: empty }]).match(empty)).toBeUndefined();
  });
});

describe("what matches", () => {
  it("keeps its name as an alias, with its own comment", async () => {
    const conditions = { type: "array", items: object(condition, { required, description: "One of them." }) };
    expect((await specText({ conditions })).split("\n\n").slice(2)).toEqual([
      "/** One of them. */\nexport type AnvilSpecConditionsItem = Condition;",
    ]);
  });

  it("has two views where the core type has, and is marked where it is atomic", async () => {
    const reference = object({ name: { ...string, default: "" } }, { "x-kubernetes-map-type": "atomic" });
    expect(await specText({ reference })).toBe(`\
export interface AnvilSpec {
  reference?: Atomic<AnvilSpecReference>;
}

export interface AnvilSpecInput {
  reference?: Atomic<AnvilSpecReferenceInput>;
}

export type AnvilSpecReference = LocalObjectReference;

export type AnvilSpecReferenceInput = LocalObjectReferenceInput;`);
  });
});
