import type { Fit, Interval } from "./forecast.ts";

/** Utilisations of the careful capacity up to which something fits, and up to which it is only tight. */
export interface FitThresholds {
  readonly tight: number;
  readonly full: number;
}

export const usualThresholds: FitThresholds = { tight: 0.9, full: 1 };

/** `rate` by both ends of a capacity: low is the hopeful one. */
export function utilisationOf(rate: number, { low, high }: Interval): Interval {
  return { low: rate / high, high: rate / low };
}

export function fitOf({ high }: Interval, { tight, full }: FitThresholds): Fit {
  if (Number.isNaN(high)) return "unknown";
  if (high <= tight) return "fits";
  return high <= full ? "tight" : "does-not-fit";
}

/** From the best to the worst: what nobody knows is worse than what is only tight. */
const fits: readonly Fit[] = ["fits", "tight", "unknown", "does-not-fit"];

export function worstFit(all: readonly Fit[]): Fit {
  return all.reduce((worst, fit) => (fits.indexOf(fit) > fits.indexOf(worst) ? fit : worst), "fits");
}
