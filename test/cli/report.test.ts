import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import process from "node:process";
import { expect, test } from "vitest";
import { type Report, reportOf } from "../../src/cli/report.ts";
import { stageReport } from "../../src/cli/staged-report.ts";
import type { GeneratedResource, Loss } from "../../src/generated.ts";
import { contentsOf, temporaryFolder } from "../temporary-folder.ts";

function loss(kind: Loss["class"], crd: string): Loss {
  return { class: kind, crd, version: "v1", path: "spec", what: "format", emitted: "nothing" };
}

function resource(
  crd: string,
  jsdocCounts: Readonly<Record<string, number>>,
  losses: readonly Loss[],
): GeneratedResource {
  return { crd, sources: [], kinds: [], losses, jsdocCounts };
}

const report: Report = { generator: "crd-gen", counts: { lost: 0, weaker: 0, jsdoc: 0 }, losses: [], jsdoc: {} };
const text = `${JSON.stringify(report, undefined, 2)}\n`;

test("a report adds up what the definitions lost", () => {
  const losses = [loss("lost", "a"), loss("weaker", "a"), loss("weaker", "b")];
  const resources = [
    resource("a", { pattern: 2, minimum: 1 }, losses.slice(0, 2)),
    resource("b", { minimum: 3 }, losses.slice(2)),
  ];
  const gathered = reportOf({ resources, definitions: [], skipped: [], diagnostics: [], files: [] });
  expect(gathered).toEqual({
    generator: "crd-gen",
    counts: { lost: 1, weaker: 2, jsdoc: 6 },
    losses,
    jsdoc: { minimum: 4, pattern: 2 },
  });
  expect(Object.keys(gathered.jsdoc)).toEqual(["minimum", "pattern"]);
});

test("a report waits beside its place until it is committed", () => {
  const cwd = temporaryFolder({ "report.json": '{ "generator": "crd-gen" }' });
  const staged = stageReport(report, "report.json", cwd);
  expect(readFileSync(path.join(cwd, "report.json"), "utf8")).toBe('{ "generator": "crd-gen" }');
  staged.commit();
  staged.discard();
  expect(contentsOf(cwd)).toEqual({ "report.json": text });
});

test("a report that is discarded leaves nothing", () => {
  const cwd = temporaryFolder();
  stageReport(report, "report.json", cwd).discard();
  expect(contentsOf(cwd)).toEqual({});
});

test("a file that is no report is not overwritten", () => {
  const cwd = temporaryFolder({ "notes.json": '{ "mine": 1 }' });
  expect(() => stageReport(report, "notes.json", cwd)).toThrow(
    "notes.json: not overwritten, wanted an earlier report, got something else; choose another file with --report",
  );
  expect(contentsOf(cwd)).toEqual({ "notes.json": '{ "mine": 1 }' });
});

test("what a run has left there that was killed is cleared away", () => {
  const { pid } = spawnSync(process.execPath, ["--version"]);
  const cwd = temporaryFolder({ [`.crd-gen-${pid}-1-report.tmp`]: "half a rep", "mine.tmp": "mine" });
  stageReport(report, "report.json", cwd).discard();
  expect(contentsOf(cwd)).toEqual({ "mine.tmp": "mine" });
});

test("a report that cannot be put in its place is told with its name", () => {
  const cwd = temporaryFolder();
  const staged = stageReport(report, "report.json", cwd);
  mkdirSync(path.join(cwd, "report.json"));
  expect(() => staged.commit()).toThrow(
    expect.objectContaining({
      code: "disk",
      message: expect.stringMatching(/^cannot write the report report\.json: /),
    }),
  );
  staged.discard();
  expect(contentsOf(cwd)).toEqual({ "report.json": null });
});
