import { hasErrors } from "../../diagnostic.ts";
import { lockName } from "../../output/lock.ts";
import { exitCode } from "../exit-code.ts";
import { madeCounts, madeText, problemsText } from "../summary.ts";
import type { InitOutcome } from "./init.ts";
import { type Script, scriptCommand } from "./script.ts";
import { someOf } from "./some-of.ts";

/** What went wrong with the first run, or should be known of it: what goes to stderr. Empty where there is nothing to say. */
export function initProblems({ generation, config }: InitOutcome): string {
  if (generation === undefined) return "";
  const problems = problemsText(generation);
  if (!hasErrors(generation.diagnostics)) return problems;
  const remedy =
    config.state === "there"
      ? `mend this, or ${config.name}, and run crd-gen init again`
      : "mend this or name other sources, and run crd-gen init again";
  return `${problems}the project was left as it was; ${remedy}\n`;
}

/** What was done and what is left to do, for a person: what goes to stdout. Empty where the first run failed. */
export function initText(outcome: InitOutcome): string {
  if (outcome.exitCode !== exitCode.done) return "";
  const { notes, config, script, generation } = outcome;
  const nothing = config.state === "there" && generation === undefined && script.kind !== "new";
  const lines = [
    ...foundLines(outcome),
    ...notes,
    ...configLines(outcome),
    ...scriptLines(script, outcome.dryRun),
    outputLine(outcome),
    ...(nothing ? [`nothing was changed; ${outcome.next.generate} generates anew`] : []),
    ...nextLines(outcome, nothing),
  ];
  return `${lines.join("\n")}\n`;
}

/** The same as one JSON document, for programs. */
export function initJson({ exitCode, dryRun, config, found, script, generation, notes, next }: InitOutcome): string {
  const { state, name, content, out } = config;
  const document = {
    exitCode,
    dryRun,
    config: { name, state, content },
    ...(found === undefined ? {} : { found }),
    script,
    out,
    files: (generation?.plan?.files ?? []).map(({ path, state }) => ({ path, state })),
    diagnostics: generation?.diagnostics ?? [],
    notes,
    next,
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

function foundLines({ found }: InitOutcome): readonly string[] {
  if (found === undefined) return [];
  return [`found ${counted(found.definitions, "definition")} in ${someOf(found.sources)}`];
}

function configLines({ config, dryRun }: InitOutcome): readonly string[] {
  const { state, name, text, content, out } = config;
  if (state === "there") return [`${name} is there, and was left as it is`];
  if (dryRun)
    return [
      `would write ${name}:`,
      ...(text ?? "")
        .trimEnd()
        .split(/\r?\n/)
        .map((line) => `  ${line}`),
    ];
  const read = someOf([...(content.fromCluster === true ? ["the cluster"] : []), ...(content.sources ?? [])]);
  return [`wrote ${name}: from ${read} into ${out}`];
}

function scriptLines(script: Script, dryRun: boolean): readonly string[] {
  switch (script.kind) {
    case "no-package":
      return [];
    case "there":
      return [`the script ${script.name} of package.json is there`];
    case "taken":
      return [
        `package.json has other scripts called ${script.names.join(" and ")}; add one that runs ${scriptCommand}`,
      ];
    case "new":
      return [`${dryRun ? "would add to" : "wrote"} package.json: the script "${script.name}": "${scriptCommand}"`];
    default:
      return script satisfies never;
  }
}

function outputLine({ config, generation, dryRun }: InitOutcome): string {
  const { out, output, state } = config;
  if (generation?.upToDate !== undefined) return `nothing has changed in ${out}`;
  if (generation !== undefined) {
    const made = madeText(madeCounts(generation.generated.resources));
    return `generated ${made} into ${out}: ${counted(generation.plan?.files.length ?? 0, "file")}`;
  }
  return dryRun && (state === "new" || output !== "there") ? `would generate into ${out}` : `${out} is there`;
}

/** A project that was set up before is told only what is missing. */
function nextLines({ next, config, script, dryRun }: InitOutcome, nothing: boolean): readonly string[] {
  const { install, importLine, importFrom, check } = next;
  const committed = [config.name, ...(script.kind === "no-package" ? [] : ["package.json"])];
  const steps = [
    ...install,
    ...(importLine === undefined ? [] : [`${importLine}  // in ${importFrom === "." ? "this folder" : importFrom}`]),
    ...(nothing || dryRun
      ? []
      : [`commit ${committed.join(", ")} and ${config.out} with its ${lockName}`, `in CI: ${check}`]),
  ];
  return steps.length === 0 ? [] : ["next:", ...steps.map((step) => `  ${step}`)];
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
