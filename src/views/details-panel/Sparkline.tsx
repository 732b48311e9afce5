import { useId, type ReactNode } from "react";

import { must } from "#base/assert.ts";
import type { Millis } from "#base/time.ts";
import { formatSpan } from "#scene/number-format.ts";
import { fill, texts } from "#store/texts.ts";

import styles from "./Sparkline.module.css";
import { chart, chartScale, linePath, rangeOf } from "./sparkline-path.ts";

export interface SparklineProps {
  readonly name: string;
  readonly at: readonly Millis[];
  readonly values: readonly number[];
  readonly tone: "total" | "warning" | "danger" | "latency";
  readonly format: (value: number) => string;
  readonly isTall?: boolean;
  /** The value at the upper edge when all are below it. */
  readonly least?: number;
}

/** One number over the last minutes, from 0 to the greatest; its name and range stand beside it. */
export function Sparkline({
  name,
  at,
  values,
  tone,
  format,
  isTall = false,
  least = 0,
}: SparklineProps): ReactNode {
  const id = useId();
  const range = rangeOf(values);
  if (range === undefined) return undefined;
  const scale = chartScale(at, values, least);
  const label = fill(texts.details.historyLabel, {
    name,
    span: formatSpan(Math.round((scale.to - must(at[0])) / 1000) * 1000),
    now: format(range.now),
    least: format(range.least),
    most: format(range.most),
  });
  return (
    <figure className={styles["figure"]} aria-labelledby={id} data-tall={isTall ? "" : undefined}>
      <figcaption className={styles["caption"]} aria-hidden="true">
        <span>{name}</span>
        <span className={styles["range"]}>
          {fill(texts.details.historyMost, { most: format(range.most) })}
        </span>
      </figcaption>
      <svg
        className={styles["chart"]}
        data-tone={tone}
        viewBox={`0 0 ${chart.width} ${chart.height}`}
        preserveAspectRatio="none"
        role="img"
        aria-labelledby={id}
      >
        <title id={id}>{label}</title>
        <path className={styles["area"]} d={linePath(at, values, scale, true)} />
        <path className={styles["line"]} d={linePath(at, values, scale)} />
      </svg>
    </figure>
  );
}
