import type { Clock, Millis } from "#base/time.ts";

/** When test time begins, unless told otherwise. */
export const testStart: Millis = 1_700_000_000_000;

/** A clock that moves only when told to, and then calls what has come due, in order. */
export class ManualClock implements Clock {
  #now: Millis;
  #timers: { at: Millis; callback: () => void }[] = [];

  constructor(now: Millis = testStart) {
    this.#now = now;
  }

  now(): Millis {
    return this.#now;
  }

  after(delayMs: number, callback: () => void): () => void {
    const timer = { at: this.#now + delayMs, callback };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  advance(ms: number): void {
    const end = this.#now + ms;
    for (let due = this.#nextDue(end); due !== undefined; due = this.#nextDue(end)) {
      this.#timers = this.#timers.filter((timer) => timer !== due);
      this.#now = due.at;
      due.callback();
    }
    this.#now = end;
  }

  #nextDue(end: Millis): { at: Millis; callback: () => void } | undefined {
    return this.#timers.filter((timer) => timer.at <= end).toSorted((a, b) => a.at - b.at)[0];
  }
}
