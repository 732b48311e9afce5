import type { ComponentProps, ReactNode } from "react";

import styles from "./TextField.module.css";

export interface TextFieldProps extends Omit<ComponentProps<"input">, "className"> {
  readonly icon?: ReactNode;
  /** Stands inside, behind the text: counts, buttons. */
  readonly after?: ReactNode;
  readonly isWrong?: boolean;
}

export function TextField({ icon, after, isWrong = false, ...rest }: TextFieldProps): ReactNode {
  return (
    <span className={styles["field"]} data-wrong={isWrong ? "" : undefined}>
      {icon !== undefined && <span className={styles["icon"]}>{icon}</span>}
      <input
        type="text"
        autoComplete="off"
        spellCheck={false}
        className={styles["input"]}
        aria-invalid={isWrong || undefined}
        {...rest}
      />
      {after}
    </span>
  );
}
