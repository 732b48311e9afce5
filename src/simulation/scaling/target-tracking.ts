/**
 * AWS target tracking. Published: it is proportional, quicker out than in, and leaves instances that still warm up out of its metric. The formula and
 * the alarms are not published: what follows is our model of them.
 */
export interface TargetTracking {
  /** The metric's target, for example a utilisation. */
  readonly target: number;
  readonly min: number;
  readonly max: number;
}

/** Assumptions: minutes of breach before a change, the margin under the target for scaling in, and seconds without another change. */
export const trackingDefaults = { outAfter: 3, inAfter: 15, inBelow: 0.9, cooldown: 300 } as const;

/** Follows one fleet; call `observe` once a minute. */
export class TargetTracker {
  readonly #policy: TargetTracking;
  #above = 0;
  #below = 0;
  #quietUntil = -Infinity;

  constructor(policy: TargetTracking) {
    this.#policy = policy;
  }

  /**
   * Instances that the fleet should have.
   *
   * @param now seconds
   * @param instances of which the fleet consists, warming ones included
   * @param metric mean over the warm instances
   */
  observe(now: number, instances: number, metric: number): number {
    const { target, min, max } = this.#policy;
    this.#above = metric > target ? this.#above + 1 : 0;
    this.#below = metric < target * trackingDefaults.inBelow ? this.#below + 1 : 0;
    const isDue = this.#above >= trackingDefaults.outAfter || this.#below >= trackingDefaults.inAfter;
    if (!isDue || now < this.#quietUntil) return instances;
    const desired = Math.max(min, Math.min(max, Math.ceil((instances * metric) / target)));
    if (desired !== instances) this.#quietUntil = now + trackingDefaults.cooldown;
    return desired;
  }
}
