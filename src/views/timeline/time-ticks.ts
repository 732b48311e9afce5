import type { Millis } from "#base/time.ts";

const [second, minute, hour] = [1_000, 60_000, 3_600_000];

const steps: readonly Millis[] = [
  ...[1, 2, 5, 10, 15, 30].map((n) => n * second),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * minute),
  ...[1, 2, 3, 6, 12, 24, 48, 168].map((n) => n * hour),
];

export interface Ticks {
  readonly stepMs: Millis;
  readonly at: readonly Millis[];
}

/** Round moments of a stretch, at most so many. */
export function timeTicks(from: Millis, to: Millis, most: number): Ticks {
  const stepMs = steps.find((step) => (to - from) / step <= Math.max(1, most)) ?? steps.at(-1) ?? hour;
  const at: Millis[] = [];
  for (let tick = Math.ceil(from / stepMs) * stepMs; tick <= to; tick += stepMs) at.push(tick);
  return { stepMs, at };
}
