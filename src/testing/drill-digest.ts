import { defaultPlan } from "#simulation/plan/default-plan.ts";
import { policies } from "#simulation/plan/evacuation-policy.ts";

import { drillOf } from "./drills.ts";
import { worldFrame } from "./region-graphs.ts";

/** Hashes of three drills with everything in them that is computed: names, proxying, warm-up, storms, a restore; the same in every engine. */
export function drillDigest(): readonly string[] {
  const frame = worldFrame({ seed: 11, regions: 3, services: 12, calls: 22, peak: 1.3, ownRoots: 2 });
  const plan = defaultPlan("region-0", 7);
  const nimble = drillOf(frame, plan);
  nimble.advanceTo(500_000);
  nimble.failBack();
  nimble.advanceTo(1_500_000);
  const storm = drillOf(frame, {
    ...plan,
    capacityFactor: 0.8,
    failure: { capacityLoss: 0.5, errorShare: 0.1 },
    policy: {
      id: "custom",
      readyCapacity: 0.2,
      phases: [
        { kind: "start", startS: 5, endS: 20 },
        { kind: "drain", startS: 10, endS: 60, steps: 5 },
      ],
    },
    clients: { timeoutS: 1, retries: 2, retryBudget: undefined, queueS: 2 },
  });
  storm.advanceTo(300_000);
  const classic = drillOf(frame, { ...plan, policy: policies.classic, internalTraffic: "stays" });
  classic.advanceTo(3_000_000);
  return [nimble.hash(), storm.hash(), classic.hash()];
}

/** What it must be: Node 20's, and so everybody's. */
export const goldenDrillDigest: readonly string[] = [
  "c4fff3781422884f358a18ff",
  "2e3ef540b5d17fda7ec4e98d",
  "66458165f580d3888cbc5782",
];
