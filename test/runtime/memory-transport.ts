import type { AbortSignalLike } from "../../src/runtime/gen/v1.ts";
import type { Transport, TransportRequest, TransportResponse } from "../../src/runtime/transport/transport.ts";

/** What a memory transport answers. */
export interface MemoryAnswer {
  /** Default: 200. */
  readonly status?: number;
  readonly headers?: TransportResponse["headers"];
  /** A text, or its pieces as they come. Default: nothing. */
  readonly body?: string | AsyncIterable<string | Uint8Array>;
}

/** What answers a request; what it throws is thrown by the transport. `index` counts the requests from 0. */
export type Answering = (request: TransportRequest, index: number) => MemoryAnswer | Promise<MemoryAnswer>;

/** A transport without a network: a function answers, and what was asked for is kept. */
export class MemoryTransport implements Transport {
  /** The requests so far, in their order. */
  readonly requests: TransportRequest[] = [];
  /** How many answers have been neither read to their end nor left. */
  unfinished = 0;
  /** How often it was closed. */
  closed = 0;
  readonly #answer: Answering;

  constructor(answer: Answering) {
    this.#answer = answer;
  }

  async request(request: TransportRequest): Promise<TransportResponse> {
    if (request.signal?.aborted === true) throw request.signal.reason;
    this.requests.push(request);
    const answer = Promise.resolve(this.#answer(request, this.requests.length - 1));
    const { status = 200, headers = {}, body = "" } = await orAborted(answer, request.signal);
    this.unfinished++;
    return { status, headers, body: this.#content(typeof body === "string" ? once(body) : body, request.signal) };
  }

  async close(): Promise<void> {
    this.closed++;
  }

  /** The paths of the requests so far. */
  get paths(): readonly string[] {
    return this.requests.map(({ path }) => path);
  }

  #content(pieces: AsyncIterable<string | Uint8Array>, signal: AbortSignalLike | undefined): AsyncIterable<Uint8Array> {
    const iterator = pieces[Symbol.asyncIterator]();
    let finished = false;
    const finish = (): void => {
      if (!finished) this.unfinished--;
      finished = true;
    };
    const next = async (): Promise<IteratorResult<Uint8Array, undefined>> => {
      try {
        const { done, value } = await orAborted(iterator.next(), signal);
        if (done !== true) return { done: false, value: typeof value === "string" ? Buffer.from(value) : value };
        finish();
        return { done: true, value: undefined };
      } catch (error) {
        finish();
        throw error;
      }
    };
    const leave = async (): Promise<IteratorResult<Uint8Array, undefined>> => {
      finish();
      // A generator that waits for ever would not let go.
      void iterator.return?.();
      return { done: true, value: undefined };
    };
    return { [Symbol.asyncIterator]: () => ({ next, return: leave }) };
  }
}

async function* once(text: string): AsyncGenerator<string, void, undefined> {
  if (text !== "") yield text;
}

/** What a promise comes to, unless the signal is aborted before. */
async function orAborted<T>(promise: Promise<T>, signal: AbortSignalLike | undefined): Promise<T> {
  if (signal === undefined) return promise;
  if (signal.aborted) throw signal.reason;
  let abort = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(signal.reason);
    signal.addEventListener("abort", abort);
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}

/** An answer with a JSON text. */
export function json(value: unknown, answer: Omit<MemoryAnswer, "body"> = {}): MemoryAnswer {
  return { ...answer, body: JSON.stringify(value) };
}

/** An answer with a Status that is a failure. */
export function failed(
  status: number,
  reason?: string,
  answer: Omit<MemoryAnswer, "body" | "status"> = {},
): MemoryAnswer {
  const content = {
    kind: "Status",
    apiVersion: "v1",
    metadata: {},
    status: "Failure",
    message: "no",
    reason,
    code: status,
  };
  return json(content, { ...answer, status });
}

/** A request as a text: method, path, type of the content, and the content. */
export function wireText({ method, path, contentType, body }: WireRequest): string {
  const type = contentType === undefined ? "" : `\ncontent-type: ${contentType}`;
  return `${method} ${path}${type}${body === undefined ? "" : `\n\n${body}`}`;
}

/** What of a request goes onto the wire. */
export interface WireRequest {
  readonly method: string;
  readonly path: string;
  readonly contentType?: string | undefined;
  readonly body?: string | undefined;
}
