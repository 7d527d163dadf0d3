import { expect, test } from "vitest";
import { compiledShapes } from "../../src/declare/compiled-shapes.ts";
import { compileShapes } from "../../src/declare/type-shapes.ts";

test("the committed shapes are what json-schema-to-typescript prints today", async () => {
  const compiled = await compileShapes(Object.keys(compiledShapes));
  expect(compiledShapes).toEqual(Object.fromEntries(compiled));
});
