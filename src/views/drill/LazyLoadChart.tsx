import { lazy, Suspense, type ReactNode } from "react";

import styles from "./LoadChart.module.css";
import type { LoadChartProps } from "./LoadChart.tsx";

const LoadChart = lazy(async () => ({ default: (await import("./LoadChart.tsx")).LoadChart }));

/** The chart, and the library that draws it, come when the first drill runs. Its place is kept meanwhile. */
export function LazyLoadChart(props: LoadChartProps): ReactNode {
  return (
    <Suspense fallback={<div className={styles["place"]} style={{ "--height": `${props.height}px` }} />}>
      <LoadChart {...props} />
    </Suspense>
  );
}
