import * as fc from "fast-check";

import type { DrillPlan } from "#simulation/plan/drill-plan.ts";
import { policies, policyIds, type EvacuationPolicy } from "#simulation/plan/evacuation-policy.ts";

const share = fc.double({ noNaN: true, min: 0, max: 1 }).map((value) => value + 0);

function number(min: number, max: number): fc.Arbitrary<number> {
  return fc.double({ noNaN: true, min, max }).map((value) => value + 0);
}

const name = fc.oneof(
  fc.string({ maxLength: 20 }),
  fc.constantFrom("__proto__", "constructor", "us-east-1", "größe", "\uD83D", "a".repeat(256)),
);

const customPolicy: fc.Arbitrary<EvacuationPolicy> = fc.record({
  id: fc.constant("custom"),
  readyCapacity: share,
  phases: fc.uniqueArray(
    fc
      .record({
        kind: fc.constantFrom("decide", "provision", "start", "ungate", "proxy", "dns", "drain"),
        startS: number(0, 40_000),
        lastsS: number(0, 40_000),
        steps: fc.option(fc.integer({ min: 1, max: 1000 }), { nil: undefined }),
      })
      .map(({ lastsS, steps, ...phase }) => {
        const timed = { ...phase, endS: phase.startS + lastsS };
        const hasSteps = steps !== undefined && (phase.kind === "drain" || phase.kind === "proxy");
        return hasSteps ? { ...timed, steps } : timed;
      }),
    { selector: ({ kind }) => kind, maxLength: 7 },
  ),
});

/** Any plan that readPlan lets pass, with names of any kind. */
export const arbitraryPlan: fc.Arbitrary<DrillPlan> = fc
  .uniqueArray(name, { minLength: 1, maxLength: 5 })
  .chain(([victim = "", ...saviours]) =>
    fc.record({
      victim: fc.constant(victim),
      saviours: fc.constant(saviours),
      split: fc.oneof(
        fc.constant({ kind: "headroom" as const }),
        fc.constant({ kind: "current-share" as const }),
        fc
          .array(fc.tuple(name, number(0.001, 1e9)), { minLength: 1, maxLength: 4 })
          .map((shares) => ({ kind: "manual" as const, shares: Object.fromEntries(shares) })),
      ),
      policy: fc.oneof(
        fc.constantFrom(...policyIds).map((id) => policies[id]),
        customPolicy,
      ),
      capacityFactor: number(0.5, 3),
      internalTraffic: fc.constantFrom("follows", "stays"),
      failure: fc.record({ capacityLoss: share, errorShare: share }),
      clients: fc.record({
        timeoutS: number(0.1, 60),
        retries: fc.nat(10),
        retryBudget: fc.option(share, { nil: undefined }),
        queueS: number(0, 60),
      }),
      leadInS: number(0, 3600),
      ttlS: number(1, 86_400),
      seed: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
    }),
  );
