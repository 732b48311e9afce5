import type { ReactNode } from "react";

import styles from "./Logo.module.css";

/** Water over a spillway, as dots. The same drawing as public/favicon.svg. */
export function Logo(): ReactNode {
  return (
    <svg className={styles["logo"]} viewBox="0 0 24 24" aria-hidden="true">
      <path d="M2 7h6.5c4.5 0 4.5 10.5 9 10.5H22" className={styles["stream"]} />
      <circle cx="4.5" cy="7" r="2" />
      <circle cx="11.3" cy="9.2" r="2" />
      <circle cx="14.8" cy="15.8" r="2" />
      <circle cx="20.5" cy="17.5" r="2" className={styles["ahead"]} />
    </svg>
  );
}
