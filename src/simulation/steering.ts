import { exp } from "#base/exact-math.ts";
import { hashText } from "#base/random.ts";

/** Users are steered in buckets of 0.01 % (Taiji, SOSP 2019). */
export const steeringBuckets = 10_000;

/** The bucket of a user or a cell, 0 to 9,999; another salt deals all users anew. */
export function bucketOf(user: string, salt: string): number {
  return mixed(hashText(user, hashText(salt))) % steeringBuckets;
}

/** The finaliser of MurmurHash3 (Appleby, public domain): neighbouring names land in unrelated buckets. */
function mixed(hash: number): number {
  let h = hash ^ (hash >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** How many buckets a percentage takes: the lowest ones, so that a greater percentage only adds buckets. */
export function bucketsOf(percent: number): number {
  return Math.max(0, Math.min(steeringBuckets, Math.round((percent * steeringBuckets) / 100)));
}

export interface SteeringRule {
  /** Share of the users that are moved, percent. */
  readonly percent: number;
  /** Where they go: shares that sum to 1. */
  readonly split: readonly number[];
  readonly salt: string;
}

/** Where a rule sends a user: an index into its split, or undefined for a user who stays. Raising the percentage moves nobody between targets. */
export function steeredTo(user: string, { percent, split, salt }: SteeringRule): number | undefined {
  if (bucketOf(user, salt) >= bucketsOf(percent)) return undefined;
  const place = (bucketOf(user, `${salt} target`) + 0.5) / steeringBuckets;
  let sum = 0;
  for (const [target, share] of split.entries()) {
    sum += share;
    if (place < sum) return target;
  }
  return split.length - 1;
}

/** Shares made to sum to 1; where none is positive, all the same. */
export function normalisedSplit(weights: readonly number[]): number[] {
  const positive = weights.map((weight) => Math.max(0, weight));
  const sum = positive.reduce((total, weight) => total + weight, 0);
  return positive.map((weight) => (sum > 0 ? weight / sum : 1 / weights.length));
}

/** Sticky sessions decay to one half in 25 min, and are torn down then or later (Maelstrom, OSDI 2018). */
export const sessionHalfLife = 1500;

/** Share of the sessions that are still there `seconds` after new ones went elsewhere. */
export function stickyShare(seconds: number, tearDownAfter = Infinity): number {
  if (!(seconds > 0)) return 1;
  return seconds >= tearDownAfter ? 0 : exp((-Math.LN2 * seconds) / sessionHalfLife);
}
