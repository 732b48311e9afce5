import type { Dispose } from "#base/disposer.ts";
import type { Random } from "#base/random.ts";
import type { Clock } from "#base/time.ts";

/** The first new try comes after about half a second, later ones ever more rarely. */
const firstPauseMs = 500;
const longestPauseMs = 10_000;

/** When to try again: ever more rarely, each page at another time, or when the server has asked for it. */
export class Reconnect {
  readonly #clock: Clock;
  readonly #random: Random;
  #failures = 0;
  #goodbye: { readonly why: string; readonly inMs: number } | undefined;
  #cancel: Dispose = () => {};

  constructor(clock: Clock, random: Random) {
    this.#clock = clock;
    this.#random = random;
  }

  /** What the server said before it closed the connection. */
  get goodbyeWhy(): string | undefined {
    return this.#goodbye?.why;
  }

  goodbye(why: string, inMs: number): void {
    this.#goodbye = { why, inMs };
  }

  succeeded(): void {
    this.#failures = 0;
  }

  /** The connection is gone: tries again after a while, unless cancelled. */
  failed(tryAgain: () => void): void {
    const growing = Math.min(longestPauseMs, firstPauseMs * 2 ** this.#failures) * (0.5 + this.#random());
    const pauseMs = this.#goodbye?.inMs ?? growing;
    this.#failures += 1;
    this.#goodbye = undefined;
    this.#cancel();
    this.#cancel = this.#clock.after(pauseMs, tryAgain);
  }

  readonly cancel: Dispose = () => this.#cancel();
}
