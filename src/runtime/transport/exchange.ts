import type { Dispatcher } from "undici";
import type { AbortSignalLike } from "../gen/v1.ts";
import { AnswerContent } from "./answer-content.ts";
import type { TransportResponse } from "./transport.ts";

/** What concerns one exchange beside its request. */
export interface ExchangeOptions {
  readonly signal: AbortSignalLike | undefined;
  /** Makes what is thrown of what went wrong, before the answer has begun or in its content. */
  readonly explain: (error: unknown, phase: "headers" | "body") => unknown;
}

/**
 * Sends a request and resolves with the beginning of the answer, the content as it is sent. It stands below undici's
 * `request`, whose streams take longer than all else that a small answer costs.
 */
export function exchange(
  dispatcher: Dispatcher,
  request: Dispatcher.DispatchOptions,
  options: ExchangeOptions,
): Promise<TransportResponse> {
  return new Promise((resolve, reject) => {
    dispatcher.dispatch(request, new Exchange(options, { resolve, reject }));
  });
}

interface Beginning {
  readonly resolve: (response: TransportResponse) => void;
  readonly reject: (error: unknown) => void;
}

/** What undici tells of a request and its answer. */
class Exchange implements Dispatcher.DispatchHandler {
  readonly #options: ExchangeOptions;
  readonly #beginning: Beginning;
  #controller: Dispatcher.DispatchController | undefined;
  #content: AnswerContent | undefined;
  #aborted = false;

  constructor(options: ExchangeOptions, beginning: Beginning) {
    this.#options = options;
    this.#beginning = beginning;
    // Undici itself would hear of the signal only when the request has a connection.
    options.signal?.addEventListener("abort", this.#abort);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#aborted) this.#abort();
  }

  onResponseStart(
    controller: Dispatcher.DispatchController,
    status: number,
    headers: TransportResponse["headers"],
  ): void {
    // What comes before an answer, as 103, is none.
    if (status < 200) return;
    this.#content = new AnswerContent(controller);
    this.#beginning.resolve({ status, headers, body: this.#content });
  }

  onResponseData(_: Dispatcher.DispatchController, part: Uint8Array): void {
    this.#content?.add(part);
  }

  onResponseEnd(): void {
    this.#stopListening();
    this.#content?.end();
  }

  onResponseError(_: Dispatcher.DispatchController, error: unknown): void {
    if (!this.#aborted) this.#fail(this.#options.explain(error, this.#content === undefined ? "headers" : "body"));
  }

  readonly #abort = (): void => {
    this.#aborted = true;
    this.#fail(this.#options.signal?.reason);
    this.#controller?.abort(new Error("the request was aborted"));
  };

  #fail(error: unknown): void {
    this.#stopListening();
    if (this.#content === undefined) this.#beginning.reject(error);
    else this.#content.fail(error);
  }

  #stopListening(): void {
    this.#options.signal?.removeEventListener("abort", this.#abort);
  }
}
