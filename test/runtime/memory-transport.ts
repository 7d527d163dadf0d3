import {
  type MemoryResponse,
  MemoryTransport as ShippedTransport,
} from "../../src/runtime/transport/memory-transport.ts";
import type { Transport, TransportRequest, TransportResponse } from "../../src/runtime/transport/transport.ts";

/** What a memory transport answers. */
export type MemoryAnswer = MemoryResponse;

/** What answers a request; what it throws is thrown by the transport. `index` counts the requests from 0. */
export type Answering = (request: TransportRequest, index: number) => MemoryAnswer | Promise<MemoryAnswer>;

/** The memory transport of the runtime, and a record of what was asked for. */
export class MemoryTransport implements Transport {
  /** The requests so far, in their order. */
  readonly requests: TransportRequest[] = [];
  /** How many answers have been neither read to their end nor left. */
  unfinished = 0;
  /** How often it was closed. */
  closed = 0;
  readonly #transport: ShippedTransport;

  constructor(answer: Answering) {
    this.#transport = new ShippedTransport((request) => {
      this.requests.push(request);
      return answer(request, this.requests.length - 1);
    });
  }

  async request(request: TransportRequest): Promise<TransportResponse> {
    const response = await this.#transport.request(request);
    this.unfinished++;
    return { ...response, body: this.#counted(response.body) };
  }

  /** Counts only, so that a test may close it and go on. */
  async close(): Promise<void> {
    this.closed++;
  }

  /** The paths of the requests so far. */
  get paths(): readonly string[] {
    return this.requests.map(({ path }) => path);
  }

  #counted(body: TransportResponse["body"]): TransportResponse["body"] {
    const parts = body[Symbol.asyncIterator]();
    let finish = (): void => {
      this.unfinished--;
      finish = () => undefined;
    };
    const next = async (): Promise<IteratorResult<Uint8Array, undefined>> => {
      try {
        const part = await parts.next();
        if (part.done === true) finish();
        return part;
      } catch (error) {
        finish();
        throw error;
      }
    };
    const leave = async (): Promise<IteratorResult<Uint8Array, undefined>> => {
      finish();
      await parts.return?.();
      return { done: true, value: undefined };
    };
    return { [Symbol.asyncIterator]: () => ({ next, return: leave }) };
  }
}

/** An answer with an object of the API, which says what it is also where the test does not; `{ json }` has a value as it is. */
export function json(object: object | undefined, answer: Omit<MemoryAnswer, "body" | "json"> = {}): MemoryAnswer {
  return { ...answer, json: { apiVersion: "example.com/v1", kind: "Example", ...object } };
}

/** An answer with a Status that is a failure. */
export function failed(
  status: number,
  reason?: string,
  answer: Omit<MemoryAnswer, "body" | "json" | "status"> = {},
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
