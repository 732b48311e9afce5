/**
 * The Horizontal Pod Autoscaler of Kubernetes (pkg/controller/podautoscaler: replica_calculator.go, horizontal.go; defaults from
 * config/v1alpha1/defaults.go and apis/autoscaling/v2/defaults.go).
 */
export const hpaDefaults = {
  /** No change while the ratio is this near to 1. */
  tolerance: 0.1,
  /** Seconds between two decisions. */
  syncPeriod: 15,
  /** Scaling down follows the greatest recommendation of so many seconds. */
  downStabilisation: 300,
  /** In one period of 15 s a fleet may grow by the greater of the two. */
  growthPods: 4,
  growthShare: 1,
  /** Seconds after its start in which a pod's CPU is not believed. */
  cpuInitialisation: 300,
  initialReadiness: 30,
} as const;

/** The pods of one fleet, as the metric's source sees them. */
export interface PodCounts {
  readonly ready: number;
  /** Started, but not ready: counted as idle when scaling up. */
  readonly unready: number;
  /** Without a metric: counted as on target when scaling down, as idle when scaling up. */
  readonly missing: number;
}

/** Pods wanted, before limits; `ratio` is the mean metric of the ready pods over its target. */
export function desiredPods({ ready, unready, missing }: PodCounts, ratio: number): number {
  const current = ready + unready + missing;
  const isGrowing = ratio > 1;
  const countsUnready = isGrowing && unready > 0;
  if (!countsUnready && missing === 0) {
    return isTolerable(ratio) ? current : Math.ceil(ready * ratio);
  }
  const known = ready + missing + (countsUnready ? unready : 0);
  const total = ready * ratio + (isGrowing ? 0 : missing);
  const corrected = known > 0 ? total / known : 0;
  // A guess about pods that nobody measured must not turn the direction round.
  if (isTolerable(corrected) || corrected > 1 !== isGrowing) return current;
  const desired = Math.ceil(corrected * known);
  return desired > current === isGrowing ? desired : current;
}

function isTolerable(ratio: number): boolean {
  return Math.abs(1 - ratio) <= hpaDefaults.tolerance;
}

/** One autoscaler over time: call `decide` each `syncPeriod`. */
export class HorizontalPodAutoscaler {
  readonly #min: number;
  readonly #max: number;
  /** Recommendations of the last 300 s, oldest first. */
  #recent: { readonly at: number; readonly pods: number }[] = [];

  constructor(limits: { readonly min: number; readonly max: number }) {
    this.#min = limits.min;
    this.#max = limits.max;
  }

  /** Pods that the fleet should have from `now` (seconds) on. */
  decide(now: number, counts: PodCounts, ratio: number): number {
    const current = counts.ready + counts.unready + counts.missing;
    const desired = desiredPods(counts, ratio);
    this.#recent = this.#recent.filter(({ at }) => at > now - hpaDefaults.downStabilisation);
    this.#recent.push({ at: now, pods: desired });
    const greatest = this.#recent.reduce((most, { pods }) => Math.max(most, pods), desired);
    const stabilised = desired >= current ? desired : Math.min(current, greatest);
    const fastest = Math.max(
      current + hpaDefaults.growthPods,
      Math.ceil(current * (1 + hpaDefaults.growthShare)),
    );
    return Math.max(this.#min, Math.min(this.#max, fastest, stabilised));
  }
}
