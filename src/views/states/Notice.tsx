import type { ReactNode } from "react";

import styles from "./Notice.module.css";

export interface NoticeProps {
  readonly tone?: "calm" | "warning" | "danger";
  readonly icon?: ReactNode;
  readonly title: string;
  /** What a person can do about it. */
  readonly tip?: string;
  /** The words of whoever reported it. */
  readonly detail?: string;
  readonly actions?: ReactNode;
}

/** Stands in the middle where there is no picture: what happened, and what to do. */
export function Notice({ tone = "calm", icon, title, tip, detail, actions }: NoticeProps): ReactNode {
  return (
    <section className={styles["cover"]} aria-live="polite">
      <div className={styles["notice"]} data-tone={tone}>
        {icon !== undefined && <div className={styles["icon"]}>{icon}</div>}
        <h2 className={styles["title"]}>{title}</h2>
        {tip !== undefined && <p className={styles["tip"]}>{tip}</p>}
        {detail !== undefined && <p className={styles["detail"]}>{detail}</p>}
        {actions !== undefined && <div className={styles["actions"]}>{actions}</div>}
      </div>
    </section>
  );
}
