import type { JsonObject } from "#base/json.ts";
import { defaultClients } from "#simulation/plan/drill-plan.ts";
import { policies } from "#simulation/plan/evacuation-policy.ts";

/**
 * The demonstration: the demo's first region fails and is evacuated in eight minutes, after forty seconds of peace. The demo's regions have the volumes of
 * the sample that Vizceral came with, so that everybody can work out the numbers by hand; demand stands still, and nothing is left to chance.
 */
export function makeScenario(): JsonObject {
  const { phases, readyCapacity } = policies.nimble;
  return {
    title: "us-east-1 is evacuated",
    description:
      "A quarter of what the region answers is an error. After a minute it is decided to fail over; eight minutes after the failure the region is empty.",
    frame: "topologies/three-regions.json",
    plan: {
      victim: "us-east-1",
      saviours: ["us-west-2", "eu-west-1"],
      split: { kind: "headroom" },
      policy: { id: "nimble", readyCapacity, phases: phases.map((phase) => ({ ...phase })) },
      capacityFactor: 1,
      internalTraffic: "follows",
      failure: { capacityLoss: 0, errorShare: 0.25 },
      clients: {
        timeoutS: defaultClients.timeoutS,
        retries: defaultClients.retries,
        retryBudget: defaultClients.retryBudget ?? null,
        queueS: defaultClients.queueS,
      },
      leadInS: 40,
      ttlS: 60,
      seed: 7,
    },
    commands: [],
  };
}
