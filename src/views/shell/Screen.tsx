import { type ReactNode, type RefObject } from "react";

import { selectIsKiosk } from "#store/selectors.ts";

import { useAppState } from "../app-context.ts";
import { useKeys } from "../keys/use-keys.ts";
import { FeedBanner } from "../states/FeedBanner.tsx";
import { PictureState } from "../states/PictureState.tsx";
import { useTheme } from "../theme/use-theme.ts";
import { FilterBar } from "../top-bar/FilterBar.tsx";
import { TopBar } from "../top-bar/TopBar.tsx";
import { TrafficCanvas } from "../traffic-canvas/TrafficCanvas.tsx";
import styles from "./Screen.module.css";
import { useInsets } from "./use-insets.ts";

/** The picture from edge to edge, and thin things over it. */
export function Screen({ root }: { readonly root: RefObject<HTMLDivElement | null> }): ReactNode {
  useTheme();
  useKeys();
  const insets = useInsets(root);
  const isKiosk = useAppState(selectIsKiosk);
  return (
    <div ref={root} className={styles["screen"]}>
      {!isKiosk && (
        <>
          <TopBar />
          <FilterBar />
        </>
      )}
      <main className={styles["stage"]}>
        <TrafficCanvas insets={insets} />
        <PictureState />
      </main>
      <FeedBanner />
    </div>
  );
}
