import type { Diagnostic } from "../diagnostic.ts";
import type { Generated } from "../generated.ts";
import { commit, discard, foreignFileErrors, refuseClashes } from "../output/commit.ts";
import { type FileState, type StagedFile, Stager } from "../output/stage.ts";
import type { StagingPlace } from "./collect.ts";
import { type Failure, failureOf, outputDiagnostic } from "./failure.ts";
import { reportOf, stageReport } from "./report.ts";
import { type PlannedFile, planFiles } from "./work.ts";

/** A file of the output, and what it was before the run. */
export interface WrittenFile {
  readonly path: string;
  readonly state: FileState;
}

/** What came of the output: `refused` is for the user to put right, `failed` is the disk. */
export type PutInPlace =
  | { readonly kind: "written"; readonly files: readonly WrittenFile[] }
  | { readonly kind: "refused"; readonly diagnostics: readonly Diagnostic[] }
  | { readonly kind: "failed"; readonly failure: Failure };

/** What the threads have staged already, and where the rest goes. */
export interface Placing {
  readonly place: StagingPlace;
  readonly staged: readonly StagedFile[];
  /** The file for the report, where one is wanted. */
  readonly report: string | undefined;
}

/** Stages the files that no thread has staged, and the report, then renames all of them into their places, or none. */
export function putInPlace(generated: Generated, placing: Placing): PutInPlace {
  const { folder, run } = placing.place;
  const rest: PlannedFile[] = [];
  const problems: Diagnostic[] = [];
  let written = false;
  try {
    refuseClashes(generated.files.map((file) => file.path));
    const stager = new Stager(folder, `${run}-rest`);
    const staged = new Map(placing.staged.map((file) => [file.path, file]));
    const missing = generated.files.filter((file) => !staged.has(file.path));
    planFiles(stager, missing, { planned: rest, problems });
    for (const planned of rest) staged.set(planned.staged.path, planned.staged);
    const files = generated.files.flatMap((file) => staged.get(file.path) ?? []);
    problems.push(...foreignFileErrors(folder, files));
    if (problems.length > 0) return { kind: "refused", diagnostics: problems };
    for (const planned of rest) stager.write(planned.staged, planned.content);
    commitWithReport(generated, placing, files);
    written = true;
    return { kind: "written", files: files.map(({ path, state }) => ({ path, state })) };
  } catch (error) {
    const problem = outputDiagnostic(error);
    if (problem !== undefined) return { kind: "refused", diagnostics: [...problems, problem] };
    return { kind: "failed", failure: failureOf(error, folder.name) };
  } finally {
    if (!written)
      discard(
        folder,
        rest.map((planned) => planned.staged),
      );
  }
}

function commitWithReport(generated: Generated, { place, report }: Placing, files: readonly StagedFile[]): void {
  if (report === undefined) {
    commit(place.folder, files);
    return;
  }
  const staged = stageReport(reportOf(generated), report, place);
  try {
    commit(place.folder, files);
    staged.commit();
  } finally {
    staged.discard();
  }
}
