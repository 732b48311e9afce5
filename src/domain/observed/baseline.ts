import type { Millis } from "#base/time.ts";

/** While something is wrong, what is usual is learned so much more slowly: a loss does not become usual within minutes. */
const slowness = 10;

/** What is usual of a quantity: the mean over about the last `overMs`, later values counting more (an exponential mean in small steps). */
export class Baseline {
  readonly #overMs: number;
  #mean = NaN;
  #startedAt: Millis = NaN;
  #lastAt: Millis = NaN;

  constructor(overMs: number) {
    this.#overMs = overMs;
  }

  /** NaN until half of the time has been watched. */
  get usual(): number {
    return this.#lastAt - this.#startedAt >= this.#overMs / 2 ? this.#mean : NaN;
  }

  add(at: Millis, value: number, isWrong: boolean): void {
    if (Number.isNaN(this.#mean)) {
      this.#startedAt = at;
      this.#mean = value;
    } else {
      const share = Math.min(1, (at - this.#lastAt) / this.#overMs) / (isWrong ? slowness : 1);
      this.#mean += share * (value - this.#mean);
    }
    this.#lastAt = at;
  }
}
