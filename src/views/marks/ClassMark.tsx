import type { ReactNode } from "react";

import type { TrafficClass } from "#domain/traffic-class.ts";
import { dotStyle, type DotShape } from "#renderer/dot-style.ts";

import styles from "./marks.module.css";

const shapes: Readonly<Record<DotShape, ReactNode>> = {
  dot: <circle cx="8" cy="8" r="5" />,
  triangle: <path d="M8 2.2 14.4 13.6H1.6z" />,
  diamond: <path d="m8 1.4 6.6 6.6L8 14.6 1.4 8z" />,
  square: <path d="M3.5 3.5h9v9h-9z" />,
};

export interface ClassMarkProps {
  readonly classes: readonly TrafficClass[];
  readonly index: number;
}

/** A class of traffic as its dots look: same shape, same colour. */
export function ClassMark({ classes, index }: ClassMarkProps): ReactNode {
  const trafficClass = classes[index];
  if (trafficClass === undefined) return undefined;
  const { shape } = dotStyle(trafficClass, index);
  return (
    <svg
      className={styles["class"]}
      viewBox="0 0 16 16"
      aria-hidden="true"
      style={{ color: classColorOf(classes, index) }}
    >
      {shapes[shape]}
    </svg>
  );
}

/** The class's own colour from the data, else the theme's: as the renderer's `classColor` chooses, in terms of tokens. */
export function classColorOf(classes: readonly TrafficClass[], index: number): string {
  const trafficClass = classes[index];
  if (trafficClass?.color !== undefined) return trafficClass.color;
  if (trafficClass?.severity === "danger") return "var(--picture-danger)";
  if (trafficClass?.severity === "warning") return "var(--picture-warning)";
  if (index === 0) return "var(--picture-normal)";
  const before = classes.slice(1, index).filter(({ severity }) => severity === "normal").length;
  return `var(--picture-extra-${(before % 6) + 1})`;
}
