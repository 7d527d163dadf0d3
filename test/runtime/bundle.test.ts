import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { rolldown } from "rolldown";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const root = path.join(import.meta.dirname, "../..");
const runtime = path.join(root, "src/runtime/dist/index.js");
const kind = path.join(root, "generated-examples/mycoolapp/stable.example.com/v1/mycoolapps.ts");

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "crd-gen-bundle-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** How large a program is with all that it imports, minified, without the packages that the runtime stands on. Bytes. */
interface Sizes {
  /** The program and what it cannot start without. */
  readonly start: number;
  /** With what is loaded when it is wanted. */
  readonly whole: number;
}

async function bundled(program: string): Promise<Sizes> {
  const input = path.join(folder, "program.ts");
  writeFileSync(input, program);
  const bundle = await rolldown({
    input,
    platform: "node",
    external: ["undici", "@kubernetes/client-node"],
    resolve: { alias: { "@crd-gen/runtime": runtime } },
  });
  const { output } = await bundle.generate({ format: "esm", minify: true });
  await bundle.close();
  const chunks = new Map(output.filter((part) => part.type === "chunk").map((chunk) => [chunk.fileName, chunk]));
  const start = new Set(output.filter((part) => part.type === "chunk" && part.isEntry).map((part) => part.fileName));
  // What is added on the way is gone through as well.
  for (const file of start) for (const name of chunks.get(file)?.imports ?? []) if (chunks.has(name)) start.add(name);
  const sizeOf = (names: Iterable<string>): number =>
    [...names].reduce((sum, name) => sum + Buffer.byteLength(chunks.get(name)?.code ?? ""), 0);
  return { start: sizeOf(start), whole: sizeOf(chunks.keys()) };
}

describe("a bundle", () => {
  test("of a program with one kind starts with 25 kB at the most, and has 80 kB in all", async () => {
    const { start, whole } = await bundled(`
      import { DynamicClient } from "@crd-gen/runtime";
      import { myCoolAppClient } from ${JSON.stringify(kind)};
      const client = await DynamicClient.fromDefault();
      console.log(await myCoolAppClient(client).namespace("default").get("backend-service"));
    `);
    expect(start).toBeGreaterThan(10_000);
    expect(start).toBeLessThanOrEqual(25_000);
    expect(whole).toBeLessThanOrEqual(80_000);
  });

  test("has nothing of what the program does not use", async () => {
    expect((await bundled(`import "@crd-gen/runtime";`)).whole).toBeLessThan(100);
    const predicates = `import { isNotFound } from "@crd-gen/runtime"; console.log(isNotFound(undefined));`;
    expect((await bundled(predicates)).whole).toBeLessThan(1_000);
  });
});
