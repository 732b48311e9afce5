import type { Millis } from "#base/time.ts";
import { createSnapshot, type TrafficSnapshot } from "#domain/snapshot.ts";

/** After so many intervals without a frame nothing is known any more. */
const staleIntervals = 3;

/** How long a frame speaks for the time after it. */
export function staleAfterMs(intervalMs: number): number {
  return staleIntervals * intervalMs;
}

/**
 * Frames with a silent one wherever nothing was recorded for long: no dot sets out in a gap, because nobody knows of any. `to` is the end of the stretch that
 * the frames are of.
 */
export function withSilences(
  frames: readonly TrafficSnapshot[],
  to: Millis,
  intervalMs: number,
): readonly TrafficSnapshot[] {
  const staleMs = staleAfterMs(intervalMs);
  return frames.flatMap((frame, i) => {
    const next = frames[i + 1]?.at ?? Infinity;
    const ends = frame.at + staleMs;
    return next > ends && ends <= to ? [frame, silenceAfter(frame, ends)] : [frame];
  });
}

const silences = new WeakMap<TrafficSnapshot, TrafficSnapshot>();

/** The same object for the same frame: whoever draws tells frames apart by identity. */
function silenceAfter(frame: TrafficSnapshot, at: Millis): TrafficSnapshot {
  const known = silences.get(frame);
  if (known?.at === at) return known;
  const { windowMs, topology } = frame;
  const silence = createSnapshot({ at, windowMs, topology, notices: [], values: frame.values.slice() });
  silence.rates.fill(0);
  silences.set(frame, silence);
  return silence;
}
