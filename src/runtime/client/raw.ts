import { InvalidArgumentError } from "../errors/invalid-argument.ts";
import type { CallOptions } from "../gen/v1.ts";
import type { TransportResponse } from "../transport/transport.ts";
import { checkOptions } from "./options.ts";
import type { ApiRequest } from "./requests.ts";

/** Options of `getRaw`. */
export interface RawOptions extends CallOptions {
  /** The media types that are wanted, as the header `Accept` lists them. Default: JSON, or whatever there is. */
  readonly accept?: string | undefined;
  /** The ETag of an answer from before. Where the server would give the same again, the answer is 304 and without a text. */
  readonly ifNoneMatch?: string | undefined;
}

/** What a server answers, as it is. */
export interface RawAnswer {
  /** The HTTP status code: one of success, or 304. */
  readonly status: number;
  /** By lower-case name. */
  readonly headers: TransportResponse["headers"];
  readonly text: string;
}

/**
 * Reads a path of the server.
 *
 * @throws InvalidArgumentError where the path could lead elsewhere, or an option is none.
 */
export function rawRequest(path: string, options: RawOptions): ApiRequest {
  const { accept = "application/json, */*", ifNoneMatch, ...limits } = options;
  checkOptions("get", limits);
  const headers = { accept: checkHeader("accept", accept) };
  const conditional = ifNoneMatch === undefined ? {} : { "if-none-match": checkHeader("ifNoneMatch", ifNoneMatch) };
  const [resource = ""] = checkPath(path).split("?");
  return { verb: "get", method: "GET", resource, path, headers: { ...headers, ...conditional } };
}

function checkPath(path: unknown): string {
  // For some a backslash is a slash.
  if (typeof path !== "string" || !/^\/(?!\/)[!"$-[\]-~]*$/.test(path)) {
    throw new InvalidArgumentError("path", 'wanted one that begins with one "/", escaped as in a URL and without "#"');
  }
  const [folders = ""] = path.split("?");
  // A server may unescape it first.
  if (folders.split(/\/|%2f|%5c/i).some((segment) => /^(?:\.|%2e){1,2}$/i.test(segment))) {
    throw new InvalidArgumentError("path", 'wanted one without the segments "." and ".."');
  }
  return path;
}

function checkHeader(option: string, value: unknown): string {
  if (typeof value === "string" && /^[ -~]+$/.test(value)) return value;
  throw new InvalidArgumentError(option, "wanted a text of printable ASCII characters");
}
