import type { Millis } from "#base/time.ts";
import type { AppState } from "#store/app-state.ts";
import { selectClockOffset } from "#store/selectors.ts";

import { useAppState } from "./app-context.ts";
import { useNow } from "./use-now.ts";

const selectAt = (state: AppState): Millis | undefined => state.feed.current?.at;

/** How old the numbers on screen are, told by the source's clock; undefined before there are any. */
export function useDataAge(): number | undefined {
  const at = useAppState(selectAt);
  const offset = useAppState(selectClockOffset);
  const now = useNow();
  return at === undefined ? undefined : Math.max(0, now + offset - at);
}
