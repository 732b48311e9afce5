import type { ReactNode } from "react";

import type { Fit, Interval } from "#simulation/forecast/forecast.ts";

import styles from "./UtilisationBar.module.css";

/** The bar ends here; what lies beyond is drawn to its end. */
const most = 1.5;

/** A utilisation as the interval that it is: solid up to the hopeful end, striped up to the careful one, with a line at the capacity. */
export function UtilisationBar({
  utilisation: { low, high },
  fit,
}: {
  readonly utilisation: Interval;
  readonly fit: Fit;
}): ReactNode {
  const isKnown = !Number.isNaN(high);
  const [from, to] = isKnown ? [part(low), part(high)] : [0, 0];
  return (
    <span
      className={styles["bar"]}
      data-fit={fit}
      aria-hidden="true"
      style={{ "--low": `${from}%`, "--high": `${to}%`, "--full": `${100 / most}%` }}
    >
      {isKnown && (
        <>
          <span className={styles["solid"]} />
          <span className={styles["span"]} />
        </>
      )}
      <span className={styles["limit"]} />
    </span>
  );
}

function part(utilisation: number): number {
  return (Math.min(most, Math.max(0, utilisation)) / most) * 100;
}
