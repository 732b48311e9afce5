import type { ReactNode } from "react";

import { drillWords } from "#store/drill-words.ts";
import { selectSurvival } from "#store/selectors.ts";
import { fill } from "#store/texts.ts";
import { selectRegionLabel } from "#store/drill-regions.ts";

import { useApp, useAppState } from "../app-context.ts";
import { PanelSection } from "../details-panel/PanelSection.tsx";
import { utilisationWords } from "./drill-words.ts";
import { FitMark } from "./FitMark.tsx";
import { lossRows } from "./survival-rows.ts";
import styles from "./Survival.module.css";

/** N-1: each region lost in turn, and whether the others would bear it. A row opens the plan for its region. */
export function SurvivalTable(): ReactNode {
  const labelOf = useAppState(selectRegionLabel);
  const { actions } = useApp();
  const survival = useAppState(selectSurvival);
  const rows = lossRows(survival);
  if (rows.length < 2) return undefined;
  return (
    <PanelSection title={drillWords.survival.tableTitle}>
      <table className={styles["table"]}>
        <thead>
          <tr>
            <th scope="col">{drillWords.survival.region}</th>
            <th scope="col">{drillWords.survival.used}</th>
            <th scope="col">{drillWords.survival.verdict}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ victim, fit, fullest, fault }) => (
            <tr key={victim}>
              <th scope="row">
                <button
                  type="button"
                  className={styles["link"]}
                  title={fill(drillWords.survival.plan, { region: labelOf(victim) })}
                  onClick={() => actions.openDrill(victim)}
                >
                  {labelOf(victim)}
                </button>
              </th>
              <td>
                {fault ??
                  (fullest !== undefined &&
                    fill(drillWords.survival.where, {
                      region: labelOf(fullest.region),
                      utilisation: utilisationWords(fullest.utilisation),
                    }))}
              </td>
              <td>
                <FitMark fit={fit} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className={styles["hint"]}>{drillWords.survival.frame}</p>
    </PanelSection>
  );
}
