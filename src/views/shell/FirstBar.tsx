import type { ReactNode } from "react";

import { selectIsKiosk } from "#store/selectors.ts";
import { texts } from "#store/texts.ts";

import { useAppState } from "../app-context.ts";
import { Logo } from "../top-bar/Logo.tsx";
import styles from "./FirstBar.module.css";

/** Keeps the top bar's place until it has come. */
export function FirstBar(): ReactNode {
  const isKiosk = useAppState(selectIsKiosk);
  return isKiosk ? undefined : (
    <div className={styles["bar"]} data-covers="top">
      <Logo />
      <span className={styles["name"]}>{texts.app.name}</span>
    </div>
  );
}
