import type { ReactNode } from "react";

import type { TrafficClass } from "#domain/traffic-class.ts";
import { formatRate, formatShare } from "#scene/number-format.ts";
import { fill, texts } from "#store/texts.ts";

import type { ClassShare } from "../facts/class-shares.ts";
import { ClassMark, classColorOf } from "../marks/ClassMark.tsx";
import styles from "./ClassBar.module.css";

export interface ClassBarProps {
  readonly shares: readonly ClassShare[];
  readonly classes: readonly TrafficClass[];
}

/** The classes of traffic as parts of one bar, and in numbers. */
export function ClassBar({ shares, classes }: ClassBarProps): ReactNode {
  return (
    <div className={styles["classes"]}>
      <div className={styles["bar"]} aria-hidden="true">
        {shares
          .filter(({ share }) => share > 0)
          .map(({ index, share }) => (
            <span
              key={index}
              className={styles["part"]}
              style={{ flexGrow: share, backgroundColor: classColorOf(classes, index) }}
            />
          ))}
      </div>
      <ul className={styles["list"]} aria-label={texts.details.shares}>
        {shares.map(({ index, trafficClass, rate, share }) => (
          <li key={index} className={styles["class"]}>
            <ClassMark classes={classes} index={index} />
            <span className={styles["name"]}>{trafficClass.name}</span>
            <span className={styles["rate"]}>{fill(texts.picture.rate, { rate: formatRate(rate) })}</span>
            <span className={styles["share"]}>{formatShare(share)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
