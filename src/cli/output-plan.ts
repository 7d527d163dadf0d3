import type { Diagnostic } from "../diagnostic.ts";
import type { GeneratedFile } from "../generated.ts";
import { type Lock, lockName } from "../output/lock.ts";
import { printLock } from "../output/lock-text.ts";
import { type ObsoleteFile, obsoleteFiles } from "../output/obsolete.ts";
import { refusals, refuseClashes } from "../output/refusals.ts";
import { type PlannedFile, type StagedFile, Stager } from "../output/stage.ts";
import { stagerOptions } from "./collect.ts";
import type { OpenedPlace } from "./opened-place.ts";
import { planFiles } from "./work.ts";

/** What a run would do to its output folder. */
export interface OutputPlan {
  /** Every file of the output, in the order of `generated.files`; those that change wait already. */
  readonly files: readonly StagedFile[];
  /** Files of earlier runs that the output no longer has. */
  readonly obsolete: readonly ObsoleteFile[];
  readonly lock: Lock;
  /** The text of the lock file; undefined where nothing changes at all. */
  readonly lockText: string | undefined;
  /** Why it cannot be done: files that are not ours, or no longer as we left them. */
  readonly refused: readonly Diagnostic[];
}

/** What a plan is made from. */
export interface Planning {
  readonly opened: OpenedPlace;
  readonly generated: { readonly files: readonly GeneratedFile[] };
  /** What the threads have staged already. */
  readonly staged: readonly StagedFile[];
  /** What they have staged and is made anew, or not wanted any more. */
  readonly superseded: readonly StagedFile[];
  readonly lockOf: (files: readonly StagedFile[]) => Lock;
}

/**
 * Stages the files that no thread has staged, and decides what is to happen to the rest of the folder.
 *
 * @throws OutputError
 */
export function planOutput({ opened, generated, staged, superseded, lockOf }: Planning): OutputPlan {
  const { folder, place, state } = opened;
  const paths = generated.files.map((file) => file.path);
  refuseClashes([...paths, lockName]);
  const byPath = new Map(staged.map((file) => [file.path, file]));
  const stager = new Stager(folder, stagerOptions(place));
  for (const file of superseded) stager.takeBack(file);
  const planned: PlannedFile[] = [];
  const problems: Diagnostic[] = [];
  const missing: readonly GeneratedFile[] = generated.files.filter((file) => !byPath.has(file.path));
  planFiles(stager, missing, { planned, problems });
  for (const plan of planned) byPath.set(plan.staged.path, plan.staged);
  const files = paths.flatMap((file) => byPath.get(file) ?? []);
  const obsolete = obsoleteFiles(folder, place.owned, new Set(paths));
  problems.push(...refusals(folder, files, obsolete));
  for (const plan of planned) stager.write(plan);
  const lock = lockOf(files);
  const text = printLock(lock);
  const isSame = text === state.text.replaceAll("\r\n", "\n") && files.every((file) => file.state === "unchanged");
  const isDone = isSame && obsolete.length === 0 && !state.interrupted;
  return { files, obsolete, lock, lockText: isDone ? undefined : text, refused: problems };
}
