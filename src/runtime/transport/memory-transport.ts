import { ConnectionError } from "../errors/connection-error.ts";
import type { AbortSignalLike } from "../gen/v1.ts";
import { orAborted, throwIfAborted } from "./abort.ts";
import type { Transport, TransportRequest, TransportResponse } from "./transport.ts";

/** What a memory transport answers. */
export interface MemoryResponse {
  /** Default: 200. */
  readonly status?: number;
  /** By lower-case name. */
  readonly headers?: TransportResponse["headers"];
  /** The content: a text, or its pieces as they come. Default: nothing, or `json`. */
  readonly body?: string | AsyncIterable<string | Uint8Array>;
  /** A value whose JSON text is the content, in place of `body`. */
  readonly json?: unknown;
  /** Whether it is worthwhile to send a request once more that is answered by 401. Default: false. */
  readonly renewsCredentials?: boolean;
}

/** Answers a request. What it throws is thrown by the transport, as a ConnectionError would be. */
export type MemoryHandler = (request: TransportRequest) => MemoryResponse | Promise<MemoryResponse>;

/**
 * A transport without a network, for tests: a function of the test's own answers. It ends, aborts and closes as connections do,
 * and records nothing.
 *
 * ```ts
 * const app = { apiVersion: "stable.example.com/v1", kind: "MyCoolApp", metadata: { name: "web" } };
 * const transport = new MemoryTransport(() => ({ json: app }));
 * const client = new DynamicClient({ transport });
 * ```
 */
export class MemoryTransport implements Transport {
  readonly #answer: MemoryHandler;
  readonly #underWay = new Set<Promise<void>>();
  #closed: Promise<unknown> | undefined;

  /** @param answer What answers each request. */
  constructor(answer: MemoryHandler) {
    this.#answer = answer;
  }

  /**
   * Asks the handler, and gives what it answers.
   *
   * @throws ConnectionError `closed` after {@link MemoryTransport.close}; what the handler throws; the signal's reason.
   */
  async request(request: TransportRequest): Promise<TransportResponse> {
    if (this.#closed !== undefined) {
      const problem = "wanted a request sent, but the client has been closed; make another client";
      throw new ConnectionError("closed", `memory: ${problem}`);
    }
    throwIfAborted(request.signal);
    const exchange = new MemoryExchange(request.signal);
    this.#underWay.add(exchange.ended);
    void exchange.ended.then(() => this.#underWay.delete(exchange.ended));
    try {
      const answer = await orAborted(this.#ask(request), request.signal);
      const { status = 200, headers = {}, renewsCredentials = false } = answer;
      return { status, headers, body: exchange.contentOf(piecesOf(answer)), renewsCredentials };
    } catch (error) {
      exchange.end(whole);
      throw error;
    }
  }

  /** Waits for the requests under way, their content included; what is asked after it is refused. */
  async close(): Promise<void> {
    this.#closed ??= Promise.all(this.#underWay);
    await this.#closed;
  }

  async #ask(request: TransportRequest): Promise<MemoryResponse> {
    return this.#answer(request);
  }
}

type Pieces = AsyncIterator<string | Uint8Array>;

function piecesOf({ body, json }: MemoryResponse): Pieces {
  const content = body ?? (json === undefined ? "" : JSON.stringify(json));
  return typeof content === "string" ? onePiece(content) : content[Symbol.asyncIterator]();
}

async function* onePiece(text: string): AsyncGenerator<string, void, undefined> {
  if (text !== "") yield text;
}

type Part = IteratorResult<Uint8Array, undefined>;

/** What readers get when there is nothing more to come. */
type Ending = () => Promise<Part>;

const whole: Ending = async () => ({ done: true, value: undefined });

/** One request with its answer. It ends when the content has been read, has failed, or has been left or aborted. */
class MemoryExchange {
  readonly ended: Promise<void>;
  readonly #signal: AbortSignalLike | undefined;
  #tellEnded = (): void => undefined;
  #tellReader = (_: Ending): void => undefined;
  #pieces: Pieces | undefined;
  #ending: Ending | undefined;

  constructor(signal: AbortSignalLike | undefined) {
    this.#signal = signal;
    this.ended = new Promise((resolve) => {
      this.#tellEnded = resolve;
    });
    signal?.addEventListener("abort", this.#abort);
  }

  /** The content, to be read once. */
  contentOf(pieces: Pieces): AsyncIterable<Uint8Array> {
    this.#pieces = pieces;
    const iterator: AsyncIterator<Uint8Array, undefined> = {
      next: () => this.#ending?.() ?? this.#next(pieces),
      return: () => this.#leave(whole),
    };
    return { [Symbol.asyncIterator]: () => iterator };
  }

  /** Says what readers get from now on. */
  end(ending: Ending): void {
    if (this.#ending !== undefined) return;
    this.#ending = ending;
    this.#signal?.removeEventListener("abort", this.#abort);
    this.#tellReader(ending);
    this.#tellEnded();
  }

  #next(pieces: Pieces): Promise<Part> {
    return new Promise((resolve) => {
      this.#tellReader = (ending) => resolve(ending());
      const take = ({ done, value }: IteratorResult<string | Uint8Array, unknown>): void => {
        if (done === true) {
          this.end(whole);
        } else {
          this.#tellReader = () => undefined;
          resolve({ done: false, value: typeof value === "string" ? Buffer.from(value) : value });
        }
      };
      pieces.next().then(take, (error) => this.end(() => Promise.reject(error)));
    });
  }

  /** Ends it early. What makes the pieces is not waited for: it may wait itself, and for ever. */
  #leave(ending: Ending): Promise<Part> {
    this.end(ending);
    this.#pieces?.return?.().catch(() => undefined);
    return whole();
  }

  readonly #abort = (): void => void this.#leave(() => Promise.reject(this.#signal?.reason));
}
