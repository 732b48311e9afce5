import type { Millis } from "#base/time.ts";
import type { AppState } from "#store/app-state.ts";
import { texts } from "#store/texts.ts";

import { useAppState } from "../app-context.ts";
import { formatMoment, isOtherDay } from "../timeline/time-format.ts";

const selectUtc = ({ settings }: AppState) => settings.utc;
const selectNewest = ({ replay }: AppState) => replay.range?.to;

/** Moments as people read them: with the day where it is not that of the newest frame, with the zone where it is not this machine's. */
export function useMomentText(): (at: Millis) => string {
  const utc = useAppState(selectUtc);
  const newest = useAppState(selectNewest);
  return (at) => {
    const time = formatMoment(at, { utc, date: newest === undefined || isOtherDay(at, newest, utc) });
    return utc ? `${time} ${texts.replay.utc}` : time;
  };
}
