import { sortDiagnostics } from "../diagnostic.ts";
import { paintFor } from "./colour.ts";
import type { Line } from "./commands.ts";
import { confirmation } from "./confirmation.ts";
import { type ExitCode, exitCode } from "./exit-code.ts";
import { type Input, inputOf } from "./input.ts";
import { listenForSignals } from "./interruption.ts";
import type { PullValues } from "./options.ts";
import { ownVersion } from "./own-version.ts";
import { progressLine } from "./progress.ts";
import { type PullOutcome, runPull } from "./pull-run.ts";
import { type OutputSettings, outputSettingsOf } from "./settings.ts";
import { announceStdin } from "./stdin.ts";
import { changeLines, checkText, counted, filesOf, problemsText } from "./summary.ts";

/** The folder that is written into unless another one is named. */
const defaultOut = "crds";

/** `crd-gen pull [sources..]`: writes the definitions that the sources hold into files. */
export async function pullCommand({ words, values }: Line<PullValues>): Promise<ExitCode> {
  const { json = false, quiet = false, groups = [], kinds = [], crds = [] } = values;
  const cwd = process.cwd();
  const input: Input = inputOf({ ...values, sources: words }, undefined, cwd);
  const settings = outputSettingsOf(values, values.out ?? defaultOut);
  const interruption = listenForSignals();
  announceStdin(input.sources);
  const progress = progressLine(process.stderr, { json, quiet });
  const outcome = await runPull(input, settings, {
    cwd,
    version: ownVersion(),
    selection: { groups, kinds, crds },
    signal: interruption.signal,
    onProgress: progress.show,
    onWait: (other) => quiet || process.stderr.write(`waiting for another run (process ${other})\n`),
    confirm: confirmation(interruption.signal),
  });
  progress.clear();
  interruption.ignore();
  // What the run was waiting for, a connection perhaps, may keep the process alive: it has nothing left to do.
  if (outcome === undefined) process.exit(interruption.code());
  process.stderr.write(problemsText(outcome, { paint: paintFor(process.stderr) }));
  process.stdout.write(
    json ? pullJson(outcome, settings) : quiet ? (outcome.difference ?? "") : pullText(outcome, settings),
  );
  return outcome.exitCode;
}

function pullText(outcome: PullOutcome, { out, mode }: OutputSettings): string {
  const { plan, difference, pulled } = outcome;
  if (difference !== undefined) return difference;
  if (plan === undefined || outcome.exitCode > exitCode.no) return "";
  if (mode === "check") return checkText(outcome, out);
  const inState = (wanted: string): number => plan.files.filter(({ state }) => state === wanted).length;
  const numbers = `${inState("new")} new, ${inState("changed")} changed, ${inState("unchanged")} unchanged`;
  const removed = plan.obsolete.length > 0 ? `, ${plan.obsolete.length} removed` : "";
  const head = `${mode === "dry-run" ? "would pull" : "pulled"} ${counted(plan.files.length, "definition")} into ${out}: ${numbers}${removed}`;
  const skipped = pulled.skipped.length;
  const lines = [
    head,
    ...(mode === "dry-run" ? changeLines(plan, out) : []),
    ...(skipped > 0 ? [`skipped ${counted(skipped, "document")} without a CustomResourceDefinition`] : []),
  ];
  return `${lines.join("\n")}\n`;
}

function pullJson(outcome: PullOutcome, { out, mode }: OutputSettings): string {
  const document = {
    exitCode: outcome.exitCode,
    out,
    mode,
    reasons: outcome.reasons,
    definitions: outcome.pulled.resources.map(({ crd, sources, file }) => ({ crd, sources, file: file.path })),
    files: filesOf(outcome),
    skipped: outcome.pulled.skipped,
    diagnostics: sortDiagnostics(outcome.diagnostics),
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}
