import type { ReactNode } from "react";

import type { EvacuationPolicy } from "#simulation/plan/evacuation-policy.ts";
import { fill, texts } from "#store/texts.ts";

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
    <ol aria-label={texts.drillPanel.phases}>
      {policy.phases.map(({ kind, startS, endS }, index) => (
        <li key={`${kind} ${index}`} className={styles["phase"]}>
          <span>{texts.phases[kind]}</span>
          <span className={styles["span"]} data-number="">
            {`${clockWords(startS * 1000)} – ${clockWords(endS * 1000)}`}
          </span>
          <span className={styles["minutes"]}>
            <input
              type="number"
              aria-label={fill(texts.drillPanel.minutes, { phase: texts.phases[kind] })}
              min={leastPhaseMinutes}
              max={mostPhaseMinutes}
              step={0.5}
              value={Number(((endS - startS) / 60).toFixed(2))}
              onChange={(event) => onChange(withDuration(policy, index, event.target.valueAsNumber))}
            />
            {texts.drillPanel.minutesUnit}
          </span>
        </li>
      ))}
    </ol>
  );
}
