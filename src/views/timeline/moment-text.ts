import type { Millis } from "#base/time.ts";
import { formatRate } from "#scene/number-format.ts";
import type { AppState } from "#store/app-state.ts";
import { fill, texts } from "#store/texts.ts";

import { formatMoment, isOtherDay } from "./time-format.ts";

/** A moment in words. */
export interface MomentText {
  /** For the clock beside the track. */
  readonly time: string;
  /** For the hint under the pointer. */
  readonly hint: string;
  /** For screen readers. */
  readonly said: string;
}

/** Fewer intervals without a frame are no gap. */
const gapIntervals = 3;

export function momentText({ feed, replay, settings: { utc } }: AppState, at: Millis): MomentText {
  const intervalMs = feed.source?.intervalMs ?? 1000;
  const newest = replay.range?.to ?? at;
  const style = { utc, digits: intervalMs < 1000 ? 1 : 0, date: isOtherDay(at, newest, utc) } as const;
  const time = formatMoment(at, style);
  const bin = binAt(replay, at, intervalMs);
  const isLive = replay.progress === undefined && feed.source?.past === undefined;
  if (isLive && at >= newest - 2 * intervalMs) {
    return { time, hint: `${time} · ${texts.replay.liveNow}`, said: fill(texts.replay.valueLive, { time }) };
  }
  if (bin === undefined) {
    const said = fill(texts.replay.valueGap, { time });
    return { time, hint: `${time} · ${texts.replay.notKept}`, said };
  }
  const numbers = { time, total: formatRate(bin.total), failing: formatRate(bin.danger) };
  const rate = bin.danger > 0 ? texts.replay.rateFailing : texts.replay.rate;
  return { time, hint: `${time} · ${fill(rate, numbers)}`, said: fill(texts.replay.value, numbers) };
}

/** The bin that a moment lies in, or the last one before it that still speaks for it. */
function binAt({ overview }: AppState["replay"], at: Millis, intervalMs: number) {
  const bin = overview?.bins.findLast((one) => one.at <= at);
  if (bin === undefined || overview === undefined) return undefined;
  return at - bin.at <= Math.max(gapIntervals * intervalMs, 2 * overview.stepMs) ? bin : undefined;
}
