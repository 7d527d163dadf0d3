import { pipeline, type Readable } from "node:stream";
import { createGunzip } from "node:zlib";

/**
 * The content of an answer as it can be iterated once. Leaving it early, even before its first part, gives up the connection:
 * there may be much more to come.
 *
 * @param explain Makes what is thrown of what went wrong.
 */
export function contentOf(body: Readable, explain: (error: unknown) => unknown): AsyncIterable<Uint8Array> {
  return {
    [Symbol.asyncIterator](): AsyncIterator<Uint8Array, undefined> {
      const parts: AsyncIterator<Uint8Array, undefined> = body[Symbol.asyncIterator]();
      return {
        next: () =>
          parts.next().catch((error: unknown) => {
            throw explain(error);
          }),
        return: async () => {
          // Whoever leaves does not want to hear of it.
          body.on("error", () => undefined).destroy();
          return { done: true, value: undefined };
        },
      };
    },
  };
}

/** Bytes. kube-apiserver compresses what is larger than 128 KiB, and the default of 16 KiB takes half as long again. */
const chunkSize = 256 * 1024;

/** Unpacks gzip. Failures of the source are failures of the result, and leaving the result leaves the source. */
export function gunzipped(body: Readable): Readable {
  // Both ends hear of failures by themselves.
  return pipeline(body, createGunzip({ chunkSize }), () => undefined);
}
