import type { Millis } from "#base/time.ts";
import type { Series } from "#store/series-store.ts";

/** A series for small charts: errors and warnings as shares, nothing later than the numbers that are shown. */
export interface HistorySeries {
  readonly at: readonly Millis[];
  readonly total: readonly number[];
  /** Shares of the total, 0 to 1. */
  readonly danger: readonly number[];
  readonly warning: readonly number[];
  readonly latencyMs: readonly number[];
}

export function historyOf(series: Series, until: Millis): HistorySeries {
  const count = series.at.filter((at) => at <= until).length;
  const share = (part: number, i: number) => {
    const whole = series.total[i] ?? NaN;
    return whole > 0 ? part / whole : whole === 0 ? 0 : NaN;
  };
  return {
    at: series.at.slice(0, count),
    total: series.total.slice(0, count),
    danger: series.danger.slice(0, count).map(share),
    warning: series.warning.slice(0, count).map(share),
    latencyMs: series.latencyMs.slice(0, count),
  };
}
