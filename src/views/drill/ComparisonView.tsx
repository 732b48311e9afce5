import { X } from "lucide-react";
import type { ReactNode } from "react";

import { drillWords } from "#store/drill-words.ts";
import type { ComparedRun, DrillComparison } from "#store/drill-state.ts";
import { fill } from "#store/texts.ts";
import { selectRegionLabel } from "#store/drill-regions.ts";

import { useApp, useAppState } from "../app-context.ts";
import { Button } from "../ui/Button.tsx";
import { measures, type Measure } from "./compare-measures.ts";
import styles from "./ComparisonView.module.css";
import { wholePercent } from "./drill-words.ts";
import { LazyLoadChart } from "./LazyLoadChart.tsx";

/** The same failure under two policies, number by number; the better number of each pair is marked. */
export function ComparisonView({
  comparison: { runs },
}: {
  readonly comparison: DrillComparison;
}): ReactNode {
  const { actions } = useApp();
  const [first, second] = runs;
  return (
    <section className={styles["comparison"]} aria-label={drillWords.result.comparison}>
      <header className={styles["head"]}>
        <h3 className={styles["title"]}>{drillWords.result.comparison}</h3>
        <Button
          size="small"
          icon={<X />}
          aria-label={drillWords.result.closeComparison}
          onClick={() => actions.compareWith(undefined)}
        />
      </header>
      <table className={styles["table"]}>
        <thead>
          <tr>
            <th scope="col">
              <span className="visually-hidden">{drillWords.result.measure}</span>
            </th>
            {runs.map((run, i) => (
              <th key={i === 0 ? "first" : "second"} scope="col">
                {drillWords.policies[run.policy].name}
                <Progress run={run} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {measures.map((measure) => (
            <Row key={measure.name} measure={measure} first={first} second={second} />
          ))}
        </tbody>
      </table>
      <div className={styles["charts"]}>
        {runs.map(
          ({ progress, policy, plan }, i) =>
            progress.kind === "done" && (
              <LazyLoadChart
                key={i === 0 ? "first" : "second"}
                title={drillWords.policies[policy].name}
                loads={progress.outcome.loads}
                victim={plan.victim}
                fromS={-plan.leadInS}
                height={120}
              />
            ),
        )}
      </div>
    </section>
  );
}

function Progress({ run: { progress } }: { readonly run: ComparedRun }): ReactNode {
  if (progress.kind === "done") return undefined;
  return (
    <span className={styles["progress"]}>
      {progress.kind === "computing"
        ? fill(drillWords.result.computing, { share: wholePercent(progress.share) })
        : progress.fault.message}
    </span>
  );
}

interface RowProps {
  readonly measure: Measure;
  readonly first: ComparedRun;
  readonly second: ComparedRun;
}

function Row({ measure, first, second }: RowProps): ReactNode {
  const labelOf = useAppState(selectRegionLabel);
  const [a, b] = [resultOf(first), resultOf(second)];
  const better = a === undefined || b === undefined ? 0 : measure.compare(a, b);
  return (
    <tr>
      <th scope="row">{measure.name}</th>
      <Cell text={a === undefined ? "…" : measure.words(a, labelOf)} isBetter={better < 0} />
      <Cell text={b === undefined ? "…" : measure.words(b, labelOf)} isBetter={better > 0} />
    </tr>
  );
}

function Cell({ text, isBetter }: { readonly text: string; readonly isBetter: boolean }): ReactNode {
  return (
    <td data-number="" data-better={isBetter ? "" : undefined}>
      {text}
      {isBetter && <span className={styles["better"]}>{drillWords.result.better}</span>}
    </td>
  );
}

function resultOf({ progress }: ComparedRun) {
  return progress.kind === "done" ? progress.outcome.result : undefined;
}
