import type { ReactNode } from "react";

import styles from "./ProgressBar.module.css";

export interface ProgressBarProps {
  /** For those who do not see it. */
  readonly label: string;
  readonly done: number;
  /** Undefined: nobody knows how much there is. */
  readonly total: number | undefined;
}

export function ProgressBar({ label, done, total }: ProgressBarProps): ReactNode {
  const isKnown = total !== undefined && total > 0;
  return (
    <progress
      className={styles["bar"]}
      aria-label={label}
      {...(isKnown ? { value: Math.min(done, total), max: total } : {})}
    />
  );
}
