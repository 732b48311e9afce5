import { useEffect, useState } from "react";

import type { AppState } from "#store/app-state.ts";

import { useAppState, useServices } from "../app-context.ts";

/** So long the line is kept for traffic that may come; after that the bars say that there is none. */
const patienceMs = 2_500;

/** So long it is kept for a picture whose traffic has come: its drawing must not wait for bars, nor they for ever for it, as in a hidden tab. */
const drawingPatienceMs = 10_000;

const selectIsSettled = ({ drawing, feed }: AppState) =>
  drawing.isDrawn || drawing.failure !== undefined || feed.phase.kind === "refused";

const selectIsUnderWay = ({ feed }: AppState) => feed.current !== undefined;

/** Whether it is time for what stands around the picture: once there is one, or when it is clear that there is none yet. */
export function useChromeIsDue(): boolean {
  const isSettled = useAppState(selectIsSettled);
  const isUnderWay = useAppState(selectIsUnderWay);
  const isLate = useIsAfter(patienceMs);
  const isVeryLate = useIsAfter(drawingPatienceMs);
  // What has been shown stays: traffic that comes late does not take the bars away.
  const [isShown, setShown] = useState(false);
  const isDue = isShown || isSettled || isVeryLate || (isLate && !isUnderWay);
  if (isDue && !isShown) setShown(true);
  return isDue;
}

function useIsAfter(ms: number): boolean {
  const { clock } = useServices();
  const [isAfter, setAfter] = useState(false);
  useEffect(() => clock.after(ms, () => setAfter(true)), [clock, ms]);
  return isAfter;
}
