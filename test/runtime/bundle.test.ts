import { describe, expect, test } from "vitest";
import { bundled, oneKind } from "./bundled.ts";

describe("a bundle", () => {
  test("of a program with one kind starts with 25 kB at the most, and has 120 kB in all", async () => {
    const { start, whole } = await bundled(oneKind);
    expect(start.minified).toBeGreaterThan(10_000);
    expect(start.minified).toBeLessThanOrEqual(25_000);
    expect(whole.minified).toBeLessThanOrEqual(120_000);
  });

  test("has nothing of what the program does not use", async () => {
    expect((await bundled(`import "@crd-gen/runtime";`)).whole.minified).toBeLessThan(100);
    const predicates = `import { isNotFound } from "@crd-gen/runtime"; console.log(isNotFound(undefined));`;
    expect((await bundled(predicates)).whole.minified).toBeLessThan(1_000);
  });
});
