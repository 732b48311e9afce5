import { Maximize2, Minus, Plus, Search, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";

import type { AppState } from "#store/app-state.ts";

import { useAppState } from "../app-context.ts";
import { CommandButton } from "../CommandButton.tsx";
import { Legend } from "../legend/Legend.tsx";
import { Timeline } from "../timeline/Timeline.tsx";
import { PauseButton } from "../top-bar/PauseButton.tsx";
import { compactQuery, useMedia } from "../use-media.ts";
import styles from "./BottomBar.module.css";

const selectIsRunning = ({ drill }: AppState) => drill.activity.kind === "running";

/** The legend, what moves the picture, and the timeline; on narrow screens also what thumbs need. */
export function BottomBar(): ReactNode {
  const isCompact = useMedia(compactQuery);
  // A drill has its own clock, in the banner: the source's would tell another time beside it.
  const isRunning = useAppState(selectIsRunning);
  return (
    <footer className={styles["bar"]} data-covers="bottom">
      <div className={styles["over"]}>
        <div className={styles["row"]}>
          <Legend />
        </div>
        {!isCompact && <ZoomButtons />}
      </div>
      {!isRunning && <Timeline />}
      {isCompact && <ThumbBar />}
    </footer>
  );
}

function ZoomButtons(): ReactNode {
  return (
    <div className={styles["zoom"]}>
      <CommandButton id="zoom-out" icon={<Minus />} />
      <CommandButton id="zoom-in" icon={<Plus />} />
      <CommandButton id="fit" icon={<Maximize2 />} />
    </div>
  );
}

function ThumbBar(): ReactNode {
  return (
    <div className={styles["thumbs"]}>
      <CommandButton id="find" icon={<Search />} />
      <CommandButton id="only-problems" icon={<TriangleAlert />} />
      <PauseButton />
      <CommandButton id="fit" icon={<Maximize2 />} />
    </div>
  );
}
