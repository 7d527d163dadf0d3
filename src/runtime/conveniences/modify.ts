import { startDeadline } from "../client/deadline.ts";
import { checkOptions } from "../client/options.ts";
import { retryOnConflict } from "../client/retry-on-conflict.ts";
import type { ReplaceOptions } from "../gen/v1.ts";
import { orAborted } from "../transport/abort.ts";
import { type Change, changed, checkChange } from "./change.ts";
import type { GetClient } from "./get-or-undefined.ts";
import { isUnchanged } from "./is-unchanged.ts";

/** A client that reads and replaces an object of any kind, its status or its scale. */
export interface ReplaceClient<Read> extends GetClient<Read> {
  /** Replaces an object as a whole; throws an ApiError 409 where it has changed since it was read. */
  replace(object: NoInfer<Read>, options?: ReplaceOptions): Promise<Read>;
}

/**
 * Reads an object, changes it and replaces it, again while somebody else was faster ({@link retryOnConflict}); the way to
 * change an object that is there, where `apply` and `patch` do not do. Nothing is sent where the change changes nothing: the
 * same content, empty labels and the like of the metadata as good as none. With `client.status` it changes the status, and with `client.scale` the scale.
 *
 * @param options Those of `replace`. The time limit is that of the whole.
 * @returns The object as the server has it now.
 * @throws What `get` and `replace` of the client throw, and what the change throws.
 */
export async function modify<Read extends object>(
  client: ReplaceClient<Read>,
  name: string,
  change: Change<NoInfer<Read>>,
  options: ReplaceOptions = {},
): Promise<Read> {
  checkOptions("replace", options);
  checkChange(change);
  const { timeoutMs } = options;
  const deadline = startDeadline({ timeoutMs, signal: options.signal, subject: () => `modify ${name}` });
  const { signal } = deadline;
  const action = async (): Promise<Read> => {
    const object = await client.get(name, { signal, timeoutMs });
    const next = await orAborted(changed(object, change), signal);
    return isUnchanged(object, next) ? object : await client.replace(next, { ...options, signal });
  };
  try {
    return await retryOnConflict(action, { signal });
  } finally {
    deadline.end();
  }
}
