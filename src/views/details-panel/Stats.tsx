import type { ReactNode } from "react";

import styles from "./Stats.module.css";

export function Stats({ children }: { readonly children: ReactNode }): ReactNode {
  return <dl className={styles["stats"]}>{children}</dl>;
}

export interface StatProps {
  readonly name: string;
  readonly value: string;
  readonly unit?: string;
  readonly isMain?: boolean;
}

export function Stat({ name, value, unit, isMain = false }: StatProps): ReactNode {
  return (
    <div className={styles["stat"]} data-main={isMain ? "" : undefined}>
      <dt className={styles["name"]}>{name}</dt>
      <dd className={styles["value"]}>
        {value}
        {unit !== undefined && <span className={styles["unit"]}> {unit}</span>}
      </dd>
    </div>
  );
}
