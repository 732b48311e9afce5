import type { Clock } from "#base/time.ts";

/** The browser's time. Steady: it does not jump when the system's clock is set. */
export const browserClock: Clock = {
  now: () => performance.timeOrigin + performance.now(),
  after: (delayMs, callback) => {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
};
