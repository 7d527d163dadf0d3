import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import ts from "typescript-5.9";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { corpusFolder } from "../corpus.ts";
import { corpusFiles } from "../corpus-files.ts";
import { checkFidelity, printFinding } from "../fidelity/check.ts";
import { type Generation, generateInto } from "../fidelity/generation.ts";
import { countAny } from "../fidelity/output.ts";
import { buildRuntime, type CompilerOptions, compile, compilers } from "../runtime/gen/consumer.ts";

/** Every strict option that the newest compiler has, without skipLibCheck. */
const compilerOptions: CompilerOptions = {
  target: "es2022",
  lib: ["es2022"],
  types: [],
  module: "nodenext",
  moduleResolution: "nodenext",
  noEmit: true,
  declaration: true,
  skipLibCheck: false,
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noImplicitOverride: true,
  noPropertyAccessFromIndexSignature: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  verbatimModuleSyntax: true,
  isolatedDeclarations: true,
  erasableSyntaxOnly: true,
};

const folder = corpusFolder();

const figures: (readonly [what: string, value: string | number])[] = [];

/** Runs a step and notes how long it took. */
async function timed<T>(what: string, step: () => T | Promise<T>): Promise<T> {
  const start = performance.now();
  const result = await step();
  figures.push([`${what}: seconds`, ((performance.now() - start) / 1000).toFixed(1)]);
  return result;
}

/** Every file of an output folder with the hash of its bytes. */
function hashesOf(folder: string): ReadonlyMap<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"));
  const hash = (name: string): string =>
    createHash("sha256")
      .update(readFileSync(path.join(folder, name)))
      .digest("hex");
  return new Map(names.sort().map((name) => [name, hash(name)] as const));
}

/** The files that differ between two outputs, or are in one of them only. */
function differences(one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): readonly string[] {
  return [...new Set([...one.keys(), ...other.keys()])].filter((name) => one.get(name) !== other.get(name));
}

let root = "";
let crdFiles: readonly string[] = [];
let generation: Generation;
beforeAll(async () => {
  root = mkdtempSync(path.join(tmpdir(), "crd-gen-whole-corpus-"));
  if (folder === undefined) throw new Error("corpus: wanted a corpus, found none");
  crdFiles = corpusFiles(folder);
  figures.push(["files read", crdFiles.length]);
  await buildRuntime(root);
  generation = await timed("generation", () => generateInto(root, [folder]));
});

afterAll(() => {
  rmSync(root, { recursive: true, force: true });
  const width = Math.max(...figures.map(([what]) => what.length));
  console.info(figures.map(([what, value]) => `${what.padEnd(width)}  ${value}`).join("\n"));
});

describe("the whole corpus", () => {
  it("becomes files", () => {
    const files = hashesOf(generation.outputDirectory).size;
    const said = /generated .*/.exec(generation.said)?.[0] ?? "nothing said";
    figures.push(["the command", said], ["files written", files]);
    // That every served version has its file is for the fidelity checker to find out.
    expect(files).toBeGreaterThan(crdFiles.length);
  });

  it("compiles without an error under every strict option", async () => {
    const newest = compilers.find((compiler) => compiler.name === "typescript");
    if (newest === undefined) throw new Error("wanted the newest compiler");
    writeFileSync(path.join(root, "package.json"), JSON.stringify({ type: "module" }));
    writeFileSync(path.join(root, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["out"] }));
    const errors = await timed("compilation", () => compile(newest, root));
    figures.push(["errors of the compiler", errors.length]);
    expect(errors.slice(0, 50)).toEqual([]);
  });

  it("holds no any", () => {
    let found = 0;
    let bytes = 0;
    for (const name of hashesOf(generation.outputDirectory).keys()) {
      const text = readFileSync(path.join(generation.outputDirectory, name), "utf8");
      bytes += text.length;
      found += countAny(ts.createSourceFile(name, text, ts.ScriptTarget.ES2022, false));
    }
    figures.push(["characters written", bytes], ["keyword any", found]);
    expect(found).toBe(0);
  });

  it("says what the schemas say, or the report says what it does not", async () => {
    const findings = await timed("fidelity", () => checkFidelity({ crdFiles, ...generation }));
    const report: { counts?: Record<string, number> } = JSON.parse(readFileSync(generation.reportFile, "utf8"));
    for (const [name, count] of Object.entries(report.counts ?? {})) figures.push([`reported: ${name}`, count]);
    figures.push(["findings of the fidelity checker", findings.length]);
    expect(findings.map(printFinding)).toEqual([]);
  });

  it("is the same bytes from another order of input and with another number of threads", async () => {
    const wanted = hashesOf(generation.outputDirectory);
    const other = path.join(root, "other");
    mkdirSync(other);
    const turned = await timed("generation with one thread", () =>
      generateInto(other, [...crdFiles].reverse(), ["--jobs", "1"]),
    );
    const different = differences(wanted, hashesOf(turned.outputDirectory));
    const sameReport = readFileSync(generation.reportFile, "utf8") === readFileSync(turned.reportFile, "utf8");
    figures.push(["files that differ in another order", different.length]);
    expect(different).toEqual([]);
    expect(sameReport, "the report is the same").toBe(true);
  });
});
