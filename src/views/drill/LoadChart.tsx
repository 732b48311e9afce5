import "uplot/dist/uPlot.min.css";

import { useEffect, useEffectEvent, useId, useMemo, useRef, type ReactNode } from "react";
import type uPlot from "uplot";

import { formatRate } from "#scene/number-format.ts";
import type { LoadHistory } from "#simulation/session/drill-session.ts";
import { drillWords } from "#store/drill-words.ts";
import type { AppState } from "#store/app-state.ts";
import { isHighContrast } from "#store/commands/look-commands.ts";
import { fill } from "#store/texts.ts";
import { selectRegionLabel, type RegionLabel } from "#store/drill-regions.ts";

import { useAppState } from "../app-context.ts";
import { alignedData, canDraw, createLoadChart, resizeChart } from "./draw-load-chart.ts";
import styles from "./LoadChart.module.css";
import { regionColors } from "./region-colors.ts";
import { stackLoads, type LoadStack } from "./stack-loads.ts";

export interface LoadChartProps {
  readonly title: string;
  readonly loads: LoadHistory;
  readonly victim: string;
  /** The second of the first row. */
  readonly fromS: number;
  /** Of the drawing, CSS pixels. */
  readonly height: number;
}

/** Another look means that the chart has to be drawn in other colours. */
const selectLook = (state: AppState) =>
  `${state.settings.theme} ${state.screen.prefers.dark ? "dark" : "light"} ${isHighContrast(state) ? "high" : "usual"}`;

/** Requests per second by region, stacked, against the capacity of those that stay. */
export function LoadChart({ title, loads, victim, fromS, height }: LoadChartProps): ReactNode {
  const labelOf = useAppState(selectRegionLabel);
  const look = useAppState(selectLook);
  const titleId = useId();
  const { regions } = loads;
  const stack = useMemo(() => stackLoads(loads, victim, fromS), [loads, victim, fromS]);
  const colors = regionColors(regions, victim);
  return (
    <figure className={styles["chart"]} aria-labelledby={titleId}>
      <figcaption className={styles["caption"]}>
        <span id={titleId} className={styles["title"]}>
          {title}
        </span>
        <span className={styles["keys"]}>
          {regions.map((name, r) => (
            <span key={name} className={styles["key"]}>
              <span
                className={styles["swatch"]}
                data-victim={name === victim ? "" : undefined}
                style={{ "--swatch": `var(${colors[r] ?? "--text-dim"})` }}
              />
              {labelOf(name)}
            </span>
          ))}
          <span className={styles["key"]}>
            <span className={styles["dash"]} />
            {drillWords.run.chartCapacity}
          </span>
        </span>
      </figcaption>
      <p className="visually-hidden">
        {fill(drillWords.run.chartLabel, {
          now: nowWords(loads, labelOf),
          capacity: formatRate(stack.capacityNow),
        })}
      </p>
      <Drawing key={[look, victim, ...regions].join("\n")} stack={stack} height={height} />
    </figure>
  );
}

/** The drawing itself. Another look, or other regions, are another drawing; new rows are given to the one that is there. */
function Drawing({ stack, height }: { readonly stack: LoadStack; readonly height: number }): ReactNode {
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot | undefined>(undefined);
  const draw = useEffectEvent((element: HTMLElement) => createLoadChart(element, stack, height));
  useEffect(() => {
    const element = place.current;
    if (element === null || !canDraw()) return undefined;
    const made = draw(element);
    chart.current = made;
    const sizes = new ResizeObserver(() => resizeChart(made, element, height));
    sizes.observe(element);
    return () => {
      sizes.disconnect();
      made.destroy();
      chart.current = undefined;
    };
  }, [height]);
  useEffect(() => {
    chart.current?.setData(alignedData(stack));
  }, [stack]);
  return <div ref={place} aria-hidden className={styles["place"]} style={{ "--height": `${height}px` }} />;
}

function nowWords({ regions, rows, load }: LoadHistory, labelOf: RegionLabel): string {
  return regions
    .map((name, r) => `${labelOf(name)} ${formatRate(load[(rows - 1) * regions.length + r] ?? NaN)}`)
    .join(", ");
}
