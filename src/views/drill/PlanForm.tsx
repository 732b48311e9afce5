import type { ReactNode } from "react";

import type { DrillPlan, RegionFailure } from "#simulation/plan/drill-plan.ts";
import { policies, policyIds, type PolicyId } from "#simulation/plan/evacuation-policy.ts";
import { drillWords } from "#store/drill-words.ts";
import { fill } from "#store/texts.ts";
import { selectRegionLabel } from "#store/drill-regions.ts";

import { useApp, useAppState } from "../app-context.ts";
import { Segmented } from "../ui/Segmented.tsx";
import { Select } from "../ui/Select.tsx";
import { Slider } from "../ui/Slider.tsx";
import { policySpan, wholePercent } from "./drill-words.ts";
import { PhaseEditor } from "./PhaseEditor.tsx";
import styles from "./PlanForm.module.css";
import { SaviourEditor } from "./SaviourEditor.tsx";

export interface PlanFormProps {
  readonly plan: DrillPlan;
  /** Names of all regions that there are. */
  readonly regions: readonly string[];
  /** Who takes which share as things are; empty while that is not known. */
  readonly shares: Readonly<Record<string, number>>;
}

/** Everything of a plan that can be set. Each change is in the plan at once; the prediction follows. */
export function PlanForm({ plan, regions, shares }: PlanFormProps): ReactNode {
  const { actions } = useApp();
  const { changePlan } = actions;
  const labelOf = useAppState(selectRegionLabel);
  const victims = regions.includes(plan.victim) ? regions : [plan.victim, ...regions];
  return (
    <section className={styles["form"]} aria-label={drillWords.drillPanel.plan}>
      <Select
        label={drillWords.drillPanel.region}
        options={victims.map((name) => ({ value: name, text: labelOf(name) }))}
        value={plan.victim}
        onChange={(victim) => changePlan({ victim })}
      />
      <SaviourEditor plan={plan} regions={regions} shares={shares} />
      <PolicyEditor plan={plan} />
      <FailureEditor failure={plan.failure} />
      <section className={styles["part"]}>
        <Slider
          label={drillWords.drillPanel.capacityFactor}
          min={0.5}
          max={3}
          step={0.05}
          value={plan.capacityFactor}
          text={fill(drillWords.drillPanel.capacityFactorValue, { factor: plan.capacityFactor.toFixed(2) })}
          onChange={(capacityFactor) => changePlan({ capacityFactor })}
        />
        <Segmented
          label={drillWords.drillPanel.internal}
          options={(["follows", "stays"] as const).map((value) => ({
            value,
            text: drillWords.drillPanel.internals[value],
          }))}
          value={plan.internalTraffic}
          onChange={(internalTraffic) => changePlan({ internalTraffic })}
        />
        <Slider
          label={drillWords.drillPanel.ttl}
          min={5}
          max={600}
          step={5}
          value={plan.ttlS}
          text={fill(drillWords.drillPanel.seconds, { count: plan.ttlS })}
          onChange={(ttlS) => changePlan({ ttlS })}
        />
      </section>
    </section>
  );
}

function PolicyEditor({ plan: { policy } }: { readonly plan: DrillPlan }): ReactNode {
  const { actions } = useApp();
  const ids: readonly (PolicyId | "custom")[] = policy.id === "custom" ? [...policyIds, "custom"] : policyIds;
  return (
    <section className={styles["part"]}>
      <Select
        label={drillWords.drillPanel.policy}
        options={ids.map((value) => ({ value, text: drillWords.policies[value].name }))}
        value={policy.id}
        onChange={(id) => {
          if (id !== "custom") actions.changePlan({ policy: policies[id] });
        }}
      />
      <p className={styles["hint"]}>{drillWords.policies[policy.id].text}</p>
      {policy.phases.length === 0 ? (
        <p className={styles["hint"]}>{drillWords.drillPanel.noPhases}</p>
      ) : (
        <>
          <PhaseEditor policy={policy} onChange={(next) => actions.changePlan({ policy: next })} />
          <p className={styles["hint"]}>
            {fill(drillWords.drillPanel.policyLasts, { span: policySpan(policy) })}
          </p>
        </>
      )}
    </section>
  );
}

function FailureEditor({ failure }: { readonly failure: RegionFailure }): ReactNode {
  const { actions } = useApp();
  const { errorShare, capacityLoss } = failure;
  const change = (next: Partial<RegionFailure>): void =>
    actions.changePlan({ failure: { ...failure, ...next } });
  return (
    <section className={styles["part"]}>
      <h3 className={styles["title"]}>{drillWords.drillPanel.failure}</h3>
      <Slider
        label={drillWords.drillPanel.errorShare}
        min={0}
        max={1}
        step={0.01}
        value={errorShare}
        text={wholePercent(errorShare)}
        onChange={(value) => change({ errorShare: value })}
      />
      <Slider
        label={drillWords.drillPanel.capacityLoss}
        min={0}
        max={1}
        step={0.01}
        value={capacityLoss}
        text={wholePercent(capacityLoss)}
        onChange={(value) => change({ capacityLoss: value })}
      />
      {errorShare === 0 && capacityLoss === 0 && (
        <p className={styles["hint"]}>{drillWords.drillPanel.exercise}</p>
      )}
    </section>
  );
}
