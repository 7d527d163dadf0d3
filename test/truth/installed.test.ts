import { expect, test } from "vitest";
import { rootSchema } from "./installed.ts";

const schema = {
  type: "object",
  description: "text",
  oneOf: [{ required: ["a"] }, { required: ["b"] }],
  required: ["spec"],
  properties: {
    spec: {
      type: "object",
      required: ["name", "size"],
      oneOf: [{ required: ["a"] }, { required: ["b"] }],
      "x-kubernetes-validations": [{ rule: "self.size > 1" }],
      properties: {
        name: { type: "string", pattern: "^a", maxLength: 3, enum: ["a", "b"] },
        size: { type: "integer", minimum: 2, default: 5 },
        a: { type: "object", minProperties: 1, additionalProperties: { type: "string", format: "date-time" } },
        b: { type: "array", maxItems: 2, items: { type: "number", multipleOf: 2 } },
        ports: {
          type: "array",
          "x-kubernetes-list-type": "map",
          "x-kubernetes-list-map-keys": ["port", "protocol"],
          items: {
            type: "object",
            required: ["port", "protocol", "mode"],
            properties: {
              port: { type: "integer" },
              protocol: { type: "string", default: "TCP" },
              mode: { type: "string", default: "x" },
            },
          },
        },
      },
    },
  },
};

function installed(
  required: readonly string[],
  item: readonly string[],
  defaults: object,
  itemDefaults: object,
): object {
  return {
    type: "object",
    required: ["spec"],
    properties: {
      spec: {
        type: "object",
        required,
        oneOf: [{ required: ["a"] }, { required: ["b"] }],
        properties: {
          name: { type: "string", enum: ["a", "b"] },
          size: { type: "integer", ...defaults },
          a: { type: "object", additionalProperties: { type: "string" } },
          b: { type: "array", items: { type: "number" } },
          ports: {
            type: "array",
            "x-kubernetes-list-type": "map",
            "x-kubernetes-list-map-keys": ["port", "protocol"],
            items: {
              type: "object",
              required: item,
              properties: {
                port: { type: "integer" },
                protocol: { type: "string", default: "TCP" },
                mode: { type: "string", ...itemDefaults },
              },
            },
          },
        },
      },
    },
  };
}

test("what no type says is not installed", () => {
  const wanted = installed(["name", "size"], ["port", "protocol", "mode"], { default: 5 }, { default: "x" });
  expect(rootSchema(schema, { defaults: true })).toEqual(wanted);
});

test("without defaults nothing that has one is required, but for the keys of a list", () => {
  expect(rootSchema(schema, { defaults: false })).toEqual(installed(["name"], ["port", "protocol"], {}, {}));
});
