import { hashText, mulberry32 } from "#base/random.ts";
import type { Millis } from "#base/time.ts";

/** Period and weight of each layer: the slower, the stronger, as traffic wanders. Weights add up to 1. */
const layers = [
  { periodMs: 240_000, weight: 0.55 },
  { periodMs: 60_000, weight: 0.3 },
  { periodMs: 12_000, weight: 0.15 },
] as const;

/** A smooth wandering number between -1 and 1, a function of time alone; 0 at time 0, so that a feed starts at its file's values. */
export function smoothNoise(name: string, seed: number): (elapsedMs: Millis) => number {
  const base = hashText(name, seed);
  const atZero = sum(base, 0);
  return (elapsedMs) => Math.max(-1, Math.min(1, sum(base, elapsedMs) - atZero));
}

/** A number in [0, 1) that belongs to a seed and an index. */
export function hashedUnit(seed: number, index: number): number {
  return mulberry32(seed ^ Math.imul(index + 1, 0x9e3779b1))();
}

function sum(base: number, elapsedMs: Millis): number {
  let total = 0;
  layers.forEach(({ periodMs, weight }, layer) => {
    const position = elapsedMs / periodMs;
    const index = Math.floor(position);
    const blend = position - index;
    const smooth = blend * blend * (3 - 2 * blend);
    const from = hashedUnit(base + layer, index);
    const to = hashedUnit(base + layer, index + 1);
    total += weight * (2 * (from + (to - from) * smooth) - 1);
  });
  return total;
}
