import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readDocuments } from "../../../src/read/documents.ts";
import { decodeText } from "../../../src/read/encoding.ts";

const folder = import.meta.dirname;

/** What Kubernetes' own reader makes of one file: the JSON of each document that is not empty, or its error. */
export interface OracleFile {
  readonly file: string;
  readonly documents: readonly { readonly json?: unknown; readonly error?: string }[];
}

/** Whether Go is here to build the oracle. Throws without it where CRD_GEN_REQUIRE_GO=1 demands it. */
export function hasGo(): boolean {
  const found = spawnSync("go", ["version"]).status === 0;
  if (!found && process.env.CRD_GEN_REQUIRE_GO === "1") {
    throw new Error("expected Go to compare with Kubernetes' own YAML reader, found none; install it");
  }
  if (!found) console.warn("skipped: the comparison with Kubernetes' own YAML reader needs Go, which is not installed");
  return found;
}

/** Builds the oracle once and runs it over files. */
export function runOracle(files: readonly string[]): OracleFile[] {
  const build = mkdtempSync(join(tmpdir(), "crd-gen-oracle-"));
  try {
    const program = join(build, "oracle");
    const built = spawnSync("go", ["build", "-o", program, "."], { cwd: folder, encoding: "utf8" });
    if (built.status !== 0) throw new Error(`cannot build the oracle: ${built.stderr}`);
    const run = spawnSync(program, { input: files.join("\n"), encoding: "utf8", maxBuffer: 2 ** 30 });
    if (run.status !== 0) throw new Error(`the oracle failed: ${run.stderr}`);
    return run.stdout
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line) as OracleFile);
  } finally {
    rmSync(build, { recursive: true, force: true });
  }
}

/** Runs the oracle over texts, each as a file of its own, and gives its answers in the same order. */
export function runOracleOnTexts(texts: readonly string[]): OracleFile[] {
  const inputs = mkdtempSync(join(tmpdir(), "crd-gen-yaml-"));
  try {
    const files = texts.map((text, index) => {
      const file = join(inputs, `${index}.yaml`);
      writeFileSync(file, text);
      return file;
    });
    return runOracle(files);
  } finally {
    rmSync(inputs, { recursive: true, force: true });
  }
}

/**
 * Compares our reader with the oracle over one file. Gives what differs, in words, or nothing. The oracle leaves lists
 * as they are, so its answer is unfolded here, and the order of keys, which it sorts, is not compared.
 */
export function difference(oracle: OracleFile): string | undefined {
  return textDifference(oracle, decodeText(readFileSync(oracle.file), oracle.file));
}

/** The same for a text that is no longer in a file. */
export function textDifference(oracle: OracleFile, text: string): string | undefined {
  const { documents, diagnostics } = readDocuments(text, "input.yaml");
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  const refused = oracle.documents.filter(({ error }) => error !== undefined);
  if (errors.length !== refused.length) {
    return `errors: ours ${JSON.stringify(errors.map(({ message }) => message))}, Kubernetes ${JSON.stringify(refused)}`;
  }
  const wanted = oracle.documents.filter(({ error }) => error === undefined).flatMap(({ json }) => unfolded(json));
  const given = documents.map(({ tree }) => sorted(tree));
  const ours = JSON.stringify(given);
  const theirs = JSON.stringify(wanted.map(sorted));
  return ours === theirs ? undefined : `ours ${ours}, Kubernetes ${theirs}`;
}

function unfolded(json: unknown): unknown[] {
  if (typeof json === "object" && json !== null && "items" in json && Array.isArray(json.items)) {
    if ("kind" in json && json.kind === "List") return json.items.flatMap(unfolded);
    if ("kind" in json && json.kind === "CustomResourceDefinitionList") {
      const apiVersion = "apiVersion" in json ? json.apiVersion : undefined;
      return json.items.map((item: object) => ({ apiVersion, kind: "CustomResourceDefinition", ...item }));
    }
  }
  return [json];
}

/** The same tree with each object as a sorted list of its properties, so that `__proto__` is compared like any other. */
function sorted(tree: unknown): unknown {
  if (Array.isArray(tree)) return tree.map(sorted);
  if (typeof tree !== "object" || tree === null) return tree;
  return Object.entries(tree)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => [key, sorted(value)]);
}
