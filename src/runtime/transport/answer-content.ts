/** What content comes from: a connection, which can be told to wait. */
export interface ContentSource {
  pause(): void;
  resume(): void;
  /** Gives up the connection. */
  abort(reason: Error): void;
}

/** Bytes that may have arrived and not been read before the source has to wait; as much as a stream of Node takes for a file. */
const mostUnread = 64 * 1024;

type Part = IteratorResult<Uint8Array, undefined>;

interface Reader {
  readonly resolve: (part: Part) => void;
  readonly reject: (error: unknown) => void;
}

const whole: Part = { done: true, value: undefined };

/**
 * The content of an answer between its connection, which adds the parts as they arrive, and a reader, who iterates over them
 * once. Leaving it early, even before its first part, gives up the connection: there may be much more to come.
 */
export class AnswerContent implements AsyncIterable<Uint8Array> {
  readonly #source: ContentSource;
  readonly #parts: Uint8Array[] = [];
  #unread = 0;
  readonly #readers: Reader[] = [];
  #ended = false;
  #failure: { readonly error: unknown } | undefined;

  constructor(source: ContentSource) {
    this.#source = source;
  }

  /** Adds a part. */
  add(part: Uint8Array): void {
    const reader = this.#readers.shift();
    if (reader !== undefined) {
      reader.resolve({ done: false, value: part });
      return;
    }
    this.#parts.push(part);
    this.#unread += part.length;
    if (this.#unread >= mostUnread) this.#source.pause();
  }

  /** Says that the last part has been added. */
  end(): void {
    this.#ended = true;
    for (const { resolve } of this.#readers.splice(0)) resolve(whole);
  }

  /** Says that there will not be all of it. Who reads gets the error, and no part any more. */
  fail(error: unknown): void {
    if (this.#ended) return;
    this.#failure = { error };
    this.#parts.length = 0;
    for (const { reject } of this.#readers.splice(0)) reject(error);
  }

  [Symbol.asyncIterator](): AsyncIterator<Uint8Array, undefined> {
    return { next: () => this.#next(), return: () => this.#leave() };
  }

  #next(): Promise<Part> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure.error);
    const part = this.#parts.shift();
    if (part !== undefined) {
      this.#unread -= part.length;
      if (this.#unread < mostUnread) this.#source.resume();
      return Promise.resolve({ done: false, value: part });
    }
    if (this.#ended) return Promise.resolve(whole);
    return new Promise((resolve, reject) => this.#readers.push({ resolve, reject }));
  }

  async #leave(): Promise<Part> {
    this.#parts.length = 0;
    this.end();
    this.#source.abort(new Error("the content was left"));
    return whole;
  }
}
