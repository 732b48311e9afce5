import type { Clock, Millis } from "#base/time.ts";

/** The machine's clock; with a start, one that runs as fast but began at that moment, so that tests live in a time of their own. */
export function systemClock(startAt?: Millis): Clock {
  const shift = startAt === undefined ? 0 : startAt - Date.now();
  return {
    now: () => Date.now() + shift,
    after: (delayMs, callback) => {
      const timer = setTimeout(callback, Math.max(0, delayMs));
      return () => clearTimeout(timer);
    },
  };
}
