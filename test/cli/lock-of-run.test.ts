import * as path from "node:path";
import { describe, expect, test } from "vitest";
import { lockedName, lockOfRun, optionsText, type RunForLock } from "../../src/cli/lock-of-run.ts";
import type { Delivery } from "../../src/cli/work.ts";
import { digestOf } from "../../src/digest.ts";
import type { Generated, GenerateOptions, Part } from "../../src/generated.ts";
import { OutputFolder } from "../../src/output/output-folder.ts";
import type { FileSource, Source } from "../../src/read/sources.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { errorSaying, resourceNamed } from "./fake-stages.ts";

function fileSource(name: string, cwd: string): FileSource {
  return { kind: "file", name, path: path.resolve(cwd, name) };
}

const cluster: Source = { kind: "cluster", name: "<cluster>" };
const url: Source = {
  kind: "url",
  name: "https://example.com/a.yaml?…",
  url: "https://me:x@example.com/a.yaml?token=x",
};
const stdin: Source = { kind: "stdin", name: "<stdin>" };

test.each<readonly [GenerateOptions, string]>([
  [{}, "{}"],
  [{ listJsdoc: true }, "{}"],
  [{ kinds: ["B", "A"], groups: ["g"] }, '{"groups":["g"],"kinds":["A","B"]}'],
  [
    { unserved: true, typesOnly: false, importExtension: ".js" },
    '{"importExtension":".js","typesOnly":false,"unserved":true}',
  ],
])("the options %j are %s, in whatever order they are said", (options, text) => {
  expect(optionsText(options)).toBe(text);
  expect(optionsText(Object.fromEntries(Object.entries(options).reverse()))).toBe(text);
});

test("a list of names is the same in any order, and what was given is left alone", () => {
  const kinds = ["B", "A"];
  expect(optionsText({ kinds })).toBe(optionsText({ kinds: ["A", "B"] }));
  expect(kinds).toEqual(["B", "A"]);
});

test.each([
  ["crds/a.yaml", "../crds/a.yaml"],
  ["out/a.yaml", "a.yaml"],
  ["../a.yaml", "../../a.yaml"],
])("a lock calls the file %s %s", (name, locked) => {
  const cwd = temporaryFolder();
  const folder = new OutputFolder("out", cwd);
  expect(lockedName(fileSource(name, cwd), folder)).toBe(locked);
  // Whatever the user calls it.
  expect(lockedName({ ...fileSource(name, cwd), name: path.resolve(cwd, name) }, folder)).toBe(locked);
});

test.each([url, stdin, cluster])("a lock calls what is no file as messages do: %j", (source) => {
  expect(lockedName(source, new OutputFolder("out", temporaryFolder()))).toBe(source.name);
});

describe("the lock of a run", () => {
  const [a, b] = [resourceNamed("a", ["a.yaml"]), resourceNamed("b", ["<cluster>"])];
  const loss = { crd: "a", version: "v1", path: "spec", what: "x", emitted: "y" };
  const generated: Generated = {
    resources: [
      {
        ...a,
        losses: [
          { ...loss, class: "lost" },
          { ...loss, class: "weaker" },
        ],
        jsdocCounts: { minimum: 2, pattern: 3 },
      },
      b,
    ],
    definitions: [],
    skipped: [],
    diagnostics: [{ ...errorSaying("careful"), severity: "warning" }],
    files: [],
  };
  const part: Part = {
    resources: [],
    definitions: [],
    skipped: [{ location: { source: "a.yaml", document: 2 }, what: "v1/Service web" }],
    diagnostics: [],
  };
  const delivery: Delivery = { source: "a.yaml", digest: "d1", part, staged: [], problems: [] };
  const runIn = (cwd: string): RunForLock => ({
    generator: "1.2.3",
    options: { kinds: ["A"] },
    generated,
    sources: [cluster, fileSource("a.yaml", cwd)],
    deliveries: [delivery, { ...delivery, source: "<cluster>", digest: undefined, part: { ...part, skipped: [] } }],
    folder: new OutputFolder("out", cwd),
    files: [
      { path: "a.ts", state: "new", digest: "da" },
      { path: "b.ts", state: "unchanged", digest: "db" },
      { path: "index.ts", state: "new", digest: "di" },
    ],
  });
  const [ofA, ofB] = [digestOf("da\n"), digestOf("db\n")];

  test("has what it was made from and what was made", () => {
    expect(lockOfRun(runIn(temporaryFolder()))).toEqual({
      generator: "1.2.3",
      contract: "v1",
      options: '{"kinds":["A"]}',
      warnings: 1,
      sources: [
        // Of a cluster no bytes are known, only what became of it.
        { name: "<cluster>", digest: digestOf(`a ${ofA}\nb ${ofB}\n`), skipped: 0 },
        { name: "../a.yaml", digest: "d1", skipped: 1 },
      ],
      definitions: [
        { name: "a", digest: ofA, versions: ["v1"], lost: 1, weaker: 1, comments: 5 },
        { name: "b", digest: ofB, versions: ["v1"], lost: 0, weaker: 0, comments: 1 },
      ],
      files: [
        { path: "a.ts", digest: "da" },
        { path: "b.ts", digest: "db" },
        { path: "index.ts", digest: "di" },
      ],
    });
  });

  test("has the file that exports a definition in its digest", () => {
    const run = runIn(temporaryFolder());
    const definition = { path: "a.crd.ts", content: "" };
    const files = [{ path: "a.crd.ts", state: "new", digest: "dc" } as const, ...run.files];
    const lock = lockOfRun({ ...run, files, generated: { ...generated, resources: [{ ...a, definition }, b] } });
    expect(lock.definitions.map(({ digest }) => digest)).toEqual([digestOf("da\ndc\n"), ofB]);
  });

  test("is the same whatever the state of the files before", () => {
    const run = runIn(temporaryFolder());
    const files = run.files.map((file) => ({ ...file, state: "changed" as const }));
    expect(lockOfRun({ ...run, files })).toEqual(lockOfRun(run));
  });

  test("adds up what the pages of a cluster skipped", () => {
    const run = runIn(temporaryFolder());
    const page = { ...delivery, source: "<cluster>", digest: undefined };
    expect(lockOfRun({ ...run, sources: [cluster], deliveries: [page, page] }).sources).toMatchObject([{ skipped: 2 }]);
  });
});
