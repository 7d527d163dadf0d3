import { hasErrors, sortDiagnostics } from "../diagnostic.ts";
import type { Selection } from "../generated.ts";
import { nothingFound, unmatchedSelection } from "../selection.ts";
import { paintFor } from "./colour.ts";
import type { Line } from "./commands.ts";
import { loadConfig } from "./config-file.ts";
import { type ListOutcome, listedDefinitions, listJson, listTable } from "./definition-list.ts";
import { type ExitCode, exitCode } from "./exit-code.ts";
import { failureDiagnostic } from "./failure.ts";
import { inputOf } from "./input.ts";
import { listenForSignals } from "./interruption.ts";
import type { ListValues, SelectionValues } from "./options.ts";
import { progressLine } from "./progress.ts";
import { type ReadDefinitions, readDefinitions } from "./read-definitions.ts";
import { announceStdin } from "./stdin.ts";
import { problemsText } from "./summary.ts";

/** `crd-gen list [sources..]`: says which definitions the sources hold, and writes nothing. */
export async function listCommand({ words, values }: Line<ListValues>): Promise<ExitCode> {
  const { config, json = false, quiet = false } = values;
  const cwd = process.cwd();
  const input = inputOf({ ...values, sources: words }, await loadConfig(cwd, config), cwd);
  // What the config file selects is what is generated; a list is there to choose from.
  const selection = selectionOf(values);
  const progress = progressLine(process.stderr, { json, quiet });
  const { signal, code } = listenForSignals();
  // There is nothing to leave in order but the terminal.
  signal.addEventListener("abort", () => {
    progress.clear();
    process.exit(code());
  });
  announceStdin(input.sources);
  const read = await readDefinitions(input, { cwd, selection, positions: json, signal, onProgress: progress.show });
  progress.clear();
  const outcome = outcomeOf(read, selection);
  const consequence = outcome.definitions.length > 0 ? "what could be read is listed" : "nothing is listed";
  process.stderr.write(problemsText(outcome, { paint: paintFor(process.stderr), consequence }));
  if (json) process.stdout.write(listJson(outcome));
  else if (!quiet) process.stdout.write(listTable(outcome.definitions, columnsOf(process.stdout)));
  return outcome.exitCode;
}

function selectionOf({ groups = [], kinds = [], crds = [], versions = [] }: SelectionValues): Selection {
  return { groups, kinds, crds, versions };
}

/** The columns of a terminal, as far as it tells; undefined where nothing is to be cut. */
function columnsOf({ isTTY, columns }: typeof process.stdout): number | undefined {
  return isTTY && columns > 0 ? columns : undefined;
}

function outcomeOf(read: ReadDefinitions, selection: Selection): ListOutcome {
  const definitions = listedDefinitions(read.selected, selection);
  const failures = read.failures.map(failureDiagnostic);
  const diagnostics = [...read.diagnostics, ...failures];
  // Without everything there is to read, nothing can be said of the whole.
  if (failures.length === 0) {
    diagnostics.push(...unmatchedSelection(read.definitions, selection));
    if (definitions.length === 0 && !hasErrors(diagnostics)) {
      const selected = read.selected.map(({ resource }) => resource.crd);
      diagnostics.push(nothingFound({ ...read, selected }, { ...selection, unserved: true }));
    }
  }
  const code = failures.length > 0 ? exitCode.failed : hasErrors(diagnostics) ? exitCode.badInput : exitCode.done;
  return { exitCode: code, definitions, diagnostics: sortDiagnostics(diagnostics) };
}
