import { describe, expect, test } from "vitest";
import type { Outcome } from "../../src/cli/run.ts";
import type { Settings } from "../../src/cli/settings.ts";
import { problemsText, summaryJson, summaryText } from "../../src/cli/summary.ts";
import type { Loss } from "../../src/generated.ts";
import type { Lock } from "../../src/output/lock.ts";
import { errorSaying, plainSettings, resourceNamed } from "./fake-stages.ts";

const settings: Settings = { ...plainSettings, out: "client" };
const lost: Loss = { class: "lost", crd: "a", version: "v1", path: "spec", what: "x", emitted: "y" };
const location = { source: "a.yaml", document: 2 };
const outcome: Outcome = {
  exitCode: 0,
  diagnostics: [{ severity: "warning", code: "test", message: "careful", location }],
  generated: {
    resources: [{ ...resourceNamed("a", ["a.yaml"]), losses: [lost, { ...lost, class: "weaker" }] }],
    definitions: [],
    skipped: [{ location, what: "v1/Service web" }],
    diagnostics: [],
    files: [],
  },
  plan: {
    files: [
      { path: "a.ts", state: "new", digest: "1" },
      { path: "index.ts", state: "unchanged", digest: "2" },
    ],
    obsolete: [],
    lock: { generator: "1", contract: "v1", options: "{}", warnings: 1, sources: [], definitions: [], files: [] },
    lockText: "the text",
    refused: [],
  },
  reasons: [],
};

test("tells a person what was done, what types cannot say, what was skipped and what is missing", () => {
  expect(summaryText(outcome, settings, "npm install x")).toBe(
    "generated 1 kind in 1 version into client: 2 files, 1 new, 0 changed, 1 unchanged\n" +
      "not said by types: 1 lost, 1 weaker than the schema, 1 in comments only; --report FILE lists them\n" +
      "  lost: a v1 spec: x\n" +
      "skipped 1 document without a CustomResourceDefinition; --verbose names them\n" +
      "the generated code needs @crd-gen/runtime, which package.json does not list; add it: npm install x\n",
  );
});

test("names skipped documents where asked to, and the report where there is one", () => {
  const text = summaryText(outcome, { ...settings, verbose: true, report: "r.json" }, undefined);
  expect(text).toContain("; listed in r.json\n");
  expect(text).toContain("CustomResourceDefinition:\n  a.yaml (document 2): v1/Service web\n");
  expect(text).not.toContain("@crd-gen/runtime");
});

test("counts the kinds that were generated, and the definitions that were exported", () => {
  const file = { path: "g/as.crd.ts", content: "" };
  const [a, b] = [resourceNamed("a", ["a.yaml"]), resourceNamed("b", ["a.yaml"])];
  const resources = [
    { ...a, definition: file },
    { ...b, kinds: [] },
  ];
  const exported = { ...outcome, generated: { ...outcome.generated, resources } };
  expect(summaryText(exported, settings, undefined)).toMatch(
    /^generated 1 kind in 1 version and 1 definition into client: 2 files,/,
  );
  expect(JSON.parse(summaryJson(exported, settings, undefined)).counts).toMatchObject({ kinds: 1, definitions: 1 });
});

test("says nothing of what there is not", () => {
  const plain = { ...outcome, generated: { ...outcome.generated, definitions: [], skipped: [], resources: [] } };
  expect(summaryText(plain, settings, undefined).split("\n")).toHaveLength(2);
});

describe("where nothing was to be done", () => {
  const definition = { name: "a.g", digest: "1", versions: ["v1", "v2"], lost: 1, weaker: 2, comments: 3 };
  const lock: Lock = {
    generator: "1",
    contract: "v1",
    options: "{}",
    warnings: 0,
    sources: [{ name: "../a.yaml", digest: "1", skipped: 2 }],
    definitions: [definition, { ...definition, name: "b.g", versions: ["v1"], lost: 0 }],
    files: [{ path: "a.ts", digest: "1" }],
  };
  const nothing = { resources: [], definitions: [], skipped: [], diagnostics: [], files: [] };
  const done: Outcome = { exitCode: 0, diagnostics: [], generated: nothing, reasons: [], upToDate: lock };

  test.each([
    [0, ""],
    [1, "1 warning as before; --force looks at everything again and gives it\n"],
    [2, "2 warnings as before; --force looks at everything again and gives them\n"],
  ])("tells a person so, and of %i warnings given before", (warnings, line) => {
    expect(summaryText({ ...done, upToDate: { ...lock, warnings } }, settings, undefined)).toBe(
      `nothing has changed: 2 kinds in 3 versions in client, 1 file\n${line}`,
    );
  });

  test("counts the definitions that were exported, and no kind of which no version was wanted", () => {
    const definitions = [...lock.definitions, { ...definition, name: "c.g", versions: [] }];
    const files = [...lock.files, { path: "g/as.crd.ts", digest: "1" }, { path: "g/bs.crd.ts", digest: "1" }];
    const exported = { ...done, upToDate: { ...lock, definitions, files } };
    expect(summaryText(exported, settings, undefined)).toBe(
      "nothing has changed: 2 kinds in 3 versions and 2 definitions in client, 3 files\n",
    );
    expect(JSON.parse(summaryJson(exported, settings, undefined)).counts).toMatchObject({ kinds: 2, definitions: 2 });
  });

  test("gives a program what the lock has", () => {
    expect(JSON.parse(summaryJson(done, settings, undefined))).toEqual({
      exitCode: 0,
      out: "client",
      mode: "write",
      upToDate: true,
      reasons: [],
      counts: {
        kinds: 2,
        versions: 3,
        definitions: 0,
        files: 1,
        new: 0,
        changed: 0,
        unchanged: 1,
        edited: 0,
        missing: 0,
        foreign: 0,
        removed: 0,
        skipped: 2,
        lost: 1,
        weaker: 4,
        jsdoc: 6,
      },
      files: [{ path: "a.ts", state: "unchanged" }],
      skipped: [],
      diagnostics: [],
    });
  });
});

test("counts what was removed where something was, and lists in a dry run what would become of each file", () => {
  const { plan } = outcome;
  if (plan === undefined) throw new Error("expected a plan");
  const files = (["new", "changed", "unchanged", "edited", "missing"] as const).map((state) => ({
    path: `g/${state}.ts`,
    state,
    digest: "1",
  }));
  const obsolete = [{ path: "gone.ts", state: "obsolete" as const }];
  const removing: Outcome = { ...outcome, plan: { ...plan, files, obsolete } };
  const [head] = summaryText(removing, settings, undefined).split("\n");
  expect(head).toBe("generated 1 kind in 1 version into client: 5 files, 1 new, 1 changed, 1 unchanged, 1 removed");
  expect(
    summaryText(removing, { ...settings, mode: "dry-run" }, undefined)
      .split("\n")
      .slice(0, 6),
  ).toEqual([
    "would generate 1 kind in 1 version into client: 5 files, 1 new, 1 changed, 1 unchanged, 1 removed",
    "  write   client/g/new.ts",
    "  change  client/g/changed.ts",
    "  edited  client/g/edited.ts",
    "  restore client/g/missing.ts",
    "  remove  client/gone.ts",
  ]);
});

test("prints problems one a line, warnings marked, and that nothing was written", () => {
  expect(problemsText(outcome)).toBe("warning: a.yaml (document 2): careful\n");
  const diagnostics = [...outcome.diagnostics, errorSaying("wrong")];
  expect(problemsText({ diagnostics })).toBe(
    "warning: a.yaml (document 2): careful\nwrong\n1 error; nothing was written\n",
  );
  expect(problemsText({ diagnostics: [] })).toBe("");
});

test("gives a program everything as one JSON document", () => {
  expect(JSON.parse(summaryJson(outcome, settings, "npm install x"))).toEqual({
    exitCode: 0,
    out: "client",
    mode: "write",
    upToDate: false,
    reasons: [],
    counts: {
      kinds: 1,
      versions: 1,
      definitions: 0,
      files: 2,
      new: 1,
      changed: 0,
      unchanged: 1,
      edited: 0,
      missing: 0,
      foreign: 0,
      removed: 0,
      skipped: 1,
      lost: 1,
      weaker: 1,
      jsdoc: 1,
    },
    files: [
      { path: "a.ts", state: "new" },
      { path: "index.ts", state: "unchanged" },
    ],
    skipped: outcome.generated.skipped,
    diagnostics: outcome.diagnostics,
    install: "npm install x",
  });
});
