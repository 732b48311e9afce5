/** One call: requests per second on it for each request per second that its caller gets. */
export interface Call {
  readonly from: number;
  readonly to: number;
  readonly gain: number;
}

/** Enough rounds for gains around cycles to fade below a billionth. */
const rounds = 120;

/**
 * Requests per second that every service gets once all has settled, when `entering` per second come in at service 0. Cycles are fine as long as
 * they amplify nothing. Only sums and products, so that every machine gets the same bits.
 */
export function steadyState(
  serviceCount: number,
  calls: readonly Call[],
  entering: number,
): readonly number[] {
  let volumes = Array.from({ length: serviceCount }, (_, service) => (service === 0 ? entering : 0));
  for (let round = 0; round < rounds; round += 1) {
    const next = volumes.map((_, service) => (service === 0 ? entering : 0));
    for (const { from, to, gain } of calls) next[to] = (next[to] ?? 0) + (volumes[from] ?? 0) * gain;
    volumes = next;
  }
  return volumes;
}

/** Three decimals, as the files have them. */
export function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}

/** Splits a rounded total into rounded parts that add up to it; the first part takes what rounding leaves. */
export function split(total: number, weights: readonly number[]): readonly number[] {
  const sum = weights.reduce((a, b) => a + b, 0);
  const parts = weights.map((weight) => rounded((total * weight) / sum));
  const rest = total - parts.slice(1).reduce((a, b) => a + b, 0);
  return parts.map((part, index) => (index === 0 ? rounded(rest) : part));
}
