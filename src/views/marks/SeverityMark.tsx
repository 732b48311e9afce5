import type { ReactNode } from "react";

import styles from "./marks.module.css";

/** The shapes of the picture's badges: information a disc, a warning a triangle, an error a diamond. `badge` is severity + 1. */
export function SeverityMark({ badge }: { readonly badge: number }): ReactNode {
  return (
    <svg className={styles["badge"]} data-badge={badge} viewBox="0 0 16 16" aria-hidden="true">
      {badge === 1 && <circle cx="8" cy="8" r="6.5" />}
      {badge === 2 && <path d="M8 1.2 15.2 14H.8z" />}
      {badge === 3 && <path d="m8 .6 7.4 7.4L8 15.4 .6 8z" />}
      <path
        className={styles["glyph"]}
        d={
          badge === 1
            ? "M7.1 7h1.8v4.4H7.1zM7.1 4.2h1.8v1.8H7.1z"
            : "M7.1 5h1.8v4.2H7.1zM7.1 10.3h1.8v1.8H7.1z"
        }
      />
    </svg>
  );
}
