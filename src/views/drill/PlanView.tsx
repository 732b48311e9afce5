import { Link, Play, Users } from "lucide-react";
import { useMemo, type ReactNode } from "react";

import { drillWords } from "#store/drill-words.ts";
import type { AppState } from "#store/app-state.ts";
import { regionsOf } from "#store/drill-regions.ts";
import type { DrillPlanning, FinishedDrill } from "#store/drill-state.ts";
import { selectDrillComparison, selectDrillStart } from "#store/selectors.ts";
import { fill } from "#store/texts.ts";

import { useApp, useAppState } from "../app-context.ts";
import { CommandButton } from "../CommandButton.tsx";
import { useCommand } from "../use-command.ts";
import { CompareMenu } from "./CompareMenu.tsx";
import { ComparisonView } from "./ComparisonView.tsx";
import styles from "./DrillPanel.module.css";
import { momentWords } from "./drill-words.ts";
import { FaultNote } from "./FaultNote.tsx";
import { ForecastView } from "./ForecastView.tsx";
import { PlanForm } from "./PlanForm.tsx";
import { ResultFacts } from "./ResultFacts.tsx";
import { SurvivalTable } from "./SurvivalTable.tsx";

const selectPlanning = ({ drill: { activity } }: AppState): DrillPlanning | undefined =>
  activity.kind === "planning" ? activity : undefined;

const selectLast = ({ drill }: AppState): FinishedDrill | undefined => drill.last;

/** Only what is there can be failed over, whatever it is compared with. */
const selectMeasured = ({ feed }: AppState) => feed.current?.topology;

/** The plan, what it would do beside it, and the buttons that run it. */
export function PlanView(): ReactNode {
  const planning = useAppState(selectPlanning);
  const topology = useAppState(selectMeasured);
  const comparison = useAppState(selectDrillComparison);
  const last = useAppState(selectLast);
  const share = useCommand("drill-share");
  const regions = useMemo(
    () =>
      topology === undefined ? [] : regionsOf(topology).flatMap((node) => topology.nodes[node]?.name ?? []),
    [topology],
  );
  if (planning === undefined) return undefined;
  const { plan, forecast, fault, isComputing } = planning;
  const shares = Object.fromEntries(
    forecast?.saviours.map(({ region, share: part }) => [region, part]) ?? [],
  );
  return (
    <>
      <div className={styles["body"]}>
        <StartNote />
        {fault !== undefined && <FaultNote title={drillWords.drillPanel.fault} fault={fault} />}
        {comparison !== undefined && <ComparisonView comparison={comparison} />}
        {last !== undefined && comparison === undefined && <LastRun last={last} />}
        <div className={styles["columns"]}>
          <PlanForm plan={plan} regions={regions} shares={shares} />
          <div className={styles["beside"]}>
            {fault === undefined && <ForecastView forecast={forecast} isComputing={isComputing} />}
            <SurvivalTable />
          </div>
        </div>
      </div>
      <footer className={styles["foot"]}>
        <CommandButton id="drill-run" look="solid" icon={<Play />}>
          {drillWords.drillPanel.run}
        </CommandButton>
        {share.isAvailable && (
          <CommandButton id="drill-share" look="quiet" icon={<Users />}>
            {drillWords.drillPanel.share}
          </CommandButton>
        )}
        <span className={styles["push"]} />
        <CompareMenu policy={plan.policy.id} />
        <CommandButton id="drill-link" icon={<Link />} />
      </footer>
    </>
  );
}

/** What came of the run before, until the next one starts. */
function LastRun({ last: { plan, result, elapsedMs } }: { readonly last: FinishedDrill }): ReactNode {
  const policy = drillWords.policies[plan.policy.id].name;
  return (
    <div className={styles["last"]}>
      <ResultFacts
        result={result}
        isFinal
        title={fill(drillWords.result.last, { policy, time: momentWords(elapsedMs) })}
      />
    </div>
  );
}

/** From which traffic the drill would start. */
function StartNote(): ReactNode {
  const { actions } = useApp();
  const start = useAppState(selectDrillStart);
  const { start: words } = drillWords.drillPanel;
  const now = (
    <button type="button" className={styles["link"]} onClick={() => actions.startFromNow()}>
      {words.fromNow}
    </button>
  );
  switch (start.kind) {
    case "now":
      return undefined;
    case "loading":
      return <p className={styles["note"]}>{words.loading}</p>;
    case "frozen":
      return (
        <p className={styles["note"]}>
          {fill(words.frozen, { time: momentOf(start.basis.frame.at) })} {now}
        </p>
      );
    case "gone":
      return (
        <p className={styles["note"]} data-tone="warning" role="alert">
          {fill(words.gone, { why: start.message })}
        </p>
      );
  }
}

const moment = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" });

function momentOf(at: number): string {
  return moment.format(at);
}
