import type { ReactNode } from "react";

import type { DrillFault } from "#simulation/plan/drill-fault.ts";

import styles from "./DrillPanel.module.css";

/** Why it does not work, and what to do about it: the fault's own sentence. */
export function FaultNote({
  title,
  fault,
}: {
  readonly title: string;
  readonly fault: DrillFault;
}): ReactNode {
  return (
    <div className={styles["fault"]} role="alert">
      <strong>{title}</strong>
      <p>{fault.message}</p>
    </div>
  );
}
