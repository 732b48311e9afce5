import type { ReactNode } from "react";

import styles from "./Slider.module.css";

export interface SliderProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  /** The value as people read it; said by screen readers too. */
  readonly text: string;
  readonly onChange: (value: number) => void;
}

/** A number between two ends, with its value in words beside its name. */
export function Slider({ label, value, min, max, step, text, onChange }: SliderProps): ReactNode {
  return (
    <div className={styles["slider"]}>
      <span className={styles["head"]} aria-hidden="true">
        <span>{label}</span>
        <span className={styles["value"]}>{text}</span>
      </span>
      <input
        type="range"
        className={styles["range"]}
        aria-label={label}
        aria-valuetext={text}
        min={min}
        max={max}
        step={step}
        value={value}
        style={{ "--part": (value - min) / (max - min) }}
        onChange={(event) => onChange(event.target.valueAsNumber)}
      />
    </div>
  );
}
