import { drillWords } from "#store/drill-words.ts";
import { Check, CircleHelp, TriangleAlert, X } from "lucide-react";
import type { ReactNode } from "react";

import type { Fit } from "#simulation/forecast/forecast.ts";

import styles from "./FitMark.module.css";

const icons: Readonly<Record<Fit, typeof Check>> = {
  fits: Check,
  tight: TriangleAlert,
  "does-not-fit": X,
  unknown: CircleHelp,
};

/** The word of a forecast, told by shape and colour as well. */
export function FitMark({ fit }: { readonly fit: Fit }): ReactNode {
  const Icon = icons[fit];
  return (
    <span className={styles["mark"]} data-fit={fit}>
      <Icon aria-hidden />
      {drillWords.forecast.fits[fit]}
    </span>
  );
}
