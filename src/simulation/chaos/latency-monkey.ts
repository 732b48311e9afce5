import { exp } from "#base/exact-math.ts";
import type { Random } from "#base/random.ts";

import { normal } from "../chance.ts";

/**
 * A delay on calls of one edge. Latency Monkey itself was never published; these are the netem constants of the network latency fault in SimianArmy's
 * Chaos Monkey 1 ("delay 1000ms 500ms"), seconds: normal, cut off at 0.
 */
export interface Delay {
  readonly mean: number;
  readonly deviation: number;
}

export const latencyMonkey: Delay = { mean: 1, deviation: 0.5 };

/** One call's delay, seconds. */
export function sampleDelay({ mean, deviation }: Delay, random: Random): number {
  return Math.max(0, mean + deviation * normal(random));
}

/** Share, 0 to 1, of delayed calls that take longer than `seconds`, to 1e-7: what times out. */
export function shareSlowerThan({ mean, deviation }: Delay, seconds: number): number {
  if (seconds < 0) return 1;
  if (!(deviation > 0)) return mean > seconds ? 1 : 0;
  return 1 - normalBelow((seconds - mean) / deviation);
}

/** The mean of a delay that is cut off at 0: m F(m / d) + d f(m / d). */
export function meanDelay({ mean, deviation }: Delay): number {
  if (!(deviation > 0)) return Math.max(0, mean);
  const z = mean / deviation;
  return mean * normalBelow(z) + deviation * density(z);
}

const inverseSqrtTwoPi = 0.3989422804014327;

function density(z: number): number {
  return inverseSqrtTwoPi * exp((-z * z) / 2);
}

/** The share of a standard normal below z: Abramowitz and Stegun 26.2.17, to 7.5e-8. */
function normalBelow(z: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(z));
  const series =
    t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  const above = density(z) * series;
  return z >= 0 ? 1 - above : above;
}
