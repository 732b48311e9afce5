import type { ReactNode } from "react";

import styles from "./Keys.module.css";

/** Keys as they stand on the keyboard. */
export function Keys({ keys }: { readonly keys: readonly string[] }): ReactNode {
  return keys.map((key) => (
    <kbd key={key} className={styles["key"]}>
      {key}
    </kbd>
  ));
}
