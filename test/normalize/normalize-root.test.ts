import { describe, expect, it, test } from "vitest";
import { normalizeNode, normalizeRoot } from "./normalized.ts";

const string = { type: "string" };
const text = { kind: "scalar", type: "string" };
const open = { "x-kubernetes-preserve-unknown-fields": true };

describe("the root", () => {
  it("is an object with every property, in the order of the keys", () => {
    const properties = { status: string, data: string, apiVersion: string, spec: string };
    const schema = { kind: "object", properties: { apiVersion: text, "data!": text, spec: text, status: text } };
    expect(normalizeRoot({ type: "object", properties, required: ["data"] })).toMatchObject({ schema, losses: [] });
    expect(normalizeRoot({ properties, required: ["data"] }).schema).toEqual(schema);
  });

  it("is open where it keeps unknown fields, and where there is no schema", () => {
    const schema = { kind: "object", open: true, properties: {} };
    expect(normalizeRoot({ type: "object", ...open })).toMatchObject({ schema, losses: [] });
    expect(normalizeRoot({}, { versions: [{ schema: null }] })).toMatchObject({
      schema,
      losses: ["weaker: no schema → every key is kept, as unknown"],
    });
  });

  it("is open with every object below where spec.preserveUnknownFields is set", () => {
    const schema = {
      type: "object",
      properties: {
        spec: { type: "object" },
        list: { type: "array", items: { type: "object", properties: { a: string } } },
      },
    };
    const everywhere = { kind: "object", open: true };
    expect(normalizeRoot(schema, { spec: { preserveUnknownFields: true } }).schema).toEqual({
      ...everywhere,
      properties: {
        list: { kind: "array", items: { ...everywhere, properties: { a: text } } },
        spec: { ...everywhere, properties: {} },
      },
    });
  });

  it("has apiVersion, kind and metadata whether or not they are declared, so nothing is lost where they are required", () => {
    const required = ["apiVersion", "kind", "metadata", "spec"];
    expect(normalizeRoot({ type: "object", properties: { spec: string }, required })).toMatchObject({
      schema: { kind: "object", properties: { "spec!": text } },
      losses: [],
    });
  });

  it("is not open with additionalProperties: false, and reported with any other", () => {
    const closed = { type: "object", properties: { spec: string }, additionalProperties: false };
    expect(normalizeRoot(closed)).toMatchObject({ schema: { kind: "object", properties: { spec: text } }, losses: [] });
    expect(normalizeRoot(closed).schema).not.toHaveProperty("open");
    expect(normalizeRoot({ ...closed, additionalProperties: true })).toMatchObject({
      schema: { open: true },
      losses: ["weaker: additionalProperties beside properties → [key: string]: unknown"],
    });
  });

  it("has no exclusive union, since its name is an interface: the comment says it", () => {
    const properties = { spec: string, data: string };
    const oneOf = [{ required: ["spec"] }, { required: ["data"] }];
    expect(normalizeRoot({ type: "object", properties, oneOf })).toMatchObject({
      schema: { tags: ['oneOf [{"required":["spec"]},{"required":["data"]}]'] },
      counts: { oneOf: 1 },
    });
  });

  test.each<[unknown, string]>([
    [3, "expected an object, got 3"],
    [[], "expected an object, got a list"],
    [{ type: "string" }, 'type: expected object at the root of a kind, got "string"'],
  ])("%j is refused", (schema, error) => {
    expect(normalizeRoot(schema).errors).toEqual([error]);
  });
});

describe("depth", () => {
  const nested = (levels: number): object =>
    levels === 0 ? string : { type: "object", properties: { a: nested(levels - 1) } };

  it("of 200 levels is no problem", () => {
    expect(normalizeNode(nested(200)).errors).toEqual([]);
  });

  it("of more than 250 levels is an error, and not a stack overflow", () => {
    const { errors } = normalizeNode(nested(5000));
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatch(/: expected a schema of at most 250 levels, got a deeper one; split it$/);
  });
});
