import type { BreakageRule } from "./breakages.ts";
import type { Subject } from "./subject.ts";
import type { Verdict } from "./verdict.ts";

/** What a value is put to the compiler as. */
export type View =
  | "create"
  | "read"
  | "apply"
  | "merge patch"
  | "status replace"
  | "status apply"
  | "status merge patch";

/** A value that was put to the API server, and is to be put to the compiler. */
export interface Trial {
  readonly subject: Subject;
  readonly view: View;
  /** The value as the compiler sees it, as JSON. */
  readonly text: string;
  /** What was done to it, and where in the schema; undefined for a whole one. */
  readonly breakage: { readonly rule: BreakageRule; readonly path: string } | undefined;
  readonly verdict: Verdict;
  /** For one that was read: the version that it was stored through. */
  readonly storedThrough?: string;
}
