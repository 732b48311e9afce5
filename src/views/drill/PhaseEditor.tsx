import type { ReactNode } from "react";

import type { EvacuationPolicy } from "#simulation/plan/evacuation-policy.ts";
import { drillWords } from "#store/drill-words.ts";
import { fill } from "#store/texts.ts";

import { clockWords } from "./drill-words.ts";
import { leastPhaseMinutes, mostPhaseMinutes, withDuration } from "./edit-plan.ts";
import styles from "./PlanForm.module.css";

export interface PhaseEditorProps {
  readonly policy: EvacuationPolicy;
  readonly onChange: (policy: EvacuationPolicy) => void;
}

/** The phases in their order; each can be made longer or shorter, and the later ones move along. */
export function PhaseEditor({ policy, onChange }: PhaseEditorProps): ReactNode {
  return (
    <ol aria-label={drillWords.drillPanel.phases}>
      {policy.phases.map(({ kind, startS, endS }, index) => (
        <li key={`${kind} ${index}`} className={styles["phase"]}>
          <span>{drillWords.phases[kind]}</span>
          <span className={styles["span"]} data-number="">
            {`${clockWords(startS * 1000)} – ${clockWords(endS * 1000)}`}
          </span>
          <span className={styles["minutes"]}>
            <input
              type="number"
              aria-label={fill(drillWords.drillPanel.minutes, { phase: drillWords.phases[kind] })}
              min={leastPhaseMinutes}
              max={mostPhaseMinutes}
              step={0.5}
              value={Number(((endS - startS) / 60).toFixed(2))}
              onChange={(event) => onChange(withDuration(policy, index, event.target.valueAsNumber))}
            />
            {drillWords.drillPanel.minutesUnit}
          </span>
        </li>
      ))}
    </ol>
  );
}
