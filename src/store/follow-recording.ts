import type { Dispose } from "#base/disposer.ts";
import type { Millis } from "#base/time.ts";
import type { RecordingOverview, Stretch } from "#players/recording/recording-source.ts";
import type { SummaryRow } from "#protocol/recording/frame-summary.ts";

import { patch, type AppCore } from "./app-core.ts";
import type { AppState } from "./app-state.ts";
import { extendOverview, passOverview, rowOf } from "./extend-overview.ts";
import { noReplay, timelineStretch } from "./replay-state.ts";

/** As many as a wide screen has room for, for a stretch of twice what is shown. */
const binsAsked = 1_200;
/** A timeline that has grown to so many is asked for afresh, in wider bins. */
const binsAtMost = 3_000;

/** Between two questions: while somebody zooms, while the past grows unseen, and after a failure. */
const zoomGapMs = 250;
const tailGapMs = 5_000;

/** Keeps what a timeline draws up to date while there is one on screen: fetched once, then extended by each live frame. */
export function followRecording(core: AppCore): Dispose {
  const { store, clock } = core;
  let feed: string | undefined;
  let file: number | undefined;
  let generation = -1;
  let askedAt: Millis = -Infinity;
  let cancelAsk: Dispose | undefined;
  let cancelLater: Dispose | undefined;
  let last: SummaryRow | undefined;
  /** Where the server could not record last, as far as this page has seen it: from the first such frame up to the first that was kept again. */
  let lost: Stretch | undefined;

  function follow(state: AppState): void {
    const name = state.feed.source?.feed;
    if (!state.replay.isWatched || name === undefined) return;
    // A file may be of the same feed, and is another past.
    const id = state.feed.source?.file?.id;
    if (name !== feed || id !== file) {
      feed = name;
      lost = undefined;
      file = id;
      cancelLater?.();
      cancelLater = undefined;
      askedAt = -Infinity;
      cancelAsk?.();
      cancelAsk = undefined;
      const { isWatched, progress } = state.replay;
      patch(core, "replay", { ...noReplay, isWatched, progress });
    }
    extend(store.getState());
    const waitMs = waitFor(store.getState());
    if (waitMs === undefined || cancelAsk !== undefined || state.screen.isHidden) return;
    cancelLater?.();
    cancelLater = undefined;
    const inMs = askedAt + waitMs - clock.now();
    if (inMs <= 0) ask(name);
    else cancelLater = clock.after(inMs, () => ask(name));
  }

  function ask(name: string): void {
    cancelLater?.();
    cancelLater = undefined;
    askedAt = clock.now();
    const { replay } = store.getState();
    const shown = timelineStretch(replay);
    let isAnswered = false;
    const cancel = core.recording.overview(
      name,
      { bins: binsAsked, ...(shown === undefined ? {} : { stretch: around(shown) }) },
      (answer) => {
        isAnswered = true;
        cancelAsk = undefined;
        if (answer.ok) {
          const { range, stretch } = answer.value;
          // What lies beyond the newest frame is not known to be empty.
          const to = Math.min(stretch.to, range?.to ?? stretch.to);
          const overview = { ...answer.value, stretch: { ...stretch, to } };
          patch(core, "replay", { recording: { kind: "known" }, overview, range });
        } else {
          const { kind, message } = answer.error;
          patch(core, "replay", { recording: { kind: kind === "none" ? kind : "failed", message } });
        }
      },
    );
    if (!isAnswered) cancelAsk = cancel;
  }

  /** Takes over the frame that is shown, when it is live. */
  function extend({ feed: shown, replay }: AppState): void {
    const { phase, current, volumes, generation: now, source } = shown;
    // What the source plays of a recording is in it already.
    const isLive = (phase.kind === "live" || phase.kind === "stale") && source?.past === undefined;
    if (!isLive || current === undefined || volumes === undefined || replay.overview === undefined) {
      if (!isLive) last = undefined;
      return;
    }
    if (now !== generation) last = undefined;
    generation = now;
    if (last?.[0] === current.at) return;
    const row = rowOf(current, volumes);
    if (source?.unrecordedSince !== undefined) lost = { from: source.unrecordedSince, to: Infinity };
    // What is shown is a little older than what has come: the newest frame is the first that was kept again.
    else if (lost?.to === Infinity) lost = { ...lost, to: shown.frames.at(-1)?.at ?? current.at };
    const isLost = lost !== undefined && current.at >= lost.from && current.at < lost.to;
    const overview = isLost
      ? passOverview(replay.overview, current.at)
      : extendOverview(replay.overview, row, last);
    last = row;
    const { range } = replay;
    const from = range?.from ?? current.at;
    const to = Math.max(range?.to ?? -Infinity, current.at);
    patch(core, "replay", {
      overview,
      range: from === range?.from && to === range.to ? range : { from, to },
    });
  }

  const stop = store.subscribe((state, before) => {
    if (state.feed !== before.feed || state.replay !== before.replay) follow(state);
    else if (state.screen.isHidden !== before.screen.isHidden) follow(state);
  });
  return () => {
    stop();
    cancelAsk?.();
    cancelLater?.();
  };
}

/** How long to wait between the last question and the next; undefined: there is nothing to ask. */
function waitFor({ replay }: AppState): number | undefined {
  const { overview, recording } = replay;
  if (recording.kind === "none") return undefined;
  if (recording.kind === "failed") return tailGapMs;
  const shown = timelineStretch(replay);
  if (overview === undefined || shown === undefined) return recording.kind === "unknown" ? 0 : tailGapMs;
  if (isTooCoarse(overview, shown) || overview.bins.length > binsAtMost) return zoomGapMs;
  if (shown.from < overview.stretch.from && overview.stretch.from > (replay.range?.from ?? -Infinity))
    return zoomGapMs;
  const newest = Math.min(shown.to, replay.range?.to ?? shown.to);
  const lateBy = newest - overview.stretch.to;
  return lateBy > Math.max(tailGapMs, (shown.to - shown.from) / 100) ? tailGapMs : undefined;
}

/** Bins are wider than they need to be, and narrower ones may exist. */
function isTooCoarse({ stretch, stepMs }: RecordingOverview, shown: Stretch): boolean {
  const wanted = (2 * (shown.to - shown.from)) / binsAsked;
  return stepMs > 1.6 * wanted && stretch.to - stretch.from > 1.6 * 2 * (shown.to - shown.from);
}

/** What is shown, and half as much on either side. */
function around({ from, to }: Stretch): Stretch {
  const more = (to - from) / 2;
  return { from: Math.floor(from - more), to: Math.ceil(to + more) };
}
