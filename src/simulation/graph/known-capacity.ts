import type { Interval } from "../forecast/forecast.ts";
import type { KnownCapacity } from "./drill-graph.ts";

/** A recent peak is what was borne, not what can be: up to so many times of it may be possible (section "capacity" of docs/simulation.md). */
const hopefulFactor = 1.3;

/** What speaks for what a node can take. Requests per second; NaN, and 0, where it is not known. */
export interface CapacityEvidence {
  readonly configured: number;
  /** Greatest volume in the frames before this one. */
  readonly recordedPeak: number;
  /** Greatest recent volume, as the source says. */
  readonly maxVolume: number;
  /** By the region's utilisation: the service's volume times the region's capacity by the region's volume. */
  readonly derived: number;
  /** What passes now. */
  readonly volume: number;
}

/**
 * A configured capacity stands. Otherwise the greatest volume that was ever seen is a lower bound: a peak that is below what passes now is out of date,
 * and what passes now was evidently possible. A short history has small peaks; where the source gives no peak for a service, the region's utilisation
 * says more, and the greater of the two is taken.
 */
export function knownCapacity(evidence: CapacityEvidence): KnownCapacity {
  const { configured, recordedPeak, maxVolume, derived, volume } = evidence;
  if (configured > 0) return { rate: configured, source: "configured" };
  if (maxVolume > 0) {
    const rate = Math.max(maxVolume, volume);
    return recordedPeak > rate
      ? { rate: recordedPeak, source: "recorded-peak" }
      : { rate, source: "max-volume" };
  }
  if (recordedPeak > 0 && !(derived > recordedPeak)) {
    return { rate: Math.max(recordedPeak, volume), source: "recorded-peak" };
  }
  if (derived > 0) return { rate: derived, source: "derived" };
  return { rate: NaN, source: "none" };
}

/** From the careful assumption to the hopeful one, times the plan's factor. NaN at both ends where nobody knows. */
export function capacityInterval({ rate, source }: KnownCapacity, factor: number): Interval {
  const low = rate * factor;
  return { low, high: source === "configured" ? low : low * hopefulFactor };
}
