import { startDeadline } from "../client/deadline.ts";
import { checkOptions } from "../client/options.ts";
import { retryWhile } from "../client/retry-on-conflict.ts";
import { InvalidArgumentError } from "../errors/invalid-argument.ts";
import { isAlreadyExists, isConflict, isNotFound } from "../errors/predicates.ts";
import type { CreateOptions } from "../gen/v1.ts";
import { orAborted } from "../transport/abort.ts";
import { deepEqual } from "../unstructured/deep-equal.ts";
import { isJsonObject } from "../unstructured/json.ts";
import { metadataText } from "../unstructured/object-meta.ts";
import { Unstructured } from "../unstructured/unstructured.ts";
import { type Change, changed } from "./change.ts";
import { getOrUndefined } from "./get-or-undefined.ts";
import type { ReplaceClient } from "./modify.ts";

/** A client that reads, creates and replaces objects of one kind. */
export interface CreateClient<Read, Input> extends ReplaceClient<Read> {
  /** Creates an object, and returns it as the server completed it. */
  create(object: Input, options?: CreateOptions): Promise<Read>;
}

/** What {@link createOrUpdate} has done. */
export interface CreateOrUpdateResult<Read> {
  readonly operation: "created" | "updated" | "unchanged";
  /** The object as the server has it now. */
  readonly object: Read;
}

/** A name, for kinds of which an object may have nothing but a name; the change fills in the rest. */
export type NameOf<Input> = { metadata: { name: string } } extends Input ? string : never;

/**
 * Creates an object or changes the one that is there, as controller-runtime's `CreateOrUpdate` does: it reads, makes the change
 * to what it read or, where there is nothing, to `initial`, and replaces or creates. Nothing is sent where the change changes
 * nothing ({@link deepEqual}). It begins again, up to five times, where somebody else was faster: changed, created or deleted
 * the object.
 *
 * @param initial What the object is before the change where there is none; with a name, and with apiVersion and kind where the
 * client does not know them. The change gets a copy of it.
 * @param options Those of `create`, which `replace` has too. The time limit is that of the whole.
 * @throws What the verbs of the client throw, and what the change throws. InvalidArgumentError where there is no name.
 */
export function createOrUpdate(
  client: CreateClient<Unstructured, Unstructured>,
  initial: Unstructured,
  change: Change<Unstructured>,
  options?: CreateOptions,
): Promise<CreateOrUpdateResult<Unstructured>>;
export function createOrUpdate<Read extends object, Input extends object>(
  client: CreateClient<Read, Input>,
  initial: NoInfer<Input> | NameOf<Input>,
  change: Change<NoInfer<Read | Input>>,
  options?: CreateOptions,
): Promise<CreateOrUpdateResult<Read>>;
export async function createOrUpdate<Any extends object>(
  client: CreateClient<Any, Any>,
  initial: Any | string,
  change: Change<Any>,
  options: CreateOptions = {},
): Promise<CreateOrUpdateResult<Any>> {
  checkOptions("create", options);
  const start = typeof initial === "string" ? ({ metadata: { name: initial } } as object as Any) : initial;
  const name = nameOf(start);
  const { timeoutMs } = options;
  const deadline = startDeadline({ timeoutMs, signal: options.signal, subject: () => `createOrUpdate ${name}` });
  const { signal } = deadline;
  const writing = { ...options, signal };
  const action = async (): Promise<CreateOrUpdateResult<Any>> => {
    const object = await getOrUndefined(client, name, { signal, timeoutMs });
    const next = await orAborted(changed(object ?? start, change), signal);
    if (object === undefined) return { operation: "created", object: await client.create(next, writing) };
    if (deepEqual(next, object)) return { operation: "unchanged", object };
    return { operation: "updated", object: await client.replace(next, writing) };
  };
  try {
    return await retryWhile(isRace, action, { signal });
  } finally {
    deadline.end();
  }
}

/** Whether somebody else has written between the reading and the writing. */
function isRace(error: unknown): boolean {
  const wasDeleted = isNotFound(error) && error.verb === "replace";
  return isConflict(error) || isAlreadyExists(error) || wasDeleted;
}

function nameOf(object: object): string {
  const content: unknown = object instanceof Unstructured ? object.object : object;
  const name = isJsonObject(content) ? metadataText(content, "name") : undefined;
  if (name !== undefined && name !== "") return name;
  throw new InvalidArgumentError("initial", "wanted an object with a name, got one without");
}
