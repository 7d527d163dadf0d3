import { createHash } from "node:crypto";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

/** A source of chance that gives the same for the same seed, whatever happens beside it. */
export class Random {
  readonly #generator: ReturnType<typeof xoroshiro128plus>;

  /** @param seed Any text. */
  constructor(seed: string) {
    this.#generator = xoroshiro128plus(createHash("sha256").update(seed).digest().readInt32LE(0));
  }

  /** A whole number of at least 0 and below `end`. */
  below(end: number): number {
    return uniformInt(this.#generator, 0, end - 1);
  }

  /** True in one of `times` cases. */
  oneIn(times: number): boolean {
    return this.below(times) === 0;
  }

  /** @throws Error where there is nothing to choose from. */
  pick<T>(choices: readonly T[]): T {
    const choice = choices[this.below(Math.max(1, choices.length))];
    if (choice === undefined) throw new Error("wanted something to choose from, got nothing");
    return choice;
  }

  /** The same in another order. */
  shuffled<T>(list: readonly T[]): readonly T[] {
    const result = [...list];
    for (let last = result.length - 1; last > 0; last--) {
      const other = this.below(last + 1);
      [result[last], result[other]] = [result[other] as T, result[last] as T];
    }
    return result;
  }
}
