import type { UnstructuredVerbs } from "../../../../src/runtime/client/unstructured-client.ts";
import type { Case } from "./case.ts";
import { deleteCollection, deleteOne } from "./deletions.ts";
import { messages } from "./messages.ts";
import { get, list, listEverywhere, pages } from "./reads.ts";
import { refused } from "./refusals.ts";
import { scale, status } from "./subresources.ts";
import { watch, watchEverywhere } from "./watches.ts";
import { apply, create, patch, replace } from "./writes.ts";

/** One case, or several by what tells them apart. */
export type Cases = Case | { readonly [title: string]: Case };

/** The cases of an option; of one that has a few values there is a case for each. */
type CasesOfOption<Value> = [Value] extends [string]
  ? string extends Value
    ? Cases
    : { readonly [V in Value & string]: Case }
  : Cases;

/** The cases of a verb: without options, and with each of those that the contract has for it. */
export type CasesOf<Options> = { readonly itself: Cases } & {
  readonly [Name in keyof Options]-?: CasesOfOption<NonNullable<Options[Name]>>;
};

type Tree = Case | { readonly [title: string]: Tree };

/**
 * All that is asked of a real API server by the typed and by the untyped client, on a namespaced and on a cluster-scoped kind.
 * Every case is run by both clients, and both have to give the same. A verb without a case, or one of whose options has none,
 * does not compile.
 */
const table: Tree & Readonly<Record<keyof UnstructuredVerbs, Tree>> = {
  get,
  list: { ...list, everywhere: listEverywhere },
  pages,
  watch: { ...watch, everywhere: watchEverywhere },
  create,
  replace,
  patch,
  apply,
  delete: deleteOne,
  deleteCollection,
  status,
  scale,
  "the error is": refused,
  "the error says that": messages,
};

/** The cases of the table, with the way to each as its title. */
export const cases: readonly (readonly [title: string, run: Case])[] = flattened(table, "");

function flattened(tree: Tree, title: string): readonly (readonly [string, Case])[] {
  if (typeof tree === "function") return [[title, tree]];
  return Object.entries(tree).flatMap(([name, below]) => flattened(below, title === "" ? name : `${title}, ${name}`));
}
