import type { Random } from "#base/random.ts";
import type { Clock } from "#base/time.ts";

import type { Emit, TrafficSource } from "../sources/traffic-source.ts";

/** A source that is down is asked again after a second, then ever more rarely, at most this rarely. */
const longestPauseMs = 30_000;

export interface SourceWatch {
  readonly clock: Clock;
  readonly random: Random;
  /** The source threw; it runs again in `pauseMs`. */
  readonly onFailure: (error: unknown, pauseMs: number) => void;
}

/** Runs a source until the signal aborts or the source says that nothing more will come; runs it again whenever it throws. Never rejects. */
export async function runSource(
  source: TrafficSource,
  emit: Emit,
  signal: AbortSignal,
  { clock, random, onFailure }: SourceWatch,
): Promise<void> {
  let failures = 0;
  const emitAndRecover: Emit = (snapshot, problems) => {
    failures = 0;
    if (!signal.aborted) emit(snapshot, problems);
  };
  while (!signal.aborted) {
    try {
      await source.run(emitAndRecover, signal);
      return;
    } catch (error: unknown) {
      if (signal.aborted) return;
      const pauseMs = Math.min(longestPauseMs, 1000 * 2 ** failures) * (0.75 + random() / 2);
      failures += 1;
      onFailure(error, pauseMs);
      await pause(clock, pauseMs, signal);
    }
  }
}

/** Resolves after a time, or at once when the signal aborts. */
export function pause(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve();
      return;
    }
    const cancel = clock.after(ms, done);
    function done(): void {
      cancel();
      signal.removeEventListener("abort", done);
      resolve();
    }
    signal.addEventListener("abort", done, { once: true });
  });
}
