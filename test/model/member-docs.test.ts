import { expect, test } from "vitest";
import { memberDocs } from "../../src/model/member-docs.ts";
import { normalizeDefinition } from "../normalize/normalized.ts";

const string = { type: "string" };

test.each<[string, object, string, string[]]>([
  ["a scalar", { ...string, description: "A.", minLength: 1 }, "A.", ["minLength 1"]],
  [
    "a list of scalars",
    { type: "array", description: "A.", minItems: 1, items: { ...string, description: "B.", maxLength: 9 } },
    "A.",
    ["minItems 1", "items description B.", "items maxLength 9"],
  ],
  [
    "a map of lists",
    { type: "object", additionalProperties: { type: "array", maxItems: 2, items: { ...string, pattern: "^a" } } },
    "",
    ["values maxItems 2", "values items pattern ^a"],
  ],
  [
    "a list of objects, which have a declaration of their own",
    { type: "array", items: { type: "object", description: "B.", properties: { a: { ...string, minLength: 1 } } } },
    "",
    [],
  ],
])("the comment of %s", (_, schema, description, tags) => {
  const [property] = normalizeDefinition({ schema: { type: "object", properties: { a: schema } } }).schema.properties;
  const docs = property && memberDocs(property.schema);
  expect(docs?.description).toBe(description);
  expect(docs?.tags.map(({ name, text }) => `${name} ${text}`)).toEqual(tags);
});
