import { type Diagnostic, formatDiagnostic } from "../diagnostic.ts";
import type { Generated } from "../generated.ts";
import type { FileState } from "../output/stage.ts";
import { type Paint, plain } from "./colour.ts";
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
  { paint = plain, consequence = "nothing was written" }: ProblemsForm = {},
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

/** What a successful run did, for a person: what goes to stdout. `install` is the command that adds the missing runtime. */
export function summaryText(outcome: Outcome, settings: Settings, install: string | undefined): string {
  const counts = countsOf(outcome);
  const lines = [
    `generated ${counted(counts.kinds, "kind")} in ${counted(counts.versions, "version")} into ${settings.out}: ` +
      `${counted(counts.files, "file")}, ${counts.new} new, ${counts.changed} changed, ${counts.unchanged} unchanged`,
    ...lossLines(counts, settings, outcome.generated),
    ...skippedLines(outcome, settings),
  ];
  if (install !== undefined)
    lines.push(`the generated code needs @crd-gen/runtime, which package.json does not list; add it: ${install}`);
  return `${lines.join("\n")}\n`;
}

/** The result of a run as one JSON document, for programs. */
export function summaryJson(outcome: Outcome, settings: Settings, install: string | undefined): string {
  const counts = countsOf(outcome);
  const document = {
    exitCode: outcome.exitCode,
    out: settings.out,
    counts,
    files: outcome.files,
    skipped: outcome.generated.skipped,
    diagnostics: outcome.diagnostics,
    ...(install === undefined ? {} : { install }),
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

type Counts = Readonly<
  Record<
    "kinds" | "versions" | "files" | "new" | "changed" | "unchanged" | "skipped" | "lost" | "weaker" | "jsdoc",
    number
  >
>;

function countsOf({ generated, files }: Outcome): Counts {
  const inState = (state: FileState): number => files.filter((file) => file.state === state).length;
  return {
    kinds: generated.resources.length,
    versions: generated.resources.reduce((sum, resource) => sum + resource.kinds.length, 0),
    files: files.length,
    new: inState("new"),
    changed: inState("changed"),
    unchanged: inState("unchanged"),
    skipped: generated.skipped.length,
    ...reportOf(generated).counts,
  };
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

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
