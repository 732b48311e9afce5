import type { Dispose } from "#base/disposer.ts";
import type { Clock, Millis } from "#base/time.ts";
import type { App } from "#store/app.ts";
import type { AppState } from "#store/app-state.ts";
import { momentShown } from "#store/replay-actions.ts";
import { timelineMarks } from "#store/timeline-marks.ts";

import { markAt, momentAt } from "./draw-timeline.ts";

type Stretch = NonNullable<AppState["replay"]["range"]>;

/** What a pointer is doing: looking for a moment, or choosing a stretch from `from` on. */
export type Drag =
  | { readonly kind: "scrub"; readonly at: Millis }
  | { readonly kind: "select"; readonly from: Millis; readonly at: Millis };

export interface TrackInput {
  readonly app: App;
  readonly clock: Clock;
  readonly stretch: () => Stretch | undefined;
  readonly width: () => number;
  /** Undefined: it has let go. */
  readonly dragged: (drag: Drag | undefined) => void;
  /** CSS pixels from the left; undefined: nowhere. */
  readonly hovered: (x: number | undefined) => void;
}

/** A pointer that has moved less than this has clicked, CSS pixels. */
const clickPx = 4;
/** Let go so close to the right end, one means now, CSS pixels. */
const livePx = 5;

const wheelZoom = 0.002;
const keyZoom = 1.5;
/** Shares of what is shown. */
const smallStep = 0.01;
const largeStep = 0.1;

/** Turns pointers, wheel and keys on a track into actions. */
export function listenToTrack(track: HTMLElement, input: TrackInput): Dispose {
  const stop = new AbortController();
  const { signal } = stop;
  const pointer = pointerOf(track, input);
  track.addEventListener("pointerdown", pointer.down, { signal });
  track.addEventListener("pointermove", pointer.move, { signal });
  track.addEventListener("pointerup", pointer.up, { signal });
  track.addEventListener("pointercancel", pointer.cancel, { signal });
  track.addEventListener("pointerleave", () => input.hovered(undefined), { signal });
  track.addEventListener("wheel", (event) => onWheel(event, track, input), { signal, passive: false });
  track.addEventListener("keydown", (event) => onKey(event, input), { signal });
  return () => stop.abort();
}

function pointerOf(track: HTMLElement, input: TrackInput) {
  const { app, stretch, width, dragged, hovered } = input;
  let drag: Drag | undefined;
  let downAt = 0;
  let hasMoved = false;
  /** It was pressed on a mark, and means that: from the first moment on, so that nothing else is fetched before. */
  let isOnMark = false;

  function momentOf(event: PointerEvent): Millis | undefined {
    const shown = stretch();
    const { range } = app.store.getState().replay;
    if (shown === undefined || range === undefined) return undefined;
    return Math.max(range.from, Math.min(range.to, momentAt(xIn(track, event), shown, width())));
  }

  function pressedMark(event: PointerEvent): Millis | undefined {
    const shown = stretch();
    if (shown === undefined || event.shiftKey) return undefined;
    return markAt(timelineMarks(app.store.getState().replay), xIn(track, event), shown, width())?.at;
  }

  function begin(at: Millis, event: PointerEvent): void {
    drag = event.shiftKey ? { kind: "select", from: at, at } : { kind: "scrub", at };
    dragged(drag);
  }

  function end(): void {
    drag = undefined;
    dragged(undefined);
  }

  return {
    down: (event: PointerEvent): void => {
      const at = momentOf(event);
      if (event.button !== 0 || at === undefined) return;
      track.setPointerCapture(event.pointerId);
      downAt = event.clientX;
      hasMoved = false;
      hovered(undefined);
      const mark = pressedMark(event);
      isOnMark = mark !== undefined;
      begin(mark ?? at, event);
    },
    move: (event: PointerEvent): void => {
      const at = momentOf(event);
      if (at === undefined) return;
      if (drag === undefined) {
        if (event.pointerType !== "touch") hovered(xIn(track, event));
        return;
      }
      hasMoved ||= Math.abs(event.clientX - downAt) >= clickPx;
      if (isOnMark && !hasMoved) return;
      isOnMark = false;
      drag = { ...drag, at };
      dragged(drag);
    },
    up: (event: PointerEvent): void => {
      if (drag === undefined) return;
      const { actions } = app;
      const shown = stretch();
      const { range } = app.store.getState().replay;
      const isAtEnd = xIn(track, event) >= width() - livePx;
      if (drag.kind === "select") {
        actions.loopReplay({ from: Math.min(drag.from, drag.at), to: Math.max(drag.from, drag.at) });
      } else if (isAtEnd && !isOnMark && shown !== undefined && range !== undefined && shown.to >= range.to) {
        actions.goLive();
      } else actions.seekReplay(drag.at);
      end();
    },
    cancel: (): void => {
      if (drag?.kind === "scrub") app.actions.seekReplay(drag.at);
      if (drag !== undefined) end();
    },
  };
}

function onWheel(event: WheelEvent, track: HTMLElement, { app, stretch, width }: TrackInput): void {
  const shown = stretch();
  if (shown === undefined) return;
  event.preventDefault();
  const isSideways = event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY);
  if (isSideways) {
    const px = event.deltaX === 0 ? event.deltaY : event.deltaX;
    app.actions.panTimeline((px / Math.max(1, width())) * (shown.to - shown.from));
  } else {
    const around = momentAt(xIn(track, event), shown, width());
    app.actions.zoomTimeline(Math.exp(-event.deltaY * wheelZoom), around);
  }
}

/** The keys of a slider, and those that zoom; all others are commands. */
function onKey(event: KeyboardEvent, { app, clock, stretch }: TrackInput): void {
  const state = app.store.getState();
  const { actions } = app;
  const shown = stretch();
  const at = momentShown(state, clock.now());
  const { range } = state.replay;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (shown === undefined || at === undefined || range === undefined) return;
  const span = shown.to - shown.from;
  const by = (share: number): void => {
    const frame = state.feed.source?.intervalMs ?? 1000;
    const ms = Math.sign(share) * Math.max(frame, Math.abs(share) * span);
    const to = Math.max(range.from, at + ms);
    if (to >= range.to) actions.goLive();
    else actions.seekReplay(to);
  };
  const keys: Readonly<Record<string, () => void>> = {
    ArrowLeft: () => (event.shiftKey ? actions.jumpToMark(-1) : by(-smallStep)),
    ArrowDown: () => by(-smallStep),
    ArrowRight: () => (event.shiftKey ? actions.jumpToMark(1) : by(smallStep)),
    ArrowUp: () => by(smallStep),
    PageDown: () => by(-largeStep),
    PageUp: () => by(largeStep),
    Home: () => actions.seekReplay(range.from),
    End: () => actions.goLive(),
    "+": () => actions.zoomTimeline(keyZoom, at),
    "=": () => actions.zoomTimeline(keyZoom, at),
    "-": () => actions.zoomTimeline(1 / keyZoom, at),
    " ": () => actions.togglePause(),
    Enter: () => actions.togglePause(),
  };
  const run = keys[event.key];
  if (run === undefined) return;
  event.preventDefault();
  run();
}

function xIn(track: HTMLElement, event: MouseEvent): number {
  return event.clientX - track.getBoundingClientRect().left;
}
