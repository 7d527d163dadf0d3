import type { Generated } from "../generated.ts";
import { commit } from "../output/commit.ts";
import type { StagingPlace } from "./collect.ts";
import type { OutputPlan } from "./output-plan.ts";
import { reportOf, stageReport } from "./report.ts";

/** What there is to put in place. */
export interface Placing {
  readonly place: StagingPlace;
  readonly plan: OutputPlan;
  readonly generated: Generated;
  /** The file for the report, where one is wanted. */
  readonly report: string | undefined;
}

/**
 * Renames everything into its place, and removes what is to go: all of it or nothing.
 *
 * @throws OutputError
 */
export function putInPlace({ place, plan, generated, report }: Placing): void {
  const { folder, waiting } = place;
  if (waiting === undefined) throw new Error("wanted a place where files wait, got none");
  const change = {
    staged: plan.files,
    removed: plan.obsolete.map((file) => file.path),
    lock: plan.lockText,
    waiting,
  };
  if (report === undefined) {
    commit(folder, change);
    return;
  }
  const staged = stageReport(reportOf(generated), report, place.cwd);
  try {
    commit(folder, change);
    staged.commit();
  } finally {
    staged.discard();
  }
}
