import { useMemo, type ReactNode } from "react";

import { drillWords } from "#store/drill-words.ts";
import { selectSurvival } from "#store/selectors.ts";
import { fill } from "#store/texts.ts";
import { selectRegionLabel } from "#store/drill-regions.ts";

import { useAppState } from "../app-context.ts";
import { PanelSection } from "../details-panel/PanelSection.tsx";
import { utilisationWords } from "./drill-words.ts";
import { FitMark } from "./FitMark.tsx";
import { survivalOf } from "./survival-rows.ts";
import styles from "./Survival.module.css";
import { UtilisationBar } from "./UtilisationBar.tsx";

/** How a region would fare if another one went, for each other one. */
export function SurvivesLoss({ region }: { readonly region: string }): ReactNode {
  const labelOf = useAppState(selectRegionLabel);
  const survival = useAppState(selectSurvival);
  const rows = useMemo(() => survivalOf(survival, region), [survival, region]);
  if (survival.fault !== undefined) {
    return (
      <PanelSection title={drillWords.survival.title}>
        <p className={styles["hint"]}>{survival.fault.message}</p>
      </PanelSection>
    );
  }
  if (rows.length === 0) return undefined;
  return (
    <PanelSection title={drillWords.survival.title}>
      <ul className={styles["losses"]} aria-label={drillWords.survival.title}>
        {rows.map(({ victim, saviour, fault }) => (
          <li key={victim} className={styles["loss"]}>
            <span className={styles["line"]}>
              <span className={styles["name"]}>{labelOf(victim)}</span>
              <FitMark fit={saviour?.fit ?? "unknown"} />
            </span>
            {saviour === undefined ? (
              <span className={styles["hint"]}>{fault}</span>
            ) : (
              <>
                <UtilisationBar utilisation={saviour.utilisation} fit={saviour.fit} />
                <span className={styles["hint"]}>
                  {utilisationWords(saviour.utilisation)}
                  {saviour.worstService !== undefined &&
                    ` · ${fill(drillWords.forecast.worstService, {
                      service: saviour.worstService.name,
                      utilisation: utilisationWords(saviour.worstService.utilisation),
                    })}`}
                </span>
              </>
            )}
          </li>
        ))}
      </ul>
    </PanelSection>
  );
}
