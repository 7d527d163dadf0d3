import { isNotFound } from "../errors/predicates.ts";
import type { GetOptions } from "../gen/v1.ts";

/** A client that reads an object, of any kind. */
export interface GetClient<Read> {
  /** Reads an object; throws an ApiError 404 where there is none. */
  get(name: string, options?: GetOptions): Promise<Read>;
}

/**
 * Reads an object; undefined where the server says that there is none of that name. That nothing serves the resource, which is
 * a 404 without a reason, stays an error.
 *
 * @throws What `get` of the client throws.
 */
export async function getOrUndefined<Read>(
  client: GetClient<Read>,
  name: string,
  options: GetOptions = {},
): Promise<Read | undefined> {
  try {
    return await client.get(name, options);
  } catch (error) {
    if (isNotFound(error) && error.reason === "NotFound") return undefined;
    throw error;
  }
}
