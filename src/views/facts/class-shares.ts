import type { TrafficClass } from "#domain/traffic-class.ts";

/** One class of traffic in one row: how much, and what part of the whole. */
export interface ClassShare {
  readonly index: number;
  readonly trafficClass: TrafficClass;
  /** Requests per second. */
  readonly rate: number;
  /** 0 to 1; 0 where nothing flows. */
  readonly share: number;
}

/** A row of a column such as `rates`, by class. Unknown and negative rates count as 0. */
export function classShares(
  column: Float64Array,
  row: number,
  classes: readonly TrafficClass[],
): readonly ClassShare[] {
  const rates = classes.map((_, c) => Math.max(0, column[row * classes.length + c] ?? 0) || 0);
  const total = rates.reduce((sum, rate) => sum + rate, 0);
  return classes.map((trafficClass, index) => {
    const rate = rates[index] ?? 0;
    return { index, trafficClass, rate, share: total > 0 ? rate / total : 0 };
  });
}
