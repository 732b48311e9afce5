import type { Dispose } from "#base/disposer.ts";
import { dataTimeAt } from "#base/time-map.ts";
import type { Millis } from "#base/time.ts";
import type { Stretch } from "#players/recording/recording-source.ts";
import { replaySpeeds } from "#players/replay-control.ts";

import type { Actions } from "./app.ts";
import { patch, type AppCore } from "./app-core.ts";
import type { AppState } from "./app-state.ts";
import { timelineSpans, timelineStretch } from "./replay-state.ts";
import { texts } from "./texts.ts";
import { mergeMarks, timelineMarks, type TimelineMark } from "./timeline-marks.ts";

type ReplayActions = Pick<
  Actions,
  | "seekReplay"
  | "scrubReplay"
  | "stepReplay"
  | "setReplaySpeed"
  | "loopReplay"
  | "jumpToMark"
  | "zoomTimeline"
  | "panTimeline"
  | "showAllOfTimeline"
  | "watchTimeline"
>;

/** Something that has just been passed is not "the previous one" again: as much of the viewer's time is left to press once more. */
const passedMs = 1_500;

/** A recording is asked for all its marks in so many bins: nobody draws them. */
const binsForMarks = 100;

/** Where in data time the screen is at a moment of wall time. */
export function momentShown({ feed, replay }: AppState, wall: Millis): Millis | undefined {
  if (replay.progress?.isLoading === true) return replay.progress.at;
  return feed.current === undefined ? undefined : dataTimeAt(feed.timeMap, wall);
}

export function replayActions(core: AppCore, toast: Actions["toast"]): ReplayActions {
  const { store, player, clock } = core;

  function marksBefore(marks: readonly TimelineMark[], at: Millis): TimelineMark | undefined {
    const { progress } = store.getState().replay;
    const isPlaying = progress !== undefined && !progress.isPaused;
    const before = at - (isPlaying ? passedMs * progress.speed : 0);
    return marks.findLast((mark) => mark.at < before);
  }

  function nearest(marks: readonly TimelineMark[], direction: 1 | -1, at: Millis): TimelineMark | undefined {
    return direction < 0 ? marksBefore(marks, at) : marks.find((mark) => mark.at > at);
  }

  function tellNoMark(direction: 1 | -1): void {
    toast({ kind: "info", text: direction < 0 ? texts.replay.noMarkBefore : texts.replay.noMarkAfter });
  }

  const actions: ReplayActions = {
    seekReplay: (at, how) => player.replay?.seek(at, how),
    scrubReplay: (at) => player.replay?.scrub(at),
    stepReplay: (direction) => player.replay?.step(direction),
    setReplaySpeed: (wanted) => {
      const speed = replaySpeeds.reduce(
        (best, one) => (Math.abs(one - wanted) < Math.abs(best - wanted) ? one : best),
        1,
      );
      player.replay?.setSpeed(speed);
    },
    loopReplay: (loop) => {
      const { range } = store.getState().replay;
      const from = Math.max(loop?.from ?? -Infinity, range?.from ?? -Infinity);
      const to = Math.min(loop?.to ?? Infinity, range?.to ?? Infinity);
      if (loop === undefined) player.replay?.setLoop(undefined);
      else if (to > from) player.replay?.setLoop({ from, to });
    },
    jumpToMark: (direction) => {
      const state = store.getState();
      const { overview } = state.replay;
      const feed = state.feed.source?.feed;
      const at = momentShown(state, clock.now());
      if (player.replay === undefined || feed === undefined || at === undefined) return;
      const near = nearest(timelineMarks(state.replay), direction, at);
      // All bookmarks are known, of marks only those in what is drawn: beyond it one may be nearer.
      if (near !== undefined && overview !== undefined && isWithin(near.at, overview.stretch)) {
        actions.seekReplay(near.at);
        return;
      }
      core.recording.overview(feed, { bins: binsForMarks }, (answer) => {
        if (!answer.ok) {
          toast({ kind: "warning", text: answer.error.message });
          return;
        }
        const { bookmarks } = store.getState().replay;
        const mark = nearest(mergeMarks(answer.value.marks, bookmarks), direction, at);
        if (mark === undefined) tellNoMark(direction);
        else actions.seekReplay(mark.at);
      });
    },
    zoomTimeline: (factor, around) => {
      const { replay } = store.getState();
      const shown = timelineStretch(replay);
      const { range } = replay;
      if (shown === undefined || range === undefined) return;
      const before = shown.to - shown.from;
      const most = Math.max(timelineSpans.usualLeast, range.to - range.from);
      const spanMs = Math.max(timelineSpans.least, Math.min(most, before / factor));
      if (spanMs === before) return;
      const share = around === undefined ? 1 : (around - shown.from) / before;
      const to = shown.from + share * before + (1 - share) * spanMs;
      patch(core, "replay", { zoom: { spanMs, to: heldAt(to, spanMs, range.from, range.to) } });
    },
    panTimeline: (ms) => {
      const { replay } = store.getState();
      const shown = timelineStretch(replay);
      if (shown === undefined || replay.range === undefined) return;
      const spanMs = shown.to - shown.from;
      const to = heldAt(shown.to + ms, spanMs, replay.range.from, replay.range.to);
      patch(core, "replay", { zoom: { spanMs, to } });
    },
    showAllOfTimeline: () => {
      const { range } = store.getState().replay;
      if (range === undefined) return;
      const spanMs = Math.max(timelineSpans.usualLeast, range.to - range.from);
      patch(core, "replay", { zoom: { spanMs, to: undefined } });
    },
    watchTimeline: (isWatched) => patch(core, "replay", { isWatched }),
  };
  return actions;
}

function isWithin(at: Millis, { from, to }: Stretch): boolean {
  return at >= from && at <= to;
}

/** The end of what a timeline shows, kept within what is recorded; undefined where it is its newest end: there it follows. */
function heldAt(to: Millis, spanMs: number, first: Millis, newest: Millis): Millis | undefined {
  const held = Math.max(Math.min(to, newest), Math.min(newest, first + spanMs));
  return held >= newest ? undefined : held;
}

/** Says, once it is known what is recorded, that a moment which an address names is not. */
export function tellNearest({ store }: Pick<AppCore, "store">, at: Millis, toast: Actions["toast"]): Dispose {
  const stop = store.subscribe(({ replay: { range } }) => {
    if (range === undefined) return;
    stop();
    if (at < range.from || at > range.to) toast({ kind: "warning", text: texts.replay.nearest });
  });
  return stop;
}
