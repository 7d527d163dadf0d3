import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import type { TransportResponse } from "./transport.ts";

type Content = TransportResponse["body"];

/** Bytes. kube-apiserver compresses what is larger than 128 KiB, and the default of 16 KiB takes half as long again. */
const chunkSize = 256 * 1024;

/**
 * Unpacks gzip. Failures of the source are failures of the result, and leaving the result, even before its first part, leaves
 * the source.
 *
 * @param explain Makes what is thrown of what went wrong.
 */
export function gunzipped(content: Content, explain: (error: unknown) => unknown): Content {
  // Both ends hear of failures by themselves.
  const unpacked = pipeline(
    Readable.from(content, { objectMode: false }),
    createGunzip({ chunkSize }),
    () => undefined,
  );
  return {
    [Symbol.asyncIterator](): AsyncIterator<Uint8Array, undefined> {
      const parts: AsyncIterator<Uint8Array, undefined> = unpacked[Symbol.asyncIterator]();
      return {
        next: () =>
          parts.next().catch((error: unknown) => {
            throw explain(error);
          }),
        return: async () => {
          // Whoever leaves does not want to hear of it.
          unpacked.on("error", () => undefined).destroy();
          return { done: true, value: undefined };
        },
      };
    },
  };
}

/** Bytes; to read more than this costs more than another connection. */
const worthReading = 128 * 1024;

/** Reads what nobody wants, for the sake of the connection. */
export async function discard(content: Content): Promise<void> {
  let size = 0;
  try {
    for await (const part of content) {
      size += part.length;
      if (size > worthReading) return;
    }
  } catch {
    // Then there is nothing left of it.
  }
}
