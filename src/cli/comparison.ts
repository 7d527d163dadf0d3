import * as path from "node:path";
import { type Lock, lockName } from "../output/lock.ts";
import type { LockState } from "../output/lock-state.ts";

/** Why an output is not what a run would leave, apart from its files. */
export type Reason =
  | { readonly kind: "no-lock" | "interrupted" }
  | { readonly kind: "generator" | "contract" | "options"; readonly locked: string; readonly now: string }
  | { readonly kind: "source-new" | "source-changed" | "source-gone"; readonly source: string };

/** What an output is made from. */
export type Origin = Pick<Lock, "generator" | "contract" | "options" | "sources">;

/** What has changed since the lock was written, in this order: crd-gen itself, options, sources. None if nothing has. */
export function reasonsBetween({ lock, interrupted }: LockState, now: Origin): Reason[] {
  if (lock === undefined) return [{ kind: "no-lock" }];
  if (interrupted) return [{ kind: "interrupted" }];
  const shaping = (["generator", "contract", "options"] as const)
    .filter((kind) => lock[kind] !== now[kind])
    .map((kind): Reason => ({ kind, locked: lock[kind], now: now[kind] }));
  return [...shaping, ...changedSources(lock.sources, now.sources)];
}

function changedSources(before: Lock["sources"], now: Lock["sources"]): Reason[] {
  // Addresses that differ in what their names leave out are two sources of one name.
  const keyOf = ({ name, digest }: Lock["sources"][number]): string => `${name}\n${digest}`;
  const known = new Set(before.map(keyOf));
  const namesBefore = new Set(before.map(({ name }) => name));
  const namesNow = new Set(now.map(({ name }) => name));
  const changed = now
    .filter((source) => !known.has(keyOf(source)))
    .map(({ name }): Reason => ({ kind: namesBefore.has(name) ? "source-changed" : "source-new", source: name }));
  const gone = [...namesBefore].filter((name) => !namesNow.has(name));
  return [...changed, ...gone.map((source): Reason => ({ kind: "source-gone", source }))];
}

/** Whether every file that the lock lists is there as it was left. */
export function isOutputIntact({ lock, present }: LockState): boolean {
  return lock?.files.every(({ path: file, digest }) => present.get(file) === digest) === true;
}

/** A reason in words; `out` is what the user calls the output folder. */
export function reasonText(reason: Reason, out: string): string {
  switch (reason.kind) {
    case "no-lock":
      return `there is no ${lockName} in ${out}`;
    case "interrupted":
      return "a run was ended while it put its files in place";
    case "generator":
      return `the output is of crd-gen ${reason.locked}, this is ${reason.now}`;
    case "contract":
      return `the output is of the contract ${reason.locked}, this crd-gen has ${reason.now}`;
    case "options":
      return `the options were ${reason.locked} and are ${reason.now}`;
    case "source-new":
      return `the source ${sourceText(reason.source, out)} is new`;
    case "source-changed":
      return `the source ${sourceText(reason.source, out)} has changed`;
    case "source-gone":
      return `the source ${sourceText(reason.source, out)} is gone`;
  }
}

/** The lock has the way from the output folder; a person looks from the working directory. */
function sourceText(name: string, out: string): string {
  const isFile = !name.startsWith("<") && !/^https?:/.test(name);
  return isFile ? path.posix.normalize(path.posix.join(out.replaceAll(path.sep, "/"), name)) : name;
}
