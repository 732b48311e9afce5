import { drillWords } from "#store/drill-words.ts";
import { Check } from "lucide-react";
import type { ReactNode } from "react";

import type { PhaseProgress } from "#simulation/session/drill-session.ts";

import { clockWords } from "./drill-words.ts";
import styles from "./RunView.module.css";

export interface PhaseListProps {
  readonly phases: readonly PhaseProgress[];
  /** Simulated milliseconds since the failure. */
  readonly elapsedMs: number;
}

/** The phases in their order, lighting up one by one; the one that runs fills as time goes on. */
export function PhaseList({ phases, elapsedMs }: PhaseListProps): ReactNode {
  if (phases.length === 0) return undefined;
  return (
    <section className={styles["part"]}>
      <h3 className={styles["title"]}>{drillWords.run.phases}</h3>
      <ol className={styles["phases"]} aria-label={drillWords.run.phases}>
        {phases.map(({ kind, startS, endS, state }, index) => (
          <li
            key={`${kind} ${index}`}
            className={styles["phase"]}
            data-state={state}
            aria-current={state === "running" ? "step" : undefined}
            style={{ "--part": partOf(elapsedMs / 1000, startS, endS) }}
          >
            <span className={styles["dot"]} aria-hidden="true">
              {state === "done" && <Check />}
            </span>
            <span className={styles["phaseName"]}>{drillWords.phases[kind]}</span>
            <span className="visually-hidden">{drillWords.phaseStates[state]}</span>
            <span className={styles["span"]} data-number="">
              {`${clockWords(startS * 1000)} – ${clockWords(endS * 1000)}`}
            </span>
            <span className={styles["fill"]} aria-hidden="true" />
          </li>
        ))}
      </ol>
    </section>
  );
}

function partOf(nowS: number, startS: number, endS: number): number {
  if (endS <= startS) return nowS >= endS ? 1 : 0;
  return Math.min(1, Math.max(0, (nowS - startS) / (endS - startS)));
}
