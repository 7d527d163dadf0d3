import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compile, compilers } from "../runtime/gen/consumer.ts";

/** The pages whose programs are checked: the blocks of TypeScript that begin with an import, each a module of its own. */
const root = path.join(import.meta.dirname, "../..");
const pages = [
  "README.md",
  "src/runtime/README.md",
  ...readdirSync(path.join(root, "docs")).map((name) => `docs/${name}`),
].filter((name) => name.endsWith(".md"));

function programsOf(page: string): readonly string[] {
  const text = readFileSync(path.join(root, page), "utf8");
  return [...text.matchAll(/^```ts\n(import [\s\S]*?)^```$/gm)].map(([, program = ""]) => program);
}

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "crd-gen-documentation-"));
  cpSync(path.join(root, "generated-examples/mycoolapp"), path.join(folder, "generated"), { recursive: true });
  mkdirSync(path.join(folder, "node_modules/@crd-gen"), { recursive: true });
  const modules: Readonly<Record<string, string>> = {
    "crd-gen": ".",
    "@crd-gen/runtime": "src/runtime",
    "@kubernetes": "node_modules/@kubernetes",
    "@types": "node_modules/@types",
    "undici-types": "node_modules/undici-types",
  };
  for (const [name, target] of Object.entries(modules)) {
    symlinkSync(path.join(root, target), path.join(folder, "node_modules", name), "dir");
  }
  writeFileSync(path.join(folder, "package.json"), JSON.stringify({ type: "module" }));
  const compilerOptions = {
    strict: true,
    module: "nodenext",
    target: "es2022",
    types: ["node"],
    noEmit: true,
    skipLibCheck: true,
  };
  writeFileSync(path.join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["*.ts"] }));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("the programs of the documentation", () => {
  test("are found", () => {
    expect(pages.filter((page) => programsOf(page).length > 0)).toEqual(
      expect.arrayContaining([
        "README.md",
        "docs/guide.md",
        "docs/production.md",
        "docs/from-client-go.md",
        "docs/from-client-node.md",
      ]),
    );
  });

  test("compile", async () => {
    for (const page of pages) {
      for (const [index, program] of programsOf(page).entries()) {
        writeFileSync(path.join(folder, `${page.replaceAll(/\W/g, "-")}-${index + 1}.ts`), program);
      }
    }
    const newest = compilers.at(-1);
    if (newest === undefined) throw new Error("wanted a compiler, found none");
    expect(await compile(newest, folder)).toEqual([]);
  }, 60_000);
});
