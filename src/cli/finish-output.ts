import { hasErrors } from "../diagnostic.ts";
import { type Reason, reasonsBetween } from "./comparison.ts";
import { differenceOf } from "./difference.ts";
import { type ExitCode, exitCode } from "./exit-code.ts";
import type { OpenedPlace } from "./opened-place.ts";
import type { OutputPlan } from "./output-plan.ts";
import { refuseLargeRemoval } from "./removal.ts";
import type { OutputSettings } from "./settings.ts";
import type { Troubles } from "./troubles.ts";

/** What came of an output folder. */
export interface FinishedOutput {
  /** `done` or, of a check, `no`; undefined where something is wrong, which the troubles say, and nothing was written. */
  readonly exitCode: Extract<ExitCode, 0 | 1> | undefined;
  readonly plan: OutputPlan;
  /** In a check, why the output differs, apart from its files. */
  readonly reasons: readonly Reason[];
  /** With `--diff`, what would change, in the unified format. */
  readonly difference?: string;
}

/** A plan, and what it takes to do it. */
export interface Finishing {
  readonly settings: OutputSettings;
  readonly opened: OpenedPlace;
  readonly plan: OutputPlan;
  readonly troubles: Troubles;
  readonly signal: AbortSignal;
  /** Asks a person; undefined where there is none to ask. */
  readonly confirm: ((question: string) => Promise<boolean>) | undefined;
  /** Puts everything in place. */
  readonly put: () => void;
}

/** Does what was planned, or says what would be done. Undefined where the signal was aborted meanwhile. */
export async function finishOutput(finishing: Finishing): Promise<FinishedOutput | undefined> {
  const { settings, opened, plan, troubles, signal, confirm, put } = finishing;
  const { state } = opened;
  const shown = settings.diff ? { plan, difference: await differenceOf(opened.folder, plan) } : { plan };
  if (settings.mode === "check") {
    return {
      exitCode: isAsPlanned(plan) ? exitCode.done : exitCode.no,
      ...shown,
      reasons: reasonsBetween(state, plan.lock),
    };
  }
  troubles.problems.push(...plan.refused);
  if (!isWrong(troubles)) troubles.problems.push(...(await refuseLargeRemoval(plan, state, settings, confirm)));
  if (signal.aborted) return undefined;
  if (!isWrong(troubles) && settings.mode === "write") troubles.attempt(settings.out, put);
  return { exitCode: isWrong(troubles) ? undefined : exitCode.done, ...shown, reasons: [] };
}

function isWrong({ problems, failures }: Troubles): boolean {
  return hasErrors(problems) || failures.length > 0;
}

/** Whether a run would change nothing at all. */
function isAsPlanned({ files, obsolete, lockText }: OutputPlan): boolean {
  return lockText === undefined && obsolete.length === 0 && files.every(({ state }) => state === "unchanged");
}
