import { expect, it, test } from "vitest";
import { coreShapes } from "../../src/model/core-shapes.ts";
import { coreTypes } from "../../src/model/core-types.ts";
import { contractNames } from "../../src/model/reserved-names.ts";
import { normalizeDefinition } from "../normalize/normalized.ts";

test.each(coreShapes.map((shape) => [shape.name, shape] as const))(
  "%s is found in each of its spellings",
  (name, { schemas, input }) => {
    for (const schema of schemas) {
      const [property] = normalizeDefinition({ schema: { type: "object", properties: { a: schema } } }).schema
        .properties;
      const found = property?.schema.kind === "object" ? coreTypes().match(property.schema) : undefined;
      expect(found).toMatchObject({ read: name, input });
    }
    expect(contractNames).toEqual(expect.arrayContaining([name, input]));
  },
);

it("is made once", () => {
  expect(coreTypes()).toBe(coreTypes());
});
