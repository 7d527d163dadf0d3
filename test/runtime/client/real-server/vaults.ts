import type { CustomResourceDefinitionInput } from "../../../../src/runtime/kinds/custom-resource-definition.ts";

export const vaults = { group: "stable.example.com", version: "v1", plural: "vaults" };

const text = { type: "string" };
const rule = (expression: string, more: object = {}): object => ({
  "x-kubernetes-validations": [{ rule: expression, ...more }],
});

/** One field for each rule by which the server may refuse a value, and quote it. */
const properties = {
  immutable: { ...text, ...rule("self == oldSelf", { message: "it may not be changed" }) },
  rule: { ...text, ...rule("self == 'x'") },
  expression: { ...text, ...rule("self == 'x'", { messageExpression: "'wanted x, got ' + self" }) },
  object: {
    type: "object",
    "x-kubernetes-preserve-unknown-fields": true,
    properties: { wanted: text },
    ...rule("has(self.wanted)"),
  },
  maximum: { type: "integer", maximum: 5 },
  factor: { type: "number", multipleOf: 7 },
  short: { ...text, maxLength: 3 },
  long: { ...text, minLength: 300 },
  pattern: { ...text, pattern: "^x:+$" },
  time: { ...text, format: "date-time" },
  email: { ...text, format: "email" },
  bytes: { ...text, format: "byte" },
  enumerated: { ...text, enum: ["a", 'b"c', "d: e"] },
  numbered: { type: "integer", enum: [1, 2] },
  set: { type: "array", "x-kubernetes-list-type": "set", items: text },
  keyed: {
    type: "array",
    "x-kubernetes-list-type": "map",
    "x-kubernetes-list-map-keys": ["name"],
    items: { type: "object", required: ["name"], properties: { name: text } },
  },
  few: { type: "array", maxItems: 1, items: text },
  one: { type: "object", properties: { a: text, b: text }, oneOf: [{ required: ["a"] }, { required: ["b"] }] },
  not: { ...text, not: { pattern: "7f3a" } },
  either: { "x-kubernetes-int-or-string": true, anyOf: [{ type: "integer" }, { type: "string" }] },
  pin: { ...text, ...rule("self == 'x'", { messageExpression: "'value ' + self + ' was used'" }) },
  tokens: { type: "object", additionalProperties: { ...text, maxLength: 1 } },
  locked: { type: "boolean" },
  embedded: { type: "object", "x-kubernetes-embedded-resource": true, "x-kubernetes-preserve-unknown-fields": true },
};

/** It says of what is stored, whatever is sent. */
const closed = rule("!has(self.locked)", { messageExpression: "'password ' + self.immutable + ' is too weak'" });

/** A definition whose objects can be wrong in every way. */
export const vault: CustomResourceDefinitionInput = {
  metadata: { name: "vaults.stable.example.com" },
  spec: {
    group: "stable.example.com",
    scope: "Namespaced",
    names: { kind: "Vault", plural: "vaults" },
    versions: [
      {
        name: "v1",
        served: true,
        storage: true,
        schema: {
          openAPIV3Schema: { type: "object", properties: { spec: { type: "object", properties, ...closed } } },
        },
      },
    ],
  },
};
