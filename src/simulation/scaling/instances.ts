import { exp } from "#base/exact-math.ts";
import type { Random } from "#base/random.ts";

import { lognormal } from "../chance.ts";

/** Seconds that an instance takes from the request until it serves, and how it warms up then. */
export interface LaunchTimes {
  readonly provisioning: number;
  readonly boot: number;
}

/** Provisioning and the classic boot: Project Nimble's breakdown, 3 to 5 and 25 min (2018). The container's boot is our assumption. */
export const launchTimes = {
  classic: { provisioning: 240, boot: 1500 },
  container: { provisioning: 240, boot: 180 },
  /** Provisioned before, out of traffic, and only to be let in (Nimble's shadow groups). */
  dark: { provisioning: 0, boot: 0 },
} as const satisfies Readonly<Record<string, LaunchTimes>>;

/** A fresh instance does a share of a warm one's work; assumptions of the reference model: e(t) = 1 - (1 - initial) exp(-t / tau). */
export const warmUp = { initial: 0.3, tau: 60, jitter: 0.2 } as const;

/** From here on an instance counts as warm: the rest is under 1e-6. */
const warmAfter = 14 * warmUp.tau;

/** The work that an instance does `seconds` after it came up, as a share of a warm one's. */
export function warmth(seconds: number, tau: number = warmUp.tau): number {
  return seconds < 0 ? 0 : 1 - (1 - warmUp.initial) * exp(-seconds / tau);
}

export type LifePhase = "provisioning" | "booting" | "warming" | "up";

/** An instance that is not yet warm. */
interface Launch {
  readonly zone: number;
  readonly provisionedAt: number;
  readonly bootedAt: number;
  readonly warmAt: number;
  readonly tau: number;
}

/** The instances of one service in one region, by zone. Warm ones are a count, so a fleet at rest costs nothing. */
export class Fleet {
  readonly #warm: Float64Array;
  #launches: Launch[] = [];
  readonly #random: Random;

  /** Starts with `warm` instances per zone; the stream gives the jitter of launches. */
  constructor(warm: readonly number[], random: Random) {
    this.#warm = Float64Array.from(warm);
    this.#random = random;
  }

  get size(): number {
    return this.#warm.reduce((sum, count) => sum + count, 0) + this.#launches.length;
  }

  /** Asks for `count` instances, spread over the zones. Each time is stretched by a lognormal factor of its own. */
  launch(now: number, count: number, times: LaunchTimes): void {
    const sizes = Array.from(this.#warm);
    for (const { zone } of this.#launches) sizes[zone]! += 1;
    for (let k = 0; k < count; k += 1) {
      const zone = sizes.indexOf(Math.min(...sizes));
      sizes[zone]! += 1;
      const stretched = (seconds: number): number => seconds * lognormal(this.#random, warmUp.jitter);
      const provisionedAt = now + stretched(times.provisioning);
      const bootedAt = provisionedAt + stretched(times.boot);
      const tau = stretched(warmUp.tau);
      const warmAt = bootedAt + (warmAfter / warmUp.tau) * tau;
      this.#launches.push({ zone, provisionedAt, bootedAt, warmAt, tau });
    }
  }

  /** Removes instances, those that serve least first: not yet booted, then warming, then warm from the fullest zone. */
  remove(now: number, count: number): void {
    this.#settle(now);
    this.#launches.sort((a, b) => a.bootedAt - b.bootedAt);
    let left = count;
    for (; left > 0 && this.#launches.length > 0; left -= 1) this.#launches.pop();
    for (; left > 0; left -= 1) {
      const fullest = this.#warm.indexOf(Math.max(...this.#warm));
      if (fullest < 0 || this.#warm[fullest]! < 1) return;
      this.#warm[fullest]! -= 1;
    }
  }

  /** A zone is gone, with all in it. */
  loseZone(zone: number): void {
    this.#warm[zone] = 0;
    this.#launches = this.#launches.filter((launch) => launch.zone !== zone);
  }

  /** Work that the fleet can do, in warm instances. */
  strength(now: number): number {
    let sum = 0;
    if (this.#launches.length > 0) {
      this.#settle(now);
      for (const launch of this.#launches) sum += warmth(now - launch.bootedAt, launch.tau);
    }
    for (let zone = 0; zone < this.#warm.length; zone += 1) sum += this.#warm[zone]!;
    return sum;
  }

  /** How many instances are in each phase of their life. */
  phases(now: number): Readonly<Record<LifePhase, number>> {
    this.#settle(now);
    const counts = { provisioning: 0, booting: 0, warming: 0, up: 0 };
    for (const { provisionedAt, bootedAt } of this.#launches) {
      const phase = now < provisionedAt ? "provisioning" : now < bootedAt ? "booting" : "warming";
      counts[phase] += 1;
    }
    for (const count of this.#warm) counts.up += count;
    return counts;
  }

  #settle(now: number): void {
    if (!this.#launches.some((launch) => launch.warmAt <= now)) return;
    for (const { zone, warmAt } of this.#launches) if (warmAt <= now) this.#warm[zone]! += 1;
    this.#launches = this.#launches.filter((launch) => launch.warmAt > now);
  }
}
