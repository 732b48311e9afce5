import { useEffect, useState } from "react";

import type { AppState } from "#store/app-state.ts";

import { useAppState, useServices } from "../app-context.ts";

/** So long the first picture has the line for itself. */
const patienceMs = 2_500;

const selectIsSettled = ({ drawing, feed }: AppState) =>
  drawing.isDrawn || drawing.failure !== undefined || feed.phase.kind === "refused";

/** Whether it is time for what stands around the picture: once there is one, or when it is clear that there is none yet. */
export function useChromeIsDue(): boolean {
  const { clock } = useServices();
  const isSettled = useAppState(selectIsSettled);
  const [isLate, setLate] = useState(false);
  useEffect(() => clock.after(patienceMs, () => setLate(true)), [clock]);
  return isSettled || isLate;
}
