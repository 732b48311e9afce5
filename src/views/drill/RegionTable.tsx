import type { ReactNode } from "react";

import { formatRate } from "#scene/number-format.ts";
import type { LoadHistory } from "#simulation/session/drill-session.ts";
import { drillWords } from "#store/drill-words.ts";
import { fill } from "#store/texts.ts";
import { selectRegionLabel } from "#store/drill-regions.ts";

import { useAppState } from "../app-context.ts";
import { failingWords, wholePercent } from "./drill-words.ts";
import { regionColors } from "./region-colors.ts";
import styles from "./RunView.module.css";

export interface RegionTableProps {
  readonly loads: LoadHistory;
  readonly victim: string;
  /** Share of the victim's traffic by saviour. */
  readonly shares: ReadonlyMap<string, number>;
}

/** The numbers of the last simulated second, region by region. */
export function RegionTable({ loads, victim, shares }: RegionTableProps): ReactNode {
  const labelOf = useAppState(selectRegionLabel);
  const { regions, rows } = loads;
  if (rows === 0) return undefined;
  const colors = regionColors(regions, victim);
  return (
    <section className={styles["part"]}>
      <h3 className={styles["title"]}>{drillWords.run.regions}</h3>
      <table className={styles["table"]}>
        <thead>
          <tr>
            <th scope="col">{drillWords.run.region}</th>
            <th scope="col">{drillWords.run.load}</th>
            <th scope="col">{drillWords.run.used}</th>
            <th scope="col">{drillWords.run.failing}</th>
          </tr>
        </thead>
        <tbody>
          {regions.map((name, r) => {
            const at = (rows - 1) * regions.length + r;
            const [load = 0, capacity = 0, failed = 0] = [
              loads.load[at],
              loads.capacity[at],
              loads.failed[at],
            ];
            const used = capacity > 0 ? load / capacity : NaN;
            const share = shares.get(name) ?? 0;
            return (
              <tr key={name}>
                <th scope="row">
                  <span
                    className={styles["swatch"]}
                    data-victim={name === victim ? "" : undefined}
                    style={{ "--swatch": `var(${colors[r] ?? "--text-dim"})` }}
                    aria-hidden="true"
                  />
                  {labelOf(name)}
                  <span className={styles["role"]}>
                    {name === victim
                      ? drillWords.run.victim
                      : share > 0 && fill(drillWords.run.saviour, { share: wholePercent(share) })}
                  </span>
                </th>
                <td>
                  {formatRate(load)}
                  <span className={styles["role"]}>/ {formatRate(capacity)}</span>
                </td>
                <td data-tone={used > 1 ? "danger" : used > 0.9 ? "warning" : undefined}>
                  {wholePercent(used)}
                </td>
                <td data-tone={failed > 0.01 * load ? "danger" : undefined}>{failingWords(failed, load)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
