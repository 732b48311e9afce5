import { exp, log } from "#base/exact-math.ts";
import { hashText, mulberry32, type Random } from "#base/random.ts";

/** One subsystem's own stream: what one of them draws never shifts what another draws. */
export function streamOf(seed: number, subsystem: string): Random {
  return mulberry32(hashText(subsystem, seed));
}

/** From the standard normal distribution: Marsaglia's polar method, which needs no sine (SIAM Review 6, 1964). */
export function normal(random: Random): number {
  for (;;) {
    const u = 2 * random() - 1;
    const v = 2 * random() - 1;
    const s = u * u + v * v;
    if (s > 0 && s < 1) return u * Math.sqrt((-2 * log(s)) / s);
  }
}

/** Time between two events that happen at random `rate` times per unit of time on average. */
export function exponential(random: Random, rate: number): number {
  return (0 - log(1 - random())) / rate;
}

/** A factor around 1, which is its median; `sigma` is the standard deviation of its logarithm. */
export function lognormal(random: Random, sigma: number): number {
  return exp(sigma * normal(random));
}

/** A whole number from 0 to below `n`, each equally likely (to 2^-32 x n). */
export function below(random: Random, n: number): number {
  return Math.floor(random() * n);
}
