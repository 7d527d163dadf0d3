import { ReadError, sourceDiagnostic } from "./read-error.ts";

/** How long a server may take for all of its answer, in milliseconds. */
const timeout = 30_000;

/** What a program may pass in place of Node's own. */
export interface UrlOptions {
  readonly fetch?: typeof fetch;
  /** Ends the request when it is aborted. */
  readonly signal?: AbortSignal;
  /** The largest answer to accept, in bytes. */
  readonly maxBytes: number;
}

/** A URL as it may be shown: without user name and password, and without its query, which may hold a token. */
export function printableUrl(url: URL): string {
  return `${url.origin}${url.pathname}${url.search === "" ? "" : "?…"}`;
}

/**
 * Fetches what a URL holds; redirects are followed. A user name and password in the URL become an Authorization header.
 * Throws a ReadError when there is no connection, when the answer is an error or a web page, or is too large.
 */
export async function fetchBytes(url: URL, name: string, options: UrlOptions): Promise<Buffer> {
  const deadline = AbortSignal.timeout(timeout);
  const signal = options.signal === undefined ? deadline : AbortSignal.any([deadline, options.signal]);
  try {
    const response = await (options.fetch ?? fetch)(withoutCredentials(url), { headers: headers(url), signal });
    if (!response.ok) {
      await response.body?.cancel();
      const reason = `expected a file, got HTTP status ${response.status}${advice(response.status)}`;
      // A server that fails is no mistake of the user's.
      throw urlError(name, reason, response.status >= 500 ? new Error(`HTTP status ${response.status}`) : undefined);
    }
    if (response.headers.get("content-type")?.startsWith("text/html") === true) {
      await response.body?.cancel();
      throw urlError(name, "expected YAML or JSON, got a web page; give the address of the file itself (often `raw`)");
    }
    return await readBody(response, name, options.maxBytes);
  } catch (error) {
    if (error instanceof ReadError) throw error;
    options.signal?.throwIfAborted();
    if (deadline.aborted) throw urlError(name, `no complete answer within ${timeout / 1000} seconds; try again`, error);
    throw urlError(name, `cannot be reached (${connectionReason(error)}); check the address and the connection`, error);
  }
}

function withoutCredentials(url: URL): URL {
  const bare = new URL(url);
  bare.username = "";
  bare.password = "";
  return bare;
}

function headers(url: URL): Record<string, string> {
  const accept = { accept: "application/yaml, application/json, text/plain, */*" };
  if (url.username === "" && url.password === "") return accept;
  const credentials = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  return { ...accept, authorization: `Basic ${Buffer.from(credentials).toString("base64")}` };
}

async function readBody(response: Response, name: string, maxBytes: number): Promise<Buffer> {
  if (response.body === null) return Buffer.alloc(0);
  return collectBytes(response.body, name, maxBytes);
}

/** Puts the parts of a stream together. Throws a ReadError as soon as there are more than `maxBytes`. */
export async function collectBytes(
  stream: AsyncIterable<Uint8Array | string>,
  name: string,
  maxBytes: number,
): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of stream) {
    const bytes = typeof part === "string" ? Buffer.from(part) : Buffer.from(part.buffer, part.byteOffset, part.length);
    size += bytes.length;
    if (size > maxBytes) throw sizeError(name, maxBytes);
    parts.push(bytes);
  }
  return Buffer.concat(parts);
}

/** Says that a source is larger than what is accepted. */
export function sizeError(name: string, maxBytes: number): ReadError {
  const limit = `${maxBytes / 2 ** 20} MiB`;
  return new ReadError(sourceDiagnostic("source-size", `${name}: expected at most ${limit}, got more; split it`));
}

function urlError(name: string, reason: string, cause?: unknown): ReadError {
  return new ReadError(sourceDiagnostic("source-url", `${name}: ${reason}`), { cause });
}

function advice(status: number): string {
  if (status === 404 || status === 410) return "; check the address";
  if (status === 401 || status === 403) return "; the server wants other credentials";
  return "; try again later";
}

/** The system's word for a failed connection, such as ECONNREFUSED. Messages of `fetch` may hold the URL, so only codes are shown. */
function connectionReason(error: unknown): string {
  for (let at = error; at instanceof Error; at = at.cause) {
    if ("code" in at && typeof at.code === "string" && at.code !== "") return at.code;
  }
  return "no connection";
}
