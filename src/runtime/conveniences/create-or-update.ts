import { startDeadline } from "../client/deadline.ts";
import { checkOptions } from "../client/options.ts";
import { retryWhile } from "../client/retry-on-conflict.ts";
import type { UnstructuredInput } from "../client/unstructured-client.ts";
import { InvalidArgumentError } from "../errors/invalid-argument.ts";
import { isAlreadyExists, isConflict, isNotFound } from "../errors/predicates.ts";
import type { CreateOptions } from "../gen/v1.ts";
import { orAborted } from "../transport/abort.ts";
import { isJsonObject, type JsonObject } from "../unstructured/json.ts";
import { metadataText } from "../unstructured/object-meta.ts";
import type { Unstructured } from "../unstructured/unstructured.ts";
import { asJson, type Change, changed, checkChange, contentOf } from "./change.ts";
import { getOrUndefined } from "./get-or-undefined.ts";
import { isUnchanged } from "./is-unchanged.ts";
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

/**
 * A name, for kinds of which an object may have nothing but a name; the change fills in the rest. An untyped client takes none, as
 * it does not know apiVersion and kind.
 */
export type NameOf<Input> = JsonObject extends Input
  ? never
  : { metadata: { name: string } } extends Input
    ? string
    : never;

/**
 * Creates an object or changes the one that is there, as controller-runtime's `CreateOrUpdate` does: it reads, makes the change
 * to what it read or, where there is nothing, to `initial`, and replaces or creates. Nothing is sent where the change changes
 * nothing: the same content, empty labels and the like of the metadata as good as none. It begins again, up to five times, where somebody else was faster: changed, created or deleted
 * the object.
 *
 * @param initial What the object is before the change where there is none; with a name, and with apiVersion and kind where the
 * client does not know them. The change gets a copy of it. With an untyped client it is an Unstructured or a plain object; the
 * change gets the same of the two, of an object that is there as well.
 * @param options Those of `create`, which `replace` has too. The time limit is that of the whole.
 * @throws What the verbs of the client throw, and what the change throws. InvalidArgumentError where there is no name.
 */
export function createOrUpdate<Initial extends UnstructuredInput>(
  client: CreateClient<Unstructured, UnstructuredInput>,
  initial: Initial,
  change: Change<Initial extends Unstructured ? Unstructured : JsonObject>,
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
  checkChange(change);
  const start =
    typeof initial === "string" ? ({ metadata: { name: initial } } as object as Any) : asJson("initial", initial);
  const name = nameOf(start);
  const { timeoutMs } = options;
  const deadline = startDeadline({ timeoutMs, signal: options.signal, subject: () => `createOrUpdate ${name}` });
  const { signal } = deadline;
  const writing = { ...options, signal };
  const action = async (): Promise<CreateOrUpdateResult<Any>> => {
    const object = await getOrUndefined(client, name, { signal, timeoutMs });
    const before = object === undefined ? start : asGiven(start, object);
    const next = await orAborted(changed(before, change), signal);
    if (object === undefined) return { operation: "created", object: await client.create(next, writing) };
    if (isUnchanged(object, next)) return { operation: "unchanged", object };
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

/** An object as the change wants it: the content of an Unstructured where it was given a plain object. */
function asGiven<Any extends object>(given: Any, object: Any): Any {
  return isJsonObject(given) ? (contentOf(object) as object as Any) : object;
}

function nameOf(object: object): string {
  const name = metadataText(contentOf(object), "name");
  if (name !== undefined && name !== "") return name;
  throw new InvalidArgumentError("initial", "wanted an object with a name, got one without");
}
