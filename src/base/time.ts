import type { Dispose } from "./disposer.ts";

/** Milliseconds since 1970-01-01T00:00Z, with fractions. Data time, wall time and motion time are all told in it. */
export type Millis = number;

/** Time is an input: whatever needs to know it, or to wait, is handed one of these. */
export interface Clock {
  now(): Millis;
  /** Calls back once after `delayMs`, unless disposed before. */
  after(delayMs: number, callback: () => void): Dispose;
}

/** Calls back every `periodMs` until disposed; the first call comes after one period. */
export function every(clock: Clock, periodMs: number, callback: () => void): Dispose {
  let cancel = clock.after(periodMs, tick);
  function tick(): void {
    cancel = clock.after(periodMs, tick);
    callback();
  }
  return () => cancel();
}
