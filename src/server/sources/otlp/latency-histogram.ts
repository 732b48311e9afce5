/** Each bucket is 2 % wider than the one before: a quantile is off by 1 % at most. */
const growth = 1.02;
const leastMs = 0.001;
const greatestMs = 3_600_000;

/** Durations from a microsecond to an hour in at most 1,111 buckets; what lies beyond counts as the nearest. */
export class LatencyHistogram {
  readonly #weights = new Map<number, number>();
  #total = 0;

  /** NaN is no duration, and passed over. */
  add(durationMs: number, weight: number): void {
    if (Number.isNaN(durationMs) || weight === 0) return;
    const bounded = Math.min(greatestMs, Math.max(leastMs, durationMs));
    this.#addTo(Math.floor(Math.log(bounded / leastMs) / Math.log(growth)), weight);
  }

  merge(other: LatencyHistogram): void {
    for (const [bucket, weight] of other.#weights) this.#addTo(bucket, weight);
  }

  get isEmpty(): boolean {
    return this.#total === 0;
  }

  /** The durations, in milliseconds, that these shares (ascending, 0 to 1) of all do not exceed. NaN where there are none. */
  quantiles(shares: readonly number[]): readonly number[] {
    const buckets = [...this.#weights].toSorted(([a], [b]) => a - b);
    let at = 0;
    let sum = buckets[0]?.[1] ?? 0;
    return shares.map((share) => {
      // A little less, because sums of fractions are not exact.
      const wanted = share * this.#total * (1 - 1e-9);
      while (sum < wanted && at < buckets.length - 1) {
        at += 1;
        sum += buckets[at]?.[1] ?? 0;
      }
      const bucket = buckets[at]?.[0];
      return bucket === undefined ? NaN : leastMs * growth ** (bucket + 0.5);
    });
  }

  #addTo(bucket: number, weight: number): void {
    this.#weights.set(bucket, (this.#weights.get(bucket) ?? 0) + weight);
    this.#total += weight;
  }
}
