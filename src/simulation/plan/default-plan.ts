import { defaultClients, type DrillPlan } from "./drill-plan.ts";
import { policies } from "./evacuation-policy.ts";

/**
 * What the button "Fail over" proposes: a region of which a quarter of the answers are errors from second 0 on, evacuated by Nimble to all others by
 * headroom. A quarter shows in the error share of a 10-second window within three seconds, far above the 5 % at which somebody would act, and leaves
 * most of the traffic as it is, so that the numbers before the evacuation are those of the frame. Capacity is taken to be the recent peak.
 */
export function defaultPlan(victim: string, seed: number): DrillPlan {
  return {
    victim,
    saviours: [],
    split: { kind: "headroom" },
    policy: policies.nimble,
    capacityFactor: 1,
    internalTraffic: "follows",
    failure: { capacityLoss: 0, errorShare: 0.25 },
    clients: defaultClients,
    leadInS: 40,
    ttlS: 60,
    seed,
  };
}
