import { existsSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { readFileDocuments } from "../../src/cli/read-source.ts";
import { type Outcome, run } from "../../src/cli/run.ts";
import type { GenerateOptions } from "../../src/generated.ts";
import { plainSettings } from "../cli/fake-stages.ts";
import { realStages } from "../cli/real-stages.ts";
import { definition } from "../definition.ts";
import { contentsOf, temporaryFolder } from "../temporary-folder.ts";
import { runs } from "./runs.ts";

const tampering = ["edit-output", "remove-output", "windows-output"] as const;
/** `clone`: only the lock is left, as in a fresh clone of a project that commits no more. */
const spoiling = ["remove-cache", "break-cache", "clone"] as const;

/** What is done between two runs. Numbers choose among what there is. */
type Edit =
  | {
      readonly kind: "write-source";
      readonly source: number;
      readonly documents: readonly number[];
      readonly style: number;
    }
  | { readonly kind: "remove-source"; readonly source: number }
  | { readonly kind: "options"; readonly options: number }
  | { readonly kind: (typeof tampering)[number]; readonly file: number }
  | { readonly kind: (typeof spoiling)[number] };

const sources = ["a.yaml", "b.yaml", "deep/c.yaml", "deep/d.yml"];

/** Definitions in several states, of which not all can stand together, and documents that are none. */
const documents: readonly object[] = [
  crd("anvils", {}),
  crd("anvils", { weight: { type: "integer", minimum: 1 } }),
  crd("anvils", { weight: { type: "string", default: "1", "x-unknown": true } }),
  crd("tongs", { length: { type: "number", format: "double" } }),
  crd("tongs", { length: { type: "object", properties: { unit: { type: "string", enum: ["cm", ""] } } } }),
  crd("hammers", { handle: { "x-kubernetes-int-or-string": true } }, "tools.example.com"),
  { apiVersion: "v1", kind: "List", items: [crd("chisels", { edge: { type: "boolean" } })] },
  { apiVersion: "v1", kind: "Service", metadata: { name: "web" } },
  crd("saws", { teeth: { type: 7 } }),
];

function crd(plural: string, properties: object, group = "forge.example.com"): object {
  return definition({
    metadata: { name: `${plural}.${group}` },
    names: { plural, kind: plural.charAt(0).toUpperCase() + plural.slice(1, -1) },
    spec: { group },
    versions: [{}, { name: "v2", storage: false, served: false }],
    schema: { type: "object", properties: { spec: { type: "object", properties } } },
  });
}

/** The last one gives a warning. */
const options: readonly GenerateOptions[] = [
  {},
  { unserved: true },
  { kinds: ["Tong", "Anvil"] },
  { typesOnly: true, importExtension: ".ts" },
  { definitions: true },
  { types: { None: { from: "x", name: "y" } } },
];

const number = fc.nat({ max: 1000 });
const kindOf = <Kind extends string>(...kinds: readonly Kind[]): fc.Arbitrary<Kind> => fc.constantFrom(...kinds);
// Mostly those that can stand together: where a source is wrong, nothing of the others is kept.
const wanted = fc.oneof(
  { weight: 16, arbitrary: fc.constantFrom(0, 3, 5, 6, 7) },
  { weight: 3, arbitrary: fc.constantFrom(1, 2, 4) },
  { weight: 1, arbitrary: fc.constant(8) },
);
const edits: fc.Arbitrary<Edit> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: kindOf("write-source"),
      source: number,
      documents: fc.uniqueArray(wanted, { minLength: 1, maxLength: 3 }),
      style: number,
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: kindOf("remove-source"), source: number }) },
  { weight: 2, arbitrary: fc.record({ kind: kindOf("options"), options: number }) },
  { weight: 2, arbitrary: fc.record({ kind: kindOf(...tampering), file: number }) },
  { weight: 1, arbitrary: fc.record({ kind: kindOf(...spoiling) }) },
);

function pick<T>(list: readonly T[], choice: number): T {
  const one = list[choice % list.length];
  if (one === undefined) throw new Error("expected a list that is not empty");
  return one;
}

/** The text of a source, which says the same in every style. */
function textOf(chosen: readonly number[], style: number): string {
  const texts = chosen.map((choice) => JSON.stringify(pick(documents, choice), undefined, style % 3));
  return `${style % 2 === 0 ? "" : "# a comment\n---\n"}${texts.join("\n---\n")}\n`;
}

function filesIn(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
}

/** A folder as version control sees it. */
function committed(folder: string): Record<string, string | null> {
  const contents = existsSync(folder) ? contentsOf(folder) : {};
  return Object.fromEntries(
    Object.entries(contents).map(([name, content]) => [name, content?.replaceAll("\r\n", "\n") ?? null]),
  );
}

const longAgo = 1000;

/** A project in which sources, options and output change between the runs. */
class Project {
  readonly #cwd = temporaryFolder({ "crds/deep/": "", "crds/a.yaml": textOf([0, 3], 0), "node_modules/": "" });
  #options: GenerateOptions = {};
  #isTampered = false;
  /** How many runs had something to do, and did not look into every source. */
  partial = 0;

  apply(edit: Edit): void {
    const cache = path.join(this.#cwd, "node_modules/.cache");
    switch (edit.kind) {
      case "write-source":
        writeFileSync(this.#source(edit.source), textOf(edit.documents, edit.style));
        return;
      case "remove-source":
        rmSync(this.#source(edit.source), { force: true });
        return;
      case "options":
        this.#options = pick(options, edit.options);
        return;
      case "remove-cache":
        rmSync(cache, { recursive: true, force: true });
        return;
      case "break-cache":
        for (const file of filesIn(cache)) writeFileSync(file, readFileSync(file, "utf8").slice(0, -100));
        return;
      case "clone":
        for (const file of this.#output()) rmSync(file);
        return;
      case "edit-output":
      case "remove-output":
      case "windows-output":
        this.#tamper(edit.kind, edit.file);
    }
  }

  /** Runs over what there is, and into an empty folder, and compares what came of it. */
  async check(): Promise<void> {
    const out = path.join(this.#cwd, "out");
    const before = committed(out);
    for (const file of filesIn(out)) utimesSync(file, longAgo, longAgo);
    const { outcome, looks } = await this.#run("out");
    const { outcome: wanted, looks: all } = await this.#run("cold");
    if (wanted.exitCode === 0 && looks > 0 && looks < all) this.partial += 1;
    const cold = path.join(this.#cwd, "cold");
    expect(outcome.exitCode).toBe(wanted.exitCode);
    if (outcome.upToDate === undefined) {
      expect(outcome.diagnostics).toEqual(wanted.diagnostics);
      expect(outcome.generated).toEqual(wanted.generated);
    } else expect(wanted.diagnostics).toHaveLength(outcome.upToDate.warnings);
    if (wanted.exitCode === 0) this.#isTampered = false;
    const after = committed(out);
    expect(after).toEqual(wanted.exitCode === 0 ? committed(cold) : before);
    for (const [name, content] of Object.entries(after)) {
      if (content === null || content !== before[name] || name === "crd-gen.lock") continue;
      expect(statSync(path.join(out, name)).mtimeMs, name).toBe(longAgo * 1000);
    }
    rmSync(cold, { recursive: true, force: true });
  }

  #source(choice: number): string {
    return path.join(this.#cwd, "crds", pick(sources, choice));
  }

  /** The generated files. */
  #output(): readonly string[] {
    return filesIn(path.join(this.#cwd, "out")).filter((file) => !file.endsWith(".lock"));
  }

  #tamper(kind: (typeof tampering)[number], choice: number): void {
    const files = this.#output();
    if (files.length === 0) return;
    const file = pick(files, choice);
    const text = readFileSync(file, "utf8");
    this.#isTampered ||= kind !== "windows-output";
    if (kind === "remove-output") rmSync(file);
    else writeFileSync(file, kind === "edit-output" ? `${text}edited\n` : text.replaceAll("\n", "\r\n"));
  }

  async #run(out: string): Promise<{ readonly outcome: Outcome; readonly looks: number }> {
    let looks = 0;
    const settings = { ...plainSettings, sources: ["crds"], out, options: this.#options, yes: true };
    const stages = realStages({
      readFileDocuments: (source) => {
        looks += 1;
        return readFileDocuments(source);
      },
    });
    const { signal } = new AbortController();
    const force = this.#isTampered;
    const outcome = await run({ ...settings, force }, { cwd: this.#cwd, version: "1.2.3", stages, signal });
    if (outcome === undefined) throw new Error("expected an outcome, got an aborted run");
    return { outcome, looks };
  }
}

test("whatever changes between two runs, the second gives what a run into an empty folder gives", {
  timeout: 120_000,
}, async () => {
  let partial = 0;
  const property = fc.asyncProperty(fc.array(edits, { minLength: 2, maxLength: 8 }), async (sequence) => {
    const project = new Project();
    await project.check();
    for (const edit of sequence) {
      project.apply(edit);
      await project.check();
    }
    partial += project.partial;
  });
  await fc.assert(property, runs(30));
  // Were everything looked into each time, nothing would have been tried.
  expect(partial).toBeGreaterThan(5);
});
