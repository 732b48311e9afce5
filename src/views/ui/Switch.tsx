import type { ReactNode } from "react";

import styles from "./Switch.module.css";

export interface SwitchProps {
  readonly label: string;
  readonly hint?: string;
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
}

/** A setting that is on or off; the whole row can be pressed. */
export function Switch({ label, hint, isOn, onChange }: SwitchProps): ReactNode {
  return (
    <button
      type="button"
      role="switch"
      aria-checked={isOn}
      className={styles["row"]}
      onClick={() => onChange(!isOn)}
    >
      <span className={styles["texts"]}>
        <span>{label}</span>
        {hint !== undefined && <span className={styles["hint"]}>{hint}</span>}
      </span>
      <span className={styles["track"]} aria-hidden="true">
        <span className={styles["knob"]} />
      </span>
    </button>
  );
}
