import type { ReactNode } from "react";

import type { Health } from "#domain/health.ts";
import { texts } from "#store/texts.ts";

import styles from "./marks.module.css";

const shapes: Readonly<Record<Health, ReactNode>> = {
  healthy: <circle cx="8" cy="8" r="5" />,
  degraded: <path d="M8 2.2 14.4 13.6H1.6z" />,
  failing: <path d="m8 1.4 6.6 6.6L8 14.6 1.4 8z" />,
  silent: <path d="M3 7h10v2H3z" />,
};

export interface HealthMarkProps {
  readonly health: Health;
  /** In tables the word is for screen readers only. */
  readonly isWordHidden?: boolean;
}

/** How something fares: by shape, by word and by colour. */
export function HealthMark({ health, isWordHidden = false }: HealthMarkProps): ReactNode {
  return (
    <span className={styles["health"]} data-health={health}>
      <svg viewBox="0 0 16 16" aria-hidden="true">
        {shapes[health]}
      </svg>
      <span className={isWordHidden ? "visually-hidden" : undefined}>{texts.health[health]}</span>
    </span>
  );
}
