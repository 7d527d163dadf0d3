import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { corpusFolder } from "../corpus.ts";
import { referenceSet } from "../corpus-files.ts";
import { generateInto } from "../fidelity/generation.ts";
import { buildRuntime, type CompilerOptions, compile, compilers, type ModuleSetting } from "../runtime/gen/consumer.ts";

/** The strictest options that every supported compiler knows. */
const strictest: CompilerOptions = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noImplicitOverride: true,
  noImplicitReturns: true,
  noFallthroughCasesInSwitch: true,
  noPropertyAccessFromIndexSignature: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  isolatedModules: true,
};

/** What the oldest compiler does not know, and what CommonJS modules cannot have, as they are rewritten. */
function flagsFor(compiler: string, { type, moduleResolution }: ModuleSetting): CompilerOptions {
  const kept = type === "module" || moduleResolution === "bundler";
  const newer = { isolatedDeclarations: true, declaration: true, erasableSyntaxOnly: true };
  return { ...(kept ? { verbatimModuleSyntax: true } : {}), ...(compiler === "typescript-5.4" ? {} : newer) };
}

const corpus = corpusFolder();
const fixtureFolders = ["features", "mycoolapp"].map((name) =>
  path.resolve(import.meta.dirname, "../../fixtures", name),
);
const settings = (["module", "commonjs"] as const).flatMap((type) =>
  (["node16", "nodenext", "bundler"] as const).map((moduleResolution): ModuleSetting => ({ type, moduleResolution })),
);

let root = "";
let generated = "";
let fixtures = "";
beforeAll(async () => {
  root = mkdtempSync(path.join(tmpdir(), "crd-gen-typecheck-"));
  await buildRuntime(root);
  if (corpus !== undefined) generated = generateInto(root, referenceSet(corpus), ["--definitions"]).outputDirectory;
  const features = path.join(root, "fixtures");
  mkdirSync(features);
  fixtures = generateInto(features, fixtureFolders, ["--definitions", "--unserved"]).outputDirectory;
}, 120_000);
afterAll(() => rmSync(root, { recursive: true, force: true }));

interface Consumer {
  readonly setting: ModuleSetting;
  readonly options: CompilerOptions;
  /** The generated code, which becomes the folder `out`. */
  readonly out: string;
  /** Source files beside it, by name. */
  readonly files: Readonly<Record<string, string>>;
}

/** A consumer's project with the generated code in its folder `out`. */
function project({ setting, options, out, files }: Consumer): string {
  const folder = mkdtempSync(path.join(root, "project-"));
  const { type, moduleResolution } = setting;
  const module = moduleResolution === "bundler" ? (type === "module" ? "esnext" : "preserve") : moduleResolution;
  const base = {
    target: "es2022",
    lib: ["es2022"],
    types: [],
    module,
    moduleResolution,
    noEmit: true,
    skipLibCheck: false,
  };
  mkdirSync(path.join(folder, "out"));
  cpSync(out, path.join(folder, "out"), { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
  writeFileSync(path.join(folder, "package.json"), JSON.stringify({ type }));
  const compilerOptions = { ...base, ...options };
  writeFileSync(path.join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["out", "*.ts"] }));
  return folder;
}

/** One wrong use: the error that it gives shows that the types were found, and are not `any`. */
const wrongUse = `import type { Certificate } from "./out/cert-manager.io/v1/certificates.js";
export const kind: Certificate["kind"] = "Issuer";
`;

describe.skipIf(corpus === undefined).each(compilers)("what the reference set becomes, under $name", (compiler) => {
  it.each(settings)(
    "compiles as $type with moduleResolution $moduleResolution",
    { timeout: 240_000 },
    async (setting) => {
      const options = { ...strictest, ...flagsFor(compiler.name, setting) };
      const folder = project({ setting, options, out: generated, files: { "wrong-use.ts": wrongUse } });
      expect(await compile(compiler, folder)).toMatchObject([{ file: "wrong-use.ts", line: 2, code: "TS2322" }]);
      rmSync(folder, { recursive: true, force: true });
    },
  );
});

/** The same of a definition that is exported. */
const wrongDefinition = `import { MyCoolAppDefinition } from "./out/stable.example.com/mycoolapps.crd.js";
export const scope: "Cluster" = MyCoolAppDefinition.spec.scope;
`;

describe.each(compilers)("what all fixtures become, with their definitions, under $name", (compiler) => {
  it.each(settings.filter(({ moduleResolution }) => moduleResolution === "nodenext"))(
    "compiles as $type",
    { timeout: 240_000 },
    async (setting) => {
      const options = { ...strictest, ...flagsFor(compiler.name, setting) };
      const folder = project({ setting, options, out: fixtures, files: { "wrong-use.ts": wrongDefinition } });
      expect(await compile(compiler, folder)).toMatchObject([{ file: "wrong-use.ts", line: 2, code: "TS2322" }]);
      rmSync(folder, { recursive: true, force: true });
    },
  );
});

describe.skipIf(corpus === undefined)("the files of the reference set", () => {
  it("are there to be compiled", () => {
    const files = readdirSync(generated, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"));
    expect(files.length).toBeGreaterThan(50);
  });
});
