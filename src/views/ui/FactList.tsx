import type { ReactNode } from "react";

import styles from "./FactList.module.css";

/** Names and what they are, in two columns. */
export function FactList({ children }: { readonly children: ReactNode }): ReactNode {
  return <dl className={styles["list"]}>{children}</dl>;
}

export function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }): ReactNode {
  return (
    <div className={styles["fact"]}>
      <dt className={styles["name"]}>{name}</dt>
      <dd className={styles["value"]}>{children}</dd>
    </div>
  );
}
