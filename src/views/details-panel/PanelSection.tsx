import type { ReactNode } from "react";

import styles from "./PanelSection.module.css";

export interface PanelHeaderProps {
  readonly title: string;
  /** Stands in place of the title for those who see it. */
  readonly shown?: ReactNode;
  readonly children?: ReactNode;
}

export function PanelHeader({ title, shown, children }: PanelHeaderProps): ReactNode {
  return (
    <header className={styles["header"]}>
      <h2 className={styles["title"]} aria-label={shown === undefined ? undefined : title}>
        {shown ?? title}
      </h2>
      {children}
    </header>
  );
}

export interface PanelSectionProps {
  readonly title: string;
  /** Stands at the end of the heading's line. */
  readonly aside?: ReactNode;
  readonly children?: ReactNode;
}

export function PanelSection({ title, aside, children }: PanelSectionProps): ReactNode {
  return (
    <section className={styles["section"]}>
      <div className={styles["head"]}>
        <h3 className={styles["name"]}>{title}</h3>
        {aside !== undefined && <span className={styles["aside"]}>{aside}</span>}
      </div>
      {children}
    </section>
  );
}
