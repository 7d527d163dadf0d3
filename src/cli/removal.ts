import type { Diagnostic } from "../diagnostic.ts";
import type { LockState } from "../output/lock-state.ts";
import type { OutputPlan } from "./output-plan.ts";
import type { OutputSettings } from "./settings.ts";

/**
 * An error where more than half of the files of an output folder would be removed and nobody has said that this is wanted: a source that
 * is misspelt, or a selection that was forgotten, looks the same. A person is asked where there is one.
 */
export async function refuseLargeRemoval(
  { files, obsolete }: OutputPlan,
  { lock }: LockState,
  { out, yes, mode }: OutputSettings,
  confirm: ((question: string) => Promise<boolean>) | undefined,
): Promise<Diagnostic[]> {
  const kept = files.filter(({ state }) => state === "changed" || state === "unchanged").length;
  const before = lock?.files.length ?? kept + obsolete.length;
  if (yes || obsolete.length * 2 <= before) return [];
  const removal = `${obsolete.length} of the ${before} files in ${out}`;
  if (mode === "write" && (await confirm?.(`remove ${removal}?`)) === true) return [];
  const message = `${removal} would be removed, more than half; check the sources and the selection, or run again with --yes`;
  return [{ severity: mode === "write" ? "error" : "warning", code: "removal", message }];
}
