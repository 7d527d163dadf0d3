import type { AbortSignalLike } from "../gen/v1.ts";

/** An answer that several wait for at the same time, and that is given up when none of them does any longer. */
export class SharedAnswer<T> {
  readonly #answer: Promise<T>;
  readonly #givenUp = new AbortController();
  #waiting = 0;
  #settled = false;

  /** @param ask Begins to find the answer; its signal is aborted when that is given up. */
  constructor(ask: (givenUp: AbortSignal) => Promise<T>) {
    this.#answer = ask(this.#givenUp.signal).finally(() => {
      this.#settled = true;
    });
  }

  /** Whether it is there or given up, so that who asks now has to ask anew. */
  get over(): boolean {
    return this.#settled || this.#givenUp.signal.aborted;
  }

  /** Waits for it too: until the signal is aborted, and without one to its end. */
  wait(signal: AbortSignalLike | undefined): Promise<T> {
    this.#waiting += 1;
    const leave = (): void => {
      this.#waiting -= 1;
      if (this.#waiting === 0) this.#givenUp.abort();
    };
    const settled = (): void => signal?.removeEventListener("abort", leave);
    if (signal?.aborted === true) leave();
    else signal?.addEventListener("abort", leave);
    this.#answer.then(settled, settled);
    return this.#answer;
  }
}
