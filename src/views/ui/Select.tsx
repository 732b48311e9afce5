import { ChevronDown } from "lucide-react";
import type { ReactNode } from "react";

import styles from "./Select.module.css";

export interface SelectProps<T extends string> {
  readonly label: string;
  /** The place says what is chosen: the name is for screen readers only. */
  readonly isLabelHidden?: boolean;
  readonly options: readonly { readonly value: T; readonly text: string }[];
  readonly value: T;
  readonly onChange: (value: T) => void;
}

/** One of several, as the system offers them: at home on phones and under any keyboard. */
export function Select<T extends string>(props: SelectProps<T>): ReactNode {
  const { label, isLabelHidden = false, options, value, onChange } = props;
  return (
    <label className={styles["row"]}>
      {!isLabelHidden && <span className={styles["label"]}>{label}</span>}
      <span className={styles["box"]}>
        <select
          className={styles["select"]}
          aria-label={label}
          value={value}
          onChange={(event) => {
            const chosen = options.find((option) => option.value === event.target.value);
            if (chosen !== undefined) onChange(chosen.value);
          }}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.text}
            </option>
          ))}
        </select>
        <ChevronDown className={styles["mark"]} aria-hidden />
      </span>
    </label>
  );
}
