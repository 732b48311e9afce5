import { drillWords } from "#store/drill-words.ts";
import type { ReactNode } from "react";

import type { DrillResult } from "#simulation/session/drill-session.ts";
import { selectRegionLabel } from "#store/drill-regions.ts";

import { useAppState } from "../app-context.ts";
import { resultWords } from "./drill-words.ts";
import styles from "./RunView.module.css";

export interface ResultFactsProps {
  readonly result: DrillResult;
  /** Nothing more is to come. */
  readonly isFinal: boolean;
  /** Where it is not of the run that is shown. */
  readonly title?: string;
}

/** What has come of the run, the two numbers that people ask for first being the largest. */
export function ResultFacts({ result, isFinal, title }: ResultFactsProps): ReactNode {
  const labelOf = useAppState(selectRegionLabel);
  const words = resultWords(result, labelOf);
  const name = title ?? (isFinal ? drillWords.result.final : drillWords.result.title);
  return (
    <section className={styles["result"]} aria-label={name}>
      <h3 className={styles["title"]}>{name}</h3>
      <dl className={styles["facts"]}>
        <Fact name={drillWords.result.minutes} value={words.minutes} isMain />
        <Fact
          name={drillWords.result.errorMinutes}
          value={words.errorMinutes}
          hint={drillWords.result.errorMinutesHint}
          isMain
        />
        <Fact name={drillWords.result.worst} value={words.worst} isBad={result.worstUtilisation > 1} />
        <Fact name={drillWords.result.lost} value={words.lost} isBad={result.lostRate > 0} />
      </dl>
      {result.isStuck && (
        <p className={styles["stuck"]}>
          <strong>{drillWords.result.stuck}.</strong> {drillWords.result.stuckText}
        </p>
      )}
    </section>
  );
}

interface FactProps {
  readonly name: string;
  readonly value: string;
  readonly hint?: string;
  readonly isMain?: boolean;
  readonly isBad?: boolean;
}

function Fact({ name, value, hint, isMain = false, isBad = false }: FactProps): ReactNode {
  return (
    <div data-main={isMain ? "" : undefined} data-bad={isBad ? "" : undefined} title={hint}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
