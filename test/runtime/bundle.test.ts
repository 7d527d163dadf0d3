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

/** The bytes of a program with all that it imports, minified, without the packages that the runtime stands on. */
async function bundled(program: string): Promise<number> {
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
  return output.reduce((sum, part) => sum + (part.type === "chunk" ? Buffer.byteLength(part.code) : 0), 0);
}

describe("a bundle", () => {
  test("of a program with one kind stays within 80 kB", async () => {
    const program = `
      import { DynamicClient } from "@crd-gen/runtime";
      import { myCoolAppClient } from ${JSON.stringify(kind)};
      const client = await DynamicClient.fromDefault();
      console.log(await myCoolAppClient(client).namespace("default").get("backend-service"));
    `;
    const bytes = await bundled(program);
    expect(bytes).toBeGreaterThan(10_000);
    expect(bytes).toBeLessThanOrEqual(80_000);
  });

  test("has nothing of what the program does not use", async () => {
    expect(await bundled(`import "@crd-gen/runtime";`)).toBeLessThan(100);
    const predicates = `import { isNotFound } from "@crd-gen/runtime"; console.log(isNotFound(undefined));`;
    expect(await bundled(predicates)).toBeLessThan(5_000);
  });
});
