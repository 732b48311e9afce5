/** AWS step scaling: the farther a metric is from its threshold, the greater the change (EC2 Auto Scaling User Guide, "Step scaling policies"). */
export interface ScalingStep {
  /** Distance from the threshold, in the metric's unit, from which the step counts: positive to scale out, negative to scale in. */
  readonly from: number;
  /** Change of the fleet's size, percent. */
  readonly percent: number;
}

export interface StepPolicy {
  readonly threshold: number;
  /** Ordered by distance, nearest first; the farthest that is reached counts. */
  readonly out: readonly ScalingStep[];
  readonly in: readonly ScalingStep[];
}

/** The guide's worked example: 10 instances and the metrics 60, 70, 40, 30 give 11, 14, 13, 10. */
export const exampleStepPolicy: StepPolicy = {
  threshold: 50,
  out: [
    { from: 10, percent: 10 },
    { from: 20, percent: 30 },
  ],
  in: [
    { from: -10, percent: -10 },
    { from: -20, percent: -30 },
  ],
};

/** Whole instances: towards zero, but at least one when there is any change. */
export function roundChange(change: number): number {
  if (change === 0) return 0;
  return Math.abs(change) < 1 ? Math.sign(change) : Math.trunc(change);
}

/** The fleet's size after one evaluation of the policy. */
export function stepScaled(policy: StepPolicy, instances: number, metric: number): number {
  const distance = metric - policy.threshold;
  let percent = 0;
  for (const step of distance >= 0 ? policy.out : policy.in) {
    if (Math.abs(distance) >= Math.abs(step.from)) percent = step.percent;
  }
  return Math.max(0, instances + roundChange((instances * percent) / 100));
}
