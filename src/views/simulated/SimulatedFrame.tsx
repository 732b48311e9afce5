import { useEffect, type ReactNode } from "react";

import { useAppState } from "../app-context.ts";
import { selectIsSimulated } from "./shown-drill.ts";
import styles from "./SimulatedFrame.module.css";

/** A striped frame around the picture and quieter colours in it, so that no screenshot of a drill can pass for what was measured. */
export function SimulatedFrame(): ReactNode {
  const isSimulated = useAppState(selectIsSimulated);
  useEffect(() => {
    const root = document.documentElement;
    root.toggleAttribute("data-simulated", isSimulated);
    return () => root.removeAttribute("data-simulated");
  }, [isSimulated]);
  return isSimulated ? <div className={styles["frame"]} aria-hidden="true" /> : undefined;
}
