import { useEffect } from "react";

import { selectFocus } from "#store/selectors.ts";
import { texts } from "#store/texts.ts";

import { useAppState } from "../app-context.ts";

/** The tab is called like the place, the nearest first: tabs are narrow. */
export function useDocumentTitle(): void {
  const focus = useAppState(selectFocus);
  useEffect(() => {
    document.title = [...focus.toReversed(), texts.app.name].join(" · ");
  }, [focus]);
}
