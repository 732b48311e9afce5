import type { Clock, Millis } from "#base/time.ts";

/** Lets `perSecond` things pass on average, and at most `burst` at once. */
export class TokenBucket {
  readonly #clock: Clock;
  readonly #perSecond: number;
  readonly #burst: number;
  #level: number;
  #filledAt: Millis;

  constructor(clock: Clock, perSecond: number, burst: number) {
    this.#clock = clock;
    this.#perSecond = perSecond;
    this.#burst = burst;
    this.#level = burst;
    this.#filledAt = clock.now();
  }

  /** False when this one is too many. */
  take(): boolean {
    const now = this.#clock.now();
    const gained = (Math.max(0, now - this.#filledAt) / 1000) * this.#perSecond;
    this.#filledAt = now;
    this.#level = Math.min(this.#burst, this.#level + gained);
    if (this.#level < 1) return false;
    this.#level -= 1;
    return true;
  }
}
