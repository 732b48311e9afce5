import { lazy, Suspense, type ReactNode, type RefObject } from "react";

import { useKeys } from "../keys/use-keys.ts";
import { Dialogs } from "../dialogs/Dialogs.tsx";
import { SimulatedFrame } from "../simulated/SimulatedFrame.tsx";
import { FeedBanner } from "../states/FeedBanner.tsx";
import { PictureState } from "../states/PictureState.tsx";
import { useTheme } from "../theme/use-theme.ts";
import { Toasts } from "../toasts/Toasts.tsx";
import { TrafficCanvas } from "../traffic-canvas/TrafficCanvas.tsx";
import { Announcer } from "../twin/Announcer.tsx";
import { FirstBar } from "./FirstBar.tsx";
import { insetVariables } from "./inset-variables.ts";
import styles from "./Screen.module.css";
import { useChromeIsDue } from "./use-chrome-is-due.ts";
import { useDocumentTitle } from "./use-document-title.ts";
import { useInsets } from "./use-insets.ts";

const chrome = () => import("./chrome.tsx");
const ChromeAbove = lazy(async () => ({ default: (await chrome()).ChromeAbove }));
const ChromeOnPicture = lazy(async () => ({ default: (await chrome()).ChromeOnPicture }));
const ChromeBelow = lazy(async () => ({ default: (await chrome()).ChromeBelow }));

/** The picture from edge to edge, and thin things over it. */
export function Screen({ root }: { readonly root: RefObject<HTMLDivElement | null> }): ReactNode {
  useTheme();
  useKeys();
  useDocumentTitle();
  const insets = useInsets(root);
  const isDue = useChromeIsDue();
  return (
    <div ref={root} className={styles["screen"]} data-screen="" style={insetVariables(insets)}>
      <Suspense fallback={<FirstBar />}>{isDue ? <ChromeAbove /> : <FirstBar />}</Suspense>
      <main className={styles["stage"]}>
        <TrafficCanvas insets={insets} />
        <PictureState />
        <Suspense fallback={undefined}>{isDue && <ChromeOnPicture />}</Suspense>
      </main>
      <SimulatedFrame />
      <FeedBanner />
      <Suspense fallback={undefined}>{isDue && <ChromeBelow />}</Suspense>
      <Toasts />
      <Dialogs />
      <Announcer />
    </div>
  );
}
