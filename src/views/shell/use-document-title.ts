import { useEffect } from "react";

import type { AppState } from "#store/app-state.ts";
import { selectFocus, selectIsReplaying, selectRecordingName } from "#store/selectors.ts";
import { texts } from "#store/texts.ts";

import { useAppState } from "../app-context.ts";
import { selectIsSimulated } from "../simulated/shown-drill.ts";

const selectIsPast = (state: AppState) =>
  selectIsReplaying(state) || selectRecordingName(state) !== undefined;

/** The tab is called like the place, the nearest first: tabs are narrow. What is simulated or replayed says so before anything else. */
export function useDocumentTitle(): void {
  const focus = useAppState(selectFocus);
  const isSimulated = useAppState(selectIsSimulated);
  const isReplay = useAppState(selectIsPast);
  useEffect(() => {
    const mark = isSimulated ? [texts.simulated.title] : isReplay ? [texts.replay.word] : [];
    document.title = [...mark, ...focus.toReversed(), texts.app.name].join(" · ");
  }, [focus, isSimulated, isReplay]);
}
