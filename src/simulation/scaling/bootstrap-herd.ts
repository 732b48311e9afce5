/**
 * Instances that start together ask their backends for their state together. Restores are paced because of it (Maelstrom, OSDI 2018; Taiji,
 * SOSP 2019). With a start-up jitter of J seconds, n instances of k calls each make n k / J calls per second; without, all within one step.
 */
export function herdPeak(instances: number, callsEach: number, jitter: number, dt: number): number {
  return (instances * callsEach) / Math.max(dt, jitter);
}

/** Calls that fall between two moments, in seconds after the common start. */
export function herdCalls(
  instances: number,
  callsEach: number,
  jitter: number,
  from: number,
  to: number,
): number {
  const all = instances * callsEach;
  if (!(jitter > 0)) return from <= 0 && to > 0 ? all : 0;
  return (all * Math.max(0, Math.min(to, jitter) - Math.max(from, 0))) / jitter;
}
