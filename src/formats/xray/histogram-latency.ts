import { isJsonObject } from "#base/json.ts";
import type { ObservedLatency } from "#domain/observed/observation.ts";

import { readNumber } from "../vizceral/read-scalar.ts";

/** More are no histogram any more; X-Ray writes some hundred. */
const greatestEntries = 10_000;

/**
 * Quantiles of X-Ray's ResponseTimeHistogram, `[{"Value": seconds, "Count": n}]`, in milliseconds: of each the least value that so many responses
 * do not exceed (nearest rank). Undefined where nothing is counted.
 */
export function histogramLatency(raw: unknown): ObservedLatency | undefined {
  if (!Array.isArray(raw)) return undefined;
  const entries = raw.slice(0, greatestEntries).flatMap((item: unknown) => {
    const value = isJsonObject(item) ? readNumber(item["Value"])?.value : undefined;
    const count = isJsonObject(item) ? readNumber(item["Count"])?.value : undefined;
    return value !== undefined && count !== undefined && value >= 0 && count > 0 ? [{ value, count }] : [];
  });
  if (entries.length === 0) return undefined;
  entries.sort((a, b) => a.value - b.value);
  const total = entries.reduce((sum, { count }) => sum + count, 0);
  const quantile = (share: number): number => {
    let seen = 0;
    for (const { value, count } of entries) {
      seen += count;
      if (seen >= share * total) return value * 1000;
    }
    return (entries.at(-1)?.value ?? NaN) * 1000;
  };
  return { p50: quantile(0.5), p95: quantile(0.95), p99: quantile(0.99) };
}
