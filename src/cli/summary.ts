import * as path from "node:path";
import { type Diagnostic, formatDiagnostic } from "../diagnostic.ts";
import type { Generated, GeneratedResource } from "../generated.ts";
import { definitionEnding } from "../model/file-names.ts";
import type { Lock } from "../output/lock.ts";
import type { FileState } from "../output/stage.ts";
import { type Paint, plain } from "./colour.ts";
import { reasonText } from "./comparison.ts";
import { exitCode } from "./exit-code.ts";
import type { OutputPlan } from "./output-plan.ts";
import { reportOf } from "./report.ts";
import type { Outcome } from "./run.ts";
import type { Settings } from "./settings.ts";

/** How problems are told. */
export interface ProblemsForm {
  readonly paint?: Paint;
  /** What errors mean for the result of the run. */
  readonly consequence?: string;
}

/** The problems of a run, one a line, and how many errors there are: what goes to stderr. Empty where there are none. */
export function problemsText(
  { diagnostics }: Pick<Outcome, "diagnostics">,
  { paint = plain, consequence = consequenceOf(diagnostics) }: ProblemsForm = {},
): string {
  if (diagnostics.length === 0) return "";
  const lines = diagnostics.map((diagnostic) =>
    diagnostic.severity === "warning"
      ? paint("yellow", `warning: ${formatDiagnostic(diagnostic)}`)
      : paint("red", formatDiagnostic(diagnostic)),
  );
  const errors = countErrors(diagnostics);
  if (errors > 0) lines.push(paint("red", `${counted(errors, "error")}; ${consequence}`));
  return `${lines.join("\n")}\n`;
}

function consequenceOf(diagnostics: readonly Diagnostic[]): string {
  return diagnostics.some(({ code }) => code === "half-written")
    ? "the output is of two states"
    : "nothing was written";
}

/** What a run did that succeeded, for a person: what goes to stdout. `install` is the command that adds the missing runtime. */
export function summaryText(outcome: Outcome, settings: Settings, install: string | undefined): string {
  const lines =
    outcome.upToDate === undefined ? doneLines(outcome, settings) : upToDateLines(outcome.upToDate, settings);
  if (install !== undefined)
    lines.push(`the generated code needs @crd-gen/runtime, which package.json does not list; add it: ${install}`);
  return `${lines.join("\n")}\n`;
}

function doneLines(outcome: Outcome, settings: Settings): string[] {
  const { plan } = outcome;
  const counts = countsOf(outcome);
  const { out, mode } = settings;
  const what = madeText(counts);
  const numbers = [
    counted(counts.files, "file"),
    `${counts.new} new`,
    `${counts.changed} changed`,
    `${counts.unchanged} unchanged`,
    ...(counts.removed > 0 ? [`${counts.removed} removed`] : []),
  ].join(", ");
  const listed = mode === "dry-run" && plan !== undefined ? changeLines(plan, out) : [];
  const head =
    mode === "dry-run" ? `would generate ${what} into ${out}: ${numbers}` : `generated ${what} into ${out}: ${numbers}`;
  return [head, ...listed, ...lossLines(counts, settings, outcome.generated), ...skippedLines(outcome, settings)];
}

/** What was generated, as in `2 kinds in 3 versions and 2 definitions`. */
export function madeText({ kinds, versions, definitions }: MadeCounts): string {
  const made = `${counted(kinds, "kind")} in ${counted(versions, "version")}`;
  return definitions === 0 ? made : `${made} and ${counted(definitions, "definition")}`;
}

/** One line for each file that a run would write or remove. */
export function changeLines({ files, obsolete }: OutputPlan, out: string): string[] {
  const words: Readonly<Partial<Record<FileState, string>>> = {
    new: "write  ",
    changed: "change ",
    edited: "edited ",
    missing: "restore",
  };
  const written = files.flatMap(({ path, state }) => {
    const word = words[state];
    return word === undefined ? [] : [`  ${word} ${display(out, path)}`];
  });
  return [...written, ...obsolete.map(({ path }) => `  remove  ${display(out, path)}`)];
}

function display(out: string, file: string): string {
  return path.join(out, ...file.split("/"));
}

/** What is said where nothing was to be done. Warnings that were given once are not given again, and not forgotten. */
function upToDateLines(lock: Lock, { out }: Settings): string[] {
  const counts = countsOfLock(lock);
  const lines = [`nothing has changed: ${madeText(counts)} in ${out}, ${counted(counts.files, "file")}`];
  if (lock.warnings > 0)
    lines.push(
      `${counted(lock.warnings, "warning")} as before; --force looks at everything again and gives ${lock.warnings === 1 ? "it" : "them"}`,
    );
  return lines;
}

/** What `--check` found, for a person: what goes to stdout. Empty where there is nothing to say but that all is well. */
export function checkText(outcome: Pick<Outcome, "exitCode" | "plan" | "reasons" | "upToDate">, out: string): string {
  const { plan, reasons, upToDate } = outcome;
  if (upToDate !== undefined || plan === undefined || outcome.exitCode === exitCode.done)
    return `${out} is up to date\n`;
  const words: Readonly<Partial<Record<FileState, string>>> = {
    new: "would be written",
    changed: "would change",
    edited: "has been edited",
    missing: "is missing",
    foreign: "is not of crd-gen",
  };
  const files = plan.files.flatMap(({ path: file, state }) => {
    const word = words[state];
    return word === undefined ? [] : [`  ${display(out, file)} ${word}`];
  });
  const removed = plan.obsolete.map(
    ({ path: file, state }) =>
      `  ${display(out, file)} ${state === "edited" ? "has been edited, and nothing is generated there now" : "would be removed"}`,
  );
  const causes = reasons.map((reason) => `  ${reasonText(reason, out)}`);
  const remedy = "run the same without --check to bring it up to date";
  const lines = [`${out} is out of date:`, ...causes, ...files, ...removed, remedy];
  return `${lines.join("\n")}\n`;
}

/** The result of a run as one JSON document, for programs. */
export function summaryJson(outcome: Outcome, settings: Settings, install: string | undefined): string {
  const counts = countsOf(outcome);
  const document = {
    exitCode: outcome.exitCode,
    out: settings.out,
    mode: settings.mode,
    upToDate: outcome.upToDate !== undefined,
    counts,
    reasons: outcome.reasons,
    files: filesOf(outcome),
    skipped: outcome.generated.skipped,
    diagnostics: outcome.diagnostics,
    ...(install === undefined ? {} : { install }),
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

type MadeCounts = Readonly<Record<"kinds" | "versions" | "definitions", number>>;

/** How much was generated; a definition without a version that is wanted becomes no kind. */
export function madeCounts(resources: readonly GeneratedResource[]): MadeCounts {
  return {
    kinds: resources.filter(({ kinds }) => kinds.length > 0).length,
    versions: resources.reduce((sum, { kinds }) => sum + kinds.length, 0),
    definitions: resources.filter(({ definition }) => definition !== undefined).length,
  };
}

type Counts = MadeCounts &
  Readonly<
    Record<
      | "files"
      | "new"
      | "changed"
      | "unchanged"
      | "edited"
      | "missing"
      | "foreign"
      | "removed"
      | "skipped"
      | "lost"
      | "weaker"
      | "jsdoc",
      number
    >
  >;

function countsOf(outcome: Outcome): Counts {
  if (outcome.upToDate !== undefined) return countsOfLock(outcome.upToDate);
  const { generated, plan } = outcome;
  const files = plan?.files ?? [];
  const inState = (state: FileState): number => files.filter((file) => file.state === state).length;
  return {
    ...madeCounts(generated.resources),
    files: files.length,
    new: inState("new"),
    changed: inState("changed"),
    unchanged: inState("unchanged"),
    edited: inState("edited"),
    missing: inState("missing"),
    foreign: inState("foreign"),
    removed: plan?.obsolete.length ?? 0,
    skipped: generated.skipped.length,
    ...reportOf(generated).counts,
  };
}

function countsOfLock({ definitions, files, sources }: Lock): Counts {
  const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
  return {
    kinds: definitions.filter(({ versions }) => versions.length > 0).length,
    versions: sum(definitions.map(({ versions }) => versions.length)),
    definitions: files.filter(({ path: file }) => file.endsWith(definitionEnding)).length,
    files: files.length,
    new: 0,
    changed: 0,
    unchanged: files.length,
    edited: 0,
    missing: 0,
    foreign: 0,
    removed: 0,
    skipped: sum(sources.map(({ skipped }) => skipped)),
    lost: sum(definitions.map(({ lost }) => lost)),
    weaker: sum(definitions.map(({ weaker }) => weaker)),
    jsdoc: sum(definitions.map(({ comments }) => comments)),
  };
}

/** Every file of the output and what became of it, for programs. */
export function filesOf({
  plan,
  upToDate,
}: Pick<Outcome, "plan" | "upToDate">): readonly { readonly path: string; readonly state: string }[] {
  if (upToDate !== undefined) return upToDate.files.map(({ path: file }) => ({ path: file, state: "unchanged" }));
  const files = plan?.files.map(({ path: file, state }) => ({ path: file, state })) ?? [];
  return [
    ...files,
    ...(plan?.obsolete ?? []).map(({ path: file, state }) => ({
      path: file,
      state: state === "obsolete" ? "removed" : state,
    })),
  ];
}

function lossLines(counts: Counts, { report }: Settings, generated: Generated): string[] {
  const { lost, weaker, jsdoc } = counts;
  if (lost + weaker + jsdoc === 0) return [];
  const where = report === undefined ? "--report FILE lists them" : `listed in ${report}`;
  return [
    `not said by types: ${lost} lost, ${weaker} weaker than the schema, ${jsdoc} in comments only; ${where}`,
    ...lostLines(generated),
  ];
}

/** More lines than these are for the report. */
const mostLost = 10;

/** What is not in the output at all is told where it cannot be overlooked: often it is a misspelt keyword. */
function lostLines({ resources }: Generated): string[] {
  const lost = resources.flatMap(({ losses }) => losses.filter((loss) => loss.class === "lost"));
  const lines = lost
    .slice(0, mostLost)
    .map(({ crd, version, path, what }) => `  lost: ${crd} ${version} ${path}: ${what}`);
  return lost.length > mostLost ? [...lines, `  and ${lost.length - mostLost} more`] : lines;
}

function skippedLines({ generated }: Outcome, { verbose }: Settings): string[] {
  const { skipped } = generated;
  if (skipped.length === 0) return [];
  const head = `skipped ${counted(skipped.length, "document")} without a CustomResourceDefinition`;
  if (!verbose) return [`${head}; --verbose names them`];
  return [
    `${head}:`,
    ...skipped.map(({ location, what }) => `  ${location.source} (document ${location.document}): ${what}`),
  ];
}

function countErrors(diagnostics: readonly Diagnostic[]): number {
  return diagnostics.filter((diagnostic) => diagnostic.severity === "error").length;
}

export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
