import { Disposer, type Dispose } from "#base/disposer.ts";
import type { Clock, Millis } from "#base/time.ts";
import { FrameLoop, threadTiming } from "#renderer/frame-loop.ts";
import type { App } from "#store/app.ts";
import type { AppState } from "#store/app-state.ts";
import { momentShown } from "#store/replay-actions.ts";
import { texts } from "#store/texts.ts";
import { timelineStretch } from "#store/replay-state.ts";
import { timelineMarks, type TimelineMark } from "#store/timeline-marks.ts";

import { drawTimeline, markAt, momentAt, xOf, type TimelineColors } from "./draw-timeline.ts";
import { momentText } from "./moment-text.ts";
import { listenToTrack, type Drag } from "./track-input.ts";

type Stretch = NonNullable<AppState["replay"]["range"]>;

/** A picture of the past is asked for at most this often while somebody drags: as many as can be looked at. */
const scrubGapMs = 60;

/** Screen readers are not told more often. */
const toldGapMs = 400;

/** What of the track moves: elements, so that nothing is painted for it. */
export interface TrackElements {
  /** Carries the keyboard and the slider's role. */
  readonly track: HTMLElement;
  readonly canvas: HTMLCanvasElement;
  readonly cursor: HTMLElement;
  readonly hover: HTMLElement;
  readonly selection: HTMLElement;
  /** Says the moment that is shown. */
  readonly time: HTMLElement;
}

/** Keeps a track painted and its cursor where time is, from when it is opened until it is closed. React has no part in it. */
export class TimelineSession {
  readonly #app: App;
  readonly #clock: Clock;
  readonly #elements: TrackElements;
  readonly #disposer = new Disposer();
  readonly #loop: FrameLoop;
  #isStale = true;
  #width = 0;
  #height = 0;
  #drag: Drag | undefined;
  /** What is shown while somebody drags stays put. */
  #held: Stretch | undefined;
  #scrubbedAt: Millis = -Infinity;
  #scrubbed: Millis | undefined;
  #toldAt: Millis = -Infinity;
  #told = "";
  #cancelTelling: Dispose | undefined;

  constructor(app: App, clock: Clock, elements: TrackElements) {
    this.#app = app;
    this.#clock = clock;
    this.#elements = elements;
    this.#loop = new FrameLoop(threadTiming, () => this.#frame());
    this.#disposer.add(() => this.#loop.stop());
    this.#disposer.add(() => this.#cancelTelling?.());
    const sizes = new ResizeObserver(() => this.#measure());
    sizes.observe(elements.track);
    this.#disposer.add(() => sizes.disconnect());
    this.#disposer.add(app.store.subscribe((state, before) => this.#changed(state, before)));
    this.#disposer.add(
      listenToTrack(elements.track, {
        app,
        clock,
        stretch: () => this.#stretch(),
        width: () => this.#width,
        dragged: (drag) => this.#dragged(drag),
        hovered: (x) => this.#hovered(x),
      }),
    );
    this.#measure();
  }

  readonly dispose = (): void => this.#disposer.dispose();

  #stretch(): Stretch | undefined {
    return this.#held ?? timelineStretch(this.#app.store.getState().replay);
  }

  #measure(): void {
    const { track, canvas } = this.#elements;
    const ratio = window.devicePixelRatio;
    this.#width = track.clientWidth;
    this.#height = track.clientHeight;
    canvas.width = Math.round(this.#width * ratio);
    canvas.height = Math.round(this.#height * ratio);
    this.#isStale = true;
    this.#loop.wake();
  }

  #changed(state: AppState, before: AppState): void {
    const isOther =
      state.replay.overview !== before.replay.overview ||
      state.replay.bookmarks !== before.replay.bookmarks ||
      state.replay.range !== before.replay.range ||
      state.replay.zoom !== before.replay.zoom ||
      state.replay.progress?.loop !== before.replay.progress?.loop ||
      state.settings !== before.settings ||
      state.screen.prefers !== before.screen.prefers;
    if (isOther) this.#isStale = true;
    if (isOther || state.feed !== before.feed || state.replay !== before.replay) this.#loop.wake();
  }

  #dragged(drag: Drag | undefined): void {
    if (drag === undefined) this.#held = undefined;
    else this.#held ??= this.#stretch();
    this.#drag = drag;
    this.#scrubbed = undefined;
    this.#loop.wake();
  }

  /** Answers whether the next frame of the screen is needed too. */
  #frame(): boolean {
    const state = this.#app.store.getState();
    const stretch = this.#stretch();
    if (stretch === undefined || this.#width === 0) return false;
    if (this.#isStale) {
      this.#isStale = false;
      this.#paint(state, stretch);
    }
    const isWaiting = this.#scrub();
    this.#showSelection(stretch);
    const at = this.#drag?.kind === "scrub" ? this.#drag.at : momentShown(state, this.#clock.now());
    if (at !== undefined) this.#showCursor(state, at, stretch);
    const { progress } = state.replay;
    return isWaiting || (progress !== undefined && !progress.isPaused && !state.screen.isHidden);
  }

  #paint(state: AppState, stretch: Stretch): void {
    const { overview, range, progress } = state.replay;
    const pen = this.#elements.canvas.getContext("2d");
    if (overview === undefined || range === undefined || pen === null) return;
    const ratio = window.devicePixelRatio;
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    const style = getComputedStyle(this.#elements.track);
    drawTimeline(pen, {
      width: this.#width,
      height: this.#height,
      stretch,
      range,
      overview,
      marks: timelineMarks(state.replay),
      intervalMs: state.feed.source?.intervalMs ?? 1000,
      loop: progress?.loop,
      utc: state.settings.utc,
      font: `10px ${style.fontFamily}`,
      colors: readColors(style),
    });
  }

  /** Goes where somebody drags to, as often as can be looked at; true while there is somewhere to go yet. */
  #scrub(): boolean {
    if (this.#drag?.kind !== "scrub") return false;
    const { at } = this.#drag;
    if (at === this.#scrubbed) return false;
    const now = this.#clock.now();
    if (now - this.#scrubbedAt < scrubGapMs) return true;
    this.#scrubbedAt = now;
    this.#scrubbed = at;
    this.#app.actions.scrubReplay(at);
    return false;
  }

  #showCursor(state: AppState, at: Millis, stretch: Stretch): void {
    const { cursor, time, track } = this.#elements;
    const x = xOf(at, stretch, this.#width);
    const isInside = x >= 0 && x <= this.#width + 1;
    cursor.style.transform = `translateX(${x.toFixed(1)}px)`;
    cursor.hidden = !isInside;
    if (!isInside && this.#drag === undefined && state.replay.progress?.isPaused === false) {
      this.#app.actions.panTimeline(at - (stretch.from + stretch.to) / 2);
    }
    const text = momentText(state, at);
    time.textContent = text.time;
    const now = this.#clock.now();
    const told = `${text.said} ${Math.round(at)}`;
    if (told === this.#told) return;
    const tooEarlyMs = toldGapMs - (now - this.#toldAt);
    if (tooEarlyMs > 0) {
      this.#tellLater(tooEarlyMs);
      return;
    }
    this.#told = told;
    this.#toldAt = now;
    track.setAttribute("aria-valuetext", text.said);
    track.setAttribute("aria-valuenow", String(Math.round(at)));
    track.setAttribute("aria-valuemin", String(Math.floor(state.replay.range?.from ?? at)));
    track.setAttribute("aria-valuemax", String(Math.ceil(state.replay.range?.to ?? at)));
  }

  /** Time may stand from now on, and then no frame comes that would tell it. */
  #tellLater(ms: number): void {
    this.#cancelTelling ??= this.#clock.after(ms, () => {
      this.#cancelTelling = undefined;
      this.#loop.wake();
    });
  }

  #showSelection(stretch: Stretch): void {
    const { selection } = this.#elements;
    const drag = this.#drag;
    selection.hidden = drag?.kind !== "select";
    if (drag?.kind !== "select") return;
    const from = xOf(Math.min(drag.from, drag.at), stretch, this.#width);
    const to = xOf(Math.max(drag.from, drag.at), stretch, this.#width);
    selection.style.transform = `translateX(${from.toFixed(1)}px)`;
    selection.style.width = `${(to - from).toFixed(1)}px`;
  }

  #hovered(x: number | undefined): void {
    const { hover } = this.#elements;
    const stretch = this.#stretch();
    hover.hidden = x === undefined || stretch === undefined;
    if (x === undefined || stretch === undefined) return;
    const state = this.#app.store.getState();
    const mark = markAt(timelineMarks(state.replay), x, stretch, this.#width);
    const { hint } = momentText(state, mark?.at ?? momentAt(x, stretch, this.#width));
    hover.textContent = mark === undefined ? hint : `${markText(mark)} · ${hint}`;
    const half = hover.offsetWidth / 2;
    const held = Math.max(half, Math.min(this.#width - half, x));
    hover.style.transform = `translateX(${(held - half).toFixed(1)}px)`;
  }
}

/** What a mark stands for; the words of a bookmark's author where there are any. */
function markText({ kind, note = "" }: TimelineMark): string {
  const text = texts.replay.marks[kind];
  return note === "" ? text : `${text}: ${note}`;
}

function readColors(style: CSSStyleDeclaration): TimelineColors {
  const token = (name: string) => style.getPropertyValue(name).trim();
  return {
    ground: token("--ground"),
    line: token("--line-strong"),
    text: token("--text-dim"),
    normal: token("--picture-normal"),
    warning: token("--warning"),
    danger: token("--danger"),
    accent: token("--accent"),
    drill: token("--picture-extra-2"),
  };
}
