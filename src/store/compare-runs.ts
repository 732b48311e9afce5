import type { Dispose } from "#base/disposer.ts";
import type { OutcomeProgress } from "#players/simulation-service.ts";
import type { DrillPlan } from "#simulation/plan/drill-plan.ts";
import { policies, type PolicyId } from "#simulation/plan/evacuation-policy.ts";

import { patch, type AppCore } from "./app-core.ts";
import type { ComparedRun } from "./drill-state.ts";
import { startBasis } from "./follow-plan.ts";

/** Computes what is planned, or runs, beside the same with another policy. */
export interface RunComparison {
  readonly open: (policy: PolicyId) => void;
  readonly close: () => void;
}

export function compareRuns(core: AppCore): RunComparison {
  const { store, simulation } = core;
  let cancels: readonly Dispose[] = [];

  function stop(): void {
    for (const cancel of cancels) cancel();
    cancels = [];
  }

  function hear(side: 0 | 1, progress: OutcomeProgress): void {
    const { comparison } = store.getState().drill;
    if (comparison === undefined) return;
    const [first, second] = comparison.runs;
    const runs: readonly [ComparedRun, ComparedRun] =
      side === 0 ? [{ ...first, progress }, second] : [first, { ...second, progress }];
    patch(core, "drill", { comparison: { runs } });
  }

  return {
    open: (policy) => {
      stop();
      const { activity } = store.getState().drill;
      const basis = startBasis(core);
      if (activity.kind === "none" || basis === undefined) return;
      const plans: readonly DrillPlan[] = [activity.plan, { ...activity.plan, policy: policies[policy] }];
      const [first, second] = plans.map(waiting);
      if (first === undefined || second === undefined) return;
      patch(core, "drill", { comparison: { runs: [first, second] } });
      cancels = plans.map((plan, i) =>
        simulation.outcome({ ...basis, plan, commands: [] }, (progress) => hear(i === 0 ? 0 : 1, progress)),
      );
    },
    close: () => {
      stop();
      patch(core, "drill", { comparison: undefined });
    },
  };
}

function waiting(plan: DrillPlan): ComparedRun {
  return { policy: plan.policy.id, plan, progress: { kind: "computing", share: 0 } };
}
