import { useEffect } from "react";

import { selectFocus } from "#store/selectors.ts";
import { texts } from "#store/texts.ts";

import { useAppState } from "../app-context.ts";
import { selectIsSimulated } from "../simulated/shown-drill.ts";

/** The tab is called like the place, the nearest first: tabs are narrow. What is simulated says so before anything else. */
export function useDocumentTitle(): void {
  const focus = useAppState(selectFocus);
  const isSimulated = useAppState(selectIsSimulated);
  useEffect(() => {
    const mark = isSimulated ? [texts.simulated.title] : [];
    document.title = [...mark, ...focus.toReversed(), texts.app.name].join(" · ");
  }, [focus, isSimulated]);
}
