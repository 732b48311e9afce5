import type { ReactNode } from "react";

import { drillWords } from "#store/drill-words.ts";
import { fill } from "#store/texts.ts";
import { selectRegionLabel } from "#store/drill-regions.ts";

import { useApp, useAppState } from "../app-context.ts";
import { Segmented } from "../ui/Segmented.tsx";
import { Slider } from "../ui/Slider.tsx";
import { wholePercent } from "./drill-words.ts";
import { splitOfKind, withSaviour, withShare } from "./edit-plan.ts";
import type { PlanFormProps } from "./PlanForm.tsx";
import styles from "./PlanForm.module.css";

const splitKinds = ["headroom", "current-share", "manual"] as const;

/** Who takes over, and how much of it. */
export function SaviourEditor({ plan, regions, shares }: PlanFormProps): ReactNode {
  const labelOf = useAppState(selectRegionLabel);
  const { actions } = useApp();
  const others = regions.filter((name) => name !== plan.victim);
  const taking = plan.saviours.length === 0 ? others : plan.saviours;
  const all = Object.fromEntries(taking.map((name) => [name, shares[name] ?? 1 / taking.length]));
  return (
    <section className={styles["part"]}>
      <h3 className={styles["title"]}>{drillWords.drillPanel.saviours}</h3>
      <ul>
        {others.map((name) => {
          const isIn = taking.includes(name);
          return (
            <li key={name} className={styles["saviour"]}>
              <label>
                <input
                  type="checkbox"
                  aria-label={fill(drillWords.drillPanel.takesPart, { region: labelOf(name) })}
                  checked={isIn}
                  onChange={() => actions.changePlan({ saviours: withSaviour(taking, others, name, !isIn) })}
                />
                {labelOf(name)}
              </label>
              {isIn && shares[name] !== undefined && (
                <span className={styles["share"]} data-number="">
                  {wholePercent(shares[name])}
                </span>
              )}
            </li>
          );
        })}
      </ul>
      <Segmented
        label={drillWords.drillPanel.split}
        options={splitKinds.map((value) => ({ value, text: drillWords.drillPanel.splits[value] }))}
        value={plan.split.kind}
        onChange={(kind) => actions.changePlan({ split: splitOfKind(kind, all) })}
      />
      {plan.split.kind === "manual" &&
        Object.entries(plan.split.shares).map(([name, share], _, entries) => (
          <Slider
            key={name}
            label={fill(drillWords.drillPanel.shareOf, { region: labelOf(name) })}
            min={0}
            max={1}
            step={0.01}
            value={share}
            text={wholePercent(share)}
            onChange={(next) =>
              actions.changePlan({
                split: { kind: "manual", shares: withShare(Object.fromEntries(entries), name, next) },
              })
            }
          />
        ))}
    </section>
  );
}
