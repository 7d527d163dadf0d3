import { type LockState, readLockState } from "../output/lock-state.ts";
import { refuseInsideOther } from "../output/other-lock.ts";
import { OutputFolder } from "../output/output-folder.ts";
import type { OutputSettings } from "./settings.ts";

/** An output folder, and what is known of it before a run. */
export interface OutputTarget {
  readonly folder: OutputFolder;
  readonly state: LockState;
}

/**
 * Looks at the output folder of a run, which may be known from a moment ago; nothing is made.
 *
 * @throws OutputError as `OutputFolder`, `readLockState` and `refuseInsideOther`
 */
export function lookAtOutput({ out }: OutputSettings, cwd: string, known?: LockState): OutputTarget {
  const folder = new OutputFolder(out, cwd);
  refuseInsideOther(folder);
  return { folder, state: readLockState(folder, known) };
}
