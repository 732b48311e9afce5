import { useId, type ReactNode } from "react";

import styles from "./Segmented.module.css";

export interface SegmentedProps<T extends string> {
  readonly label: string;
  readonly options: readonly { readonly value: T; readonly text: string }[];
  readonly value: T;
  readonly onChange: (value: T) => void;
}

/** One of a few, all of them in sight: radio buttons under the hood. */
export function Segmented<T extends string>(props: SegmentedProps<T>): ReactNode {
  const { label, options, value, onChange } = props;
  const id = useId();
  return (
    <fieldset className={styles["row"]}>
      <legend className={styles["label"]}>{label}</legend>
      <span className={styles["options"]}>
        {options.map((option) => (
          <label key={option.value} className={styles["option"]}>
            <input
              type="radio"
              className={styles["radio"]}
              name={id}
              value={option.value}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
            />
            {option.text}
          </label>
        ))}
      </span>
    </fieldset>
  );
}
