import { lazy, Suspense, type ReactNode } from "react";

import {
  selectIsComparing,
  selectIsDrillPanelOpen,
  selectIsKiosk,
  selectIsTableOpen,
} from "#store/selectors.ts";
import { texts } from "#store/texts.ts";

import { useAppState } from "../app-context.ts";
import { BottomBar } from "../bottom-bar/BottomBar.tsx";
import { DropTarget } from "../clips/DropTarget.tsx";
import { ReadingCard } from "../clips/ReadingCard.tsx";
import { CompareBanner } from "../compare/CompareBanner.tsx";
import { DetailsPanel } from "../details-panel/DetailsPanel.tsx";
import { HoverCard } from "../hover-card/HoverCard.tsx";
import { pictureMark } from "../keys/key-place.ts";
import { Kiosk } from "../kiosk/Kiosk.tsx";
import { SimulatedBanner } from "../simulated/SimulatedBanner.tsx";
import { FilterBar } from "../top-bar/FilterBar.tsx";
import { FindBar } from "../top-bar/FindBar.tsx";
import { TopBar } from "../top-bar/TopBar.tsx";
import { Twin } from "../twin/Twin.tsx";
import { TooltipGroup } from "../ui/Tooltip.tsx";
import styles from "./Screen.module.css";

/*
 * What stands around the picture, in the order of reading: bars above, the picture's words, then what is beside and below. One chunk, which comes after the first
 * picture.
 */

const DrillPanel = lazy(async () => ({
  default: (await import("../drill/DrillPanel.tsx")).DrillPanel,
}));

const TrafficTable = lazy(async () => ({
  default: (await import("../traffic-table/TrafficTable.tsx")).TrafficTable,
}));

const ChangeTable = lazy(async () => ({
  default: (await import("../compare/ChangeTable.tsx")).ChangeTable,
}));

export function ChromeAbove(): ReactNode {
  const isKiosk = useAppState(selectIsKiosk);
  return (
    <TooltipGroup>
      <div className={styles["above"]} data-covers="top">
        {isKiosk ? <SimulatedBanner /> : <Bars />}
        <CompareBanner />
      </div>
    </TooltipGroup>
  );
}

function Bars(): ReactNode {
  return (
    <>
      <SkipButton />
      <TopBar />
      <SimulatedBanner />
      <FindBar />
      <FilterBar />
    </>
  );
}

/** The bar has a dozen stops; whoever comes for the picture goes past them. */
function SkipButton(): ReactNode {
  return (
    <button
      type="button"
      className={styles["skip"]}
      onClick={(event) => {
        const screen = event.currentTarget.closest("[data-screen]");
        screen?.querySelector<HTMLElement>(`[${pictureMark}]`)?.focus();
      }}
    >
      {texts.bar.skip}
    </button>
  );
}

/** Lies in the stage, beside the canvas. */
export function ChromeOnPicture(): ReactNode {
  return (
    <>
      <Twin />
      <HoverCard />
    </>
  );
}

export function ChromeBelow(): ReactNode {
  const isKiosk = useAppState(selectIsKiosk);
  const isTableOpen = useAppState(selectIsTableOpen);
  const isDrillPanelOpen = useAppState(selectIsDrillPanelOpen);
  const isComparing = useAppState(selectIsComparing);
  return (
    <TooltipGroup>
      <DropTarget />
      {isKiosk ? (
        <Kiosk />
      ) : (
        <>
          {isTableOpen && (
            <Suspense fallback={undefined}>{isComparing ? <ChangeTable /> : <TrafficTable />}</Suspense>
          )}
          {isDrillPanelOpen ? (
            <Suspense fallback={undefined}>
              <DrillPanel />
            </Suspense>
          ) : (
            <DetailsPanel />
          )}
          <ReadingCard />
          <BottomBar />
        </>
      )}
    </TooltipGroup>
  );
}
