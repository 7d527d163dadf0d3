import { digestOf } from "../digest.ts";
import type { Generated } from "../generated.ts";
import { type Change, commit, type Unfinished } from "../output/commit.ts";
import type { LockState } from "../output/lock-state.ts";
import { printLock } from "../output/lock-text.ts";
import type { OpenedPlace } from "./opened-place.ts";
import type { OutputPlan } from "./output-plan.ts";
import { reportOf } from "./report.ts";
import { stageReport } from "./staged-report.ts";

/** What there is to put in place. */
export interface Placing {
  readonly opened: OpenedPlace;
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
export function putInPlace({ opened, plan, generated, report }: Placing): void {
  const { folder, cwd } = opened.place;
  const change = changeOf(opened, plan);
  if (report === undefined) {
    commit(folder, change);
    return;
  }
  const staged = stageReport(reportOf(generated), report, cwd);
  try {
    commit(folder, { ...change, last: staged.commit });
  } finally {
    staged.discard();
  }
}

/** What a plan comes to for an output folder that has been claimed. */
export function changeOf({ place, state }: OpenedPlace, plan: OutputPlan): Change {
  const { waiting } = place;
  if (waiting === undefined) throw new Error("wanted a place where files wait, got none");
  const removed = plan.obsolete.map((file) => file.path);
  const nextLock = state.lock === undefined && plan.lockText !== undefined ? listingAll(plan, state) : undefined;
  return { staged: plan.files, removed, lock: plan.lockText, nextLock, waiting, unfinished: unfinished(state) };
}

/** A lock that lists what is to go, too: where no lock lists it, nothing else says which folders may be empty after a run that is killed. */
function listingAll({ lock, obsolete }: OutputPlan, { gone = [] }: LockState): string {
  const listed = new Map([...lock.files, ...gone].map((file) => [file.path, file]));
  // The mark decides which of them are ours, and no digest.
  for (const { path } of obsolete) listed.set(path, { path, digest: digestOf("") });
  return printLock({ ...lock, files: [...listed.values()] });
}

function unfinished({ interrupted, lock, gone = [] }: LockState): Unfinished | undefined {
  if (!interrupted) return undefined;
  const text = lock && printLock({ ...lock, files: [...lock.files, ...gone] });
  return { lock: text, gone: gone.map(({ path }) => path) };
}
