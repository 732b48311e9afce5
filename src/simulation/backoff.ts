import type { Random } from "#base/random.ts";

/**
 * Five ways to wait before a retry, of Brooker, "Exponential Backoff And Jitter" (AWS Architecture Blog, 2015), and the code behind it
 * (aws-samples/aws-arch-backoff-simulator). With e = min(cap, base * 2^n) before retry n = 1, 2, ...:
 *
 *   none    not at all
 *   expo    e
 *   equal   e / 2 + U(0, e / 2)
 *   full    U(0, e)
 *   decorrelated   min(cap, U(base, 3 * previous)), where the first previous is base
 */
export interface Backoff {
  readonly jitter: "none" | "expo" | "equal" | "full" | "decorrelated";
  /** Same unit as the cap: seconds in stations, milliseconds in the contest. */
  readonly base: number;
  readonly cap: number;
}

export const noBackoff: Backoff = { jitter: "none", base: 0, cap: 0 };

/** The reference model's default, seconds. */
export const defaultBackoff: Backoff = { jitter: "full", base: 0.1, cap: 10 };

/** The exponential wait before retry `n`, without jitter; 2^n by doubling, which is exact. */
function exponential({ base, cap }: Backoff, n: number): number {
  let wait = base;
  for (let i = 0; i < n && wait < cap; i += 1) wait *= 2;
  return Math.min(cap, wait);
}

/** One client's wait before retry `n`. `previous` is its last wait (`base` before the first), which only decorrelated jitter looks at. */
export function sampleWait(backoff: Backoff, n: number, previous: number, random: Random): number {
  const e = exponential(backoff, n);
  switch (backoff.jitter) {
    case "none":
      return 0;
    case "expo":
      return e;
    case "equal":
      return e / 2 + (random() * e) / 2;
    case "full":
      return random() * e;
    case "decorrelated":
      return Math.min(backoff.cap, backoff.base + random() * Math.max(0, 3 * previous - backoff.base));
  }
}

/** Adds `mass`, spread evenly over [from, to) seconds, to the steps that this range meets. */
function spread(steps: number[], mass: number, from: number, to: number, dt: number): void {
  // A wait of whole steps stays one, though 0.3 / 0.1 is less than 3.
  const first = Math.floor(from / dt + 1e-9);
  if (!(to - from > 1e-9 * dt)) {
    steps[first] = (steps[first] ?? 0) + mass;
    return;
  }
  for (let k = first; k * dt < to; k += 1) {
    const share = (Math.min(to, (k + 1) * dt) - Math.max(from, k * dt)) / (to - from);
    if (share > 0) steps[k] = (steps[k] ?? 0) + mass * share;
  }
}

/**
 * The fluid form of decorrelated jitter: the spread of waits before the next retry, from that before the last. A crowd forgets which of
 * its members waited how long; only the spread over all of them is kept.
 */
function nextDecorrelated({ base, cap }: Backoff, waits: readonly number[], dt: number): number[] {
  const next: number[] = [];
  for (const [k, mass] of waits.entries()) {
    if (!(mass > 0)) continue;
    const upper = 3 * Math.max(base, (k + 0.5) * dt);
    const beyond = upper > cap ? (upper - Math.max(cap, base)) / (upper - base) : 0;
    if (beyond > 0) spread(next, mass * beyond, cap, cap, dt);
    if (beyond < 1) spread(next, mass * (1 - beyond), base, Math.min(upper, cap), dt);
  }
  return next;
}

/**
 * How the failed calls of one step come back: for each retry 1 to `retries`, the share that comes back k steps later, k = 0, 1, ...; each list
 * sums to 1. This is what a crowd of independent clients does on average.
 */
export function returnShares(backoff: Backoff, retries: number, dt: number): Float64Array[] {
  const all: Float64Array[] = [];
  // Before the first retry of decorrelated jitter, every "previous wait" is the base.
  let decorrelated: number[] = [];
  spread(decorrelated, 1, backoff.base, backoff.base, dt);
  for (let n = 1; n <= retries; n += 1) {
    const e = exponential(backoff, n);
    let steps: number[] = [];
    switch (backoff.jitter) {
      case "none":
        spread(steps, 1, 0, 0, dt);
        break;
      case "expo":
        spread(steps, 1, e, e, dt);
        break;
      case "equal":
        spread(steps, 1, e / 2, e, dt);
        break;
      case "full":
        spread(steps, 1, 0, e, dt);
        break;
      case "decorrelated":
        decorrelated = nextDecorrelated(backoff, decorrelated, dt);
        steps = decorrelated;
        break;
    }
    all.push(Float64Array.from({ length: steps.length }, (_, k) => steps[k] ?? 0));
  }
  return all;
}
