import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { coreShapes } from "../../../src/model/core-shapes.ts";
import {
  buildRuntime,
  type CompilerOptions,
  compile,
  compilers,
  type ModuleSetting,
  writeProject,
} from "./consumer.ts";
import { acceptedUses, contractOf, samples } from "./consumer-sources.ts";
import { constraintTags, coreShapeModule } from "./core-shape-types.ts";
import { prelude, refusedUses } from "./refused-uses.ts";

/** The strictest options that the oldest compiler knows too. */
const strictest: CompilerOptions = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noImplicitOverride: true,
  noImplicitReturns: true,
  noFallthroughCasesInSwitch: true,
  isolatedModules: true,
};

const esm: ModuleSetting = { type: "module", moduleResolution: "nodenext" };

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "contract-"));
  await buildRuntime(root);
}, 60_000);
afterAll(() => rm(root, { recursive: true, force: true }));

describe.concurrent.each(compilers)("under $name", (compiler) => {
  it("compiles what must compile, and refuses each use that must not for its own reason", async () => {
    const uses = refusedUses.map(
      ({ code }, index) => `export async function use${index}(): Promise<void> {\n${code}\n}`,
    );
    const text = [prelude, ...uses].join("\n");
    const lines = text.split("\n");
    const wanted = lines.flatMap((source, index) => {
      const [, code, words = ""] = /\/\/ error: (TS\d+) ?(.*)$/.exec(source) ?? [];
      return code === undefined ? [] : [{ file: "refused.ts", line: index + 1, source, code, words }];
    });
    expect(wanted).toHaveLength(refusedUses.length);

    const { "core.ts": core = "" } = await contractOf(root, "source");
    const files = {
      ...(await samples()),
      ...(await acceptedUses()),
      "alone/core.ts": core,
      "refused.ts": text,
      "shapes.ts": coreShapeModule(coreShapes),
    };
    const errors = await compile(compiler, await writeProject(root, { setting: esm, files, options: strictest }));
    const found = errors.map(({ file, line, code, text: message }) => {
      const words = wanted.find((use) => use.file === file && use.line === line)?.words;
      const source = file === "refused.ts" ? (lines[line - 1] ?? "") : "";
      return { file, line, source, code, words: words !== undefined && message.includes(words) ? words : message };
    });
    expect(found).toEqual(wanted);
  }, 60_000);

  const settings = (["module", "commonjs"] as const).flatMap((type) =>
    (["node16", "nodenext", "bundler"] as const).map((moduleResolution): ModuleSetting => ({ type, moduleResolution })),
  );
  it.each(settings)(
    "works in a package of type $type with moduleResolution $moduleResolution",
    async (setting) => {
      const resolved = `import type { Condition } from "@crd-gen/runtime/gen/v1";
export const state: Condition["status"] = "Perhaps";`;
      const files = { ...(await samples()), "resolved.ts": resolved };
      const project = await writeProject(root, { setting, files, options: strictest });
      // The one error shows that the types were found: unresolved, or resolved to `any`, they would not give it.
      expect(await compile(compiler, project)).toMatchObject([{ file: "resolved.ts", line: 2, code: "TS2322" }]);
    },
    60_000,
  );
});

it("has one set of declarations for both kinds of module", async () => {
  const { "v1.d.cts": text = "" } = await contractOf(root);
  expect(
    text
      .replace(/\/\*[\s\S]*?\*\//, "")
      .trim()
      .split("\n"),
  ).toHaveLength(1);
});

it("has no code", async () => {
  const { "v1.js": text = "" } = await contractOf(root, "code");
  expect(text.replace(/\/\*[\s\S]*?\*\//g, "").trim()).toBe("export {};");
});

it.each(coreShapes)("says the constraints of $name in comments", async ({ name, input, schemas }) => {
  const { "core.ts": core = "" } = await contractOf(root, "source");
  const blocks = new Map(
    core.split(/\n(?=\/\*\*)/).map((block) => [/export (?:interface|type) (\w+)/.exec(block)?.[1], block]),
  );
  for (const view of [name, input]) {
    const block = blocks.get(view) ?? "";
    const comments = block.includes("Quantity") ? `${blocks.get("Quantity")}\n${block}` : block;
    for (const tag of schemas.flatMap(constraintTags))
      expect(comments.split("\n").map((line) => line.replace(/^[\s/*]+| \*\/$/g, ""))).toContain(tag);
  }
});
