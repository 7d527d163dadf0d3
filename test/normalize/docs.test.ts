import { describe, expect, it, test } from "vitest";
import { normalizeNode } from "./normalized.ts";

function tagsOf(node: object): unknown {
  return (normalizeNode({ type: "string", ...node }).schema as { tags?: unknown }).tags ?? [];
}

describe("tags", () => {
  it("have a fixed order, whatever that of the keywords is", () => {
    const keywords = {
      "x-kubernetes-validations": [{ rule: "self > 1" }],
      externalDocs: { url: "https://example.com", description: "more" },
      not: { minimum: 3 },
      example: 2,
      default: 1,
      maxProperties: 9,
      minProperties: 8,
      uniqueItems: true,
      maxItems: 7,
      minItems: 6,
      format: "int32",
      pattern: "^a",
      maxLength: 5,
      minLength: 4,
      multipleOf: 2,
      exclusiveMaximum: true,
      maximum: 10,
      exclusiveMinimum: true,
      minimum: 0,
      title: "A title",
    };
    const expected = [
      "title A title",
      "minimum 0",
      "exclusiveMinimum",
      "maximum 10",
      "exclusiveMaximum",
      "multipleOf 2",
      "minLength 4",
      "maxLength 5",
      "pattern ^a",
      "format int32",
      "minItems 6",
      "maxItems 7",
      "uniqueItems",
      "minProperties 8",
      "maxProperties 9",
      "default 1",
      "example 2",
      "see https://example.com more",
      "rule self > 1",
      'not {"minimum":3}',
    ];
    expect(tagsOf(keywords)).toEqual(expected);
    expect(tagsOf(Object.fromEntries(Object.entries(keywords).reverse()))).toEqual(expected);
  });

  it("are counted each", () => {
    const node = {
      type: "object",
      properties: { a: { type: "string", minLength: 1 }, b: { type: "string", minLength: 2 } },
    };
    expect(normalizeNode(node).counts).toEqual({ minLength: 2 });
  });

  test.each<[object, string[]]>([
    [{ exclusiveMinimum: false, uniqueItems: false }, []],
    [{ externalDocs: {} }, []],
    [{ externalDocs: { description: "a book" } }, ["see - a book"]],
    [{ default: "" }, ['default ""']],
    [{ default: { b: [{ d: 1, c: 2 }], a: 3 } }, ['default {"a":3,"b":[{"c":2,"d":1}]}']],
    [{ example: false }, ["example false"]],
    [{ minimum: -1.5 }, ["minimum -1.5"]],
    [{ format: "nonsense" }, ["format nonsense"]],
  ])("of %j are %j", (node, tags) => {
    expect(tagsOf(node)).toEqual(tags);
  });

  test.each<[object, string]>([
    [{ minimum: "1" }, 'minimum: expected a number, got "1"'],
    [{ minLength: 1.5 }, "minLength: expected a whole number, got 1.5"],
    [{ pattern: 1 }, "pattern: expected a string, got 1"],
    [{ uniqueItems: 1 }, "uniqueItems: expected true or false, got 1"],
    [{ externalDocs: "x" }, 'externalDocs: expected an object, got "x"'],
    [{ "x-kubernetes-validations": {} }, "x-kubernetes-validations: expected a list of rules, got an object"],
    [{ "x-kubernetes-validations": [1] }, "x-kubernetes-validations[0]: expected an object, got 1"],
    [{ "x-kubernetes-validations": [{}] }, "x-kubernetes-validations[0].rule: expected a string, got nothing"],
  ])("of %j are of the wrong type", (node, error) => {
    expect(normalizeNode({ type: "string", ...node }).errors).toEqual([error]);
  });
});

describe("rules", () => {
  test.each<[object, string[], boolean]>([
    [{ rule: "self > 1", message: "be greater" }, ["rule be greater"], false],
    [{ rule: "self > 1", message: "" }, ["rule self > 1"], false],
    [{ rule: "self == oldSelf" }, ["rule self == oldSelf"], true],
    [{ rule: " oldSelf==self\n", message: "may not change" }, ["rule may not change"], true],
    [{ rule: "self == oldSelf || self == ''" }, ["rule self == oldSelf || self == ''"], false],
    [{ rule: "self.a == oldSelf.a" }, ["rule self.a == oldSelf.a"], false],
  ])("%j", (rule, tags, immutable) => {
    const { schema } = normalizeNode({ type: "string", "x-kubernetes-validations": [rule] });
    expect(schema).toEqual({ kind: "scalar", type: "string", tags, ...(immutable ? { immutable } : {}) });
  });

  it("keep their order, and any of them can forbid changes", () => {
    const rules = [{ rule: "b" }, { rule: "self == oldSelf" }, { rule: "a" }];
    expect(normalizeNode({ type: "string", "x-kubernetes-validations": rules }).schema).toMatchObject({
      immutable: true,
      tags: ["rule b", "rule self == oldSelf", "rule a"],
    });
  });
});
