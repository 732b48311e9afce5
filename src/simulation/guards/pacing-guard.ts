/**
 * How fast traffic may come (back) to a region: the constants of Taiji (SOSP 2019, sections 3.1.3 and 4), which keep a region's caches and fleets from being
 * hit cold. One decision per epoch of 5 min.
 */
export const pacing = {
  /** Seconds between two decisions. */
  epoch: 300,
  /** The most by which a region's utilisation may rise in one epoch. */
  rise: 0.04,
  /** Share of the wanted shift that is made, against swinging. */
  damping: 0.8,
  /** Shifts smaller than this are not made. */
  deadBand: 0.01,
} as const;

/** The utilisation, 0 to 1, to aim for in the next epoch: up at most `rise`, down without a bound, not at all within the dead band. */
export function pacedUtilisation(current: number, wanted: number): number {
  const shift = wanted - current;
  if (Math.abs(shift) < pacing.deadBand) return current;
  return current + Math.min(pacing.rise, pacing.damping * shift);
}

/** Epochs until the wanted utilisation is reached, to the dead band. */
export function epochsToReach(from: number, wanted: number): number {
  let [epochs, current] = [0, from];
  for (;;) {
    const next = pacedUtilisation(current, wanted);
    if (next === current) return epochs;
    current = next;
    epochs += 1;
  }
}
