import { Link } from "lucide-react";
import type { ReactNode } from "react";

import { drillWords } from "#store/drill-words.ts";
import { selectDrillComparison } from "#store/selectors.ts";
import { texts } from "#store/texts.ts";

import { useApp, useAppState } from "../app-context.ts";
import { CommandButton } from "../CommandButton.tsx";
import { Slider } from "../ui/Slider.tsx";
import { CompareMenu } from "./CompareMenu.tsx";
import { ComparisonView } from "./ComparisonView.tsx";
import styles from "./DrillPanel.module.css";
import { isSettled, momentWords } from "./drill-words.ts";
import { EventLog } from "./EventLog.tsx";
import { FaultNote } from "./FaultNote.tsx";
import { LazyLoadChart } from "./LazyLoadChart.tsx";
import { PhaseList } from "./PhaseList.tsx";
import { RegionTable } from "./RegionTable.tsx";
import { ResultFacts } from "./ResultFacts.tsx";
import { useCalmProgress } from "./use-calm-progress.ts";

/** What happens in the drill that runs, and what has come of it. */
export function RunView(): ReactNode {
  const { actions } = useApp();
  const progress = useCalmProgress();
  const comparison = useAppState(selectDrillComparison);
  if (progress === undefined) return undefined;
  const { plan, stage, phases, events, loads, result, shares, elapsedMs, isOver, fault } = progress;
  const lastPhaseMs = Math.max(0, ...phases.map(({ endS }) => endS)) * 1000;
  return (
    <>
      <div className={styles["body"]}>
        {fault !== undefined && <FaultNote title={texts.simulated.broken} fault={fault} />}
        {comparison !== undefined && <ComparisonView comparison={comparison} />}
        <ResultFacts result={result} isFinal={isSettled(stage, isOver)} />
        <PhaseList phases={phases} elapsedMs={elapsedMs} />
        <Slider
          label={drillWords.run.seek}
          min={-plan.leadInS * 1000}
          max={Math.max(elapsedMs, lastPhaseMs + 120_000)}
          step={1000}
          value={elapsedMs}
          text={momentWords(elapsedMs)}
          onChange={actions.seekDrill}
        />
        <LazyLoadChart
          title={drillWords.run.chart}
          loads={loads}
          victim={plan.victim}
          fromS={-plan.leadInS}
          height={170}
        />
        <RegionTable loads={loads} victim={plan.victim} shares={shares} />
        <EventLog events={events} />
      </div>
      <footer className={styles["foot"]}>
        <CompareMenu policy={progress.asked.policy.id} />
        <span className={styles["push"]} />
        <CommandButton id="drill-link" look="quiet" icon={<Link />}>
          {drillWords.drillPanel.link}
        </CommandButton>
      </footer>
    </>
  );
}
