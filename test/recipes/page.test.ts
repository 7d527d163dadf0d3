import { readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { expect, test } from "vitest";
import { blocks } from "./page.ts";

test("each block of the page is used by a test", () => {
  const files = readdirSync(import.meta.dirname).filter((name) => /^(?!page\.).*\.ts$/.test(name));
  const text = files.map((name) => readFileSync(path.join(import.meta.dirname, name), "utf8")).join("\n");
  expect(blocks.size).toBeGreaterThan(10);
  expect([...blocks.keys()].filter((name) => !text.includes(`block("${name}")`))).toEqual([]);
});
