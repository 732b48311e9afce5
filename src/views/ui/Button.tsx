import type { ComponentProps, ReactNode } from "react";

import styles from "./Button.module.css";

export interface ButtonProps extends Omit<ComponentProps<"button">, "className"> {
  /** `plain` for bars, `quiet` with a border, `solid` for the one thing to do. */
  readonly look?: "plain" | "quiet" | "solid";
  readonly size?: "usual" | "small";
  /** For switches: whether it is on. */
  readonly isOn?: boolean | undefined;
  readonly icon?: ReactNode;
}

export function Button({
  look = "plain",
  size = "usual",
  isOn,
  icon,
  children,
  ...rest
}: ButtonProps): ReactNode {
  return (
    <button
      type="button"
      className={styles["button"]}
      data-look={look}
      data-size={size}
      data-icon-only={children === undefined ? "" : undefined}
      aria-pressed={isOn}
      {...rest}
    >
      {icon}
      {children}
    </button>
  );
}
