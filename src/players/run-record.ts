import type { Millis } from "#base/time.ts";
import type { DrillEvent, LoadHistory } from "#simulation/session/drill-session.ts";

import { drillFrameMs } from "./drill-control.ts";
import { LoadLog } from "./load-log.ts";
import { framesKeptMs } from "./player.ts";
import type { RunFrame, RunOpening, RunStretch } from "./simulation-service.ts";

/** Twice as much as a picture needs, so that a few steps back find all that theirs needs. */
const keptBehindMs = 2 * framesKeptMs;

/** From which moment on frames are needed for the picture of this one. */
export function framesFrom(elapsedMs: Millis): Millis {
  // One more: the last frame before still says what held.
  return elapsedMs - framesKeptMs - drillFrameMs;
}

/** What is known of a run: its log from the beginning, and the frames around the moment that is shown. */
export class RunRecord {
  readonly opening: RunOpening;
  /** Up to here it has run. */
  elapsedMs: Millis;
  #frames: readonly RunFrame[] = [];
  readonly #events: DrillEvent[] = [];
  readonly #loads: LoadLog;
  #shownEvents: readonly DrillEvent[] = [];

  constructor(opening: RunOpening) {
    this.opening = opening;
    this.elapsedMs = opening.startMs;
    this.#loads = new LoadLog(opening.regions);
  }

  add({ elapsedMs, frames, events, loads }: RunStretch): void {
    this.elapsedMs = elapsedMs;
    this.#events.push(...events);
    this.#loads.add(loads);
    if (frames.length > 0) this.#frames = [...this.#frames, ...frames];
  }

  get newest(): RunFrame | undefined {
    return this.#frames.at(-1);
  }

  /** The frame of that moment, or the last before it. */
  frameAt(elapsedMs: Millis): RunFrame | undefined {
    return this.#frames.findLast((frame) => frame.elapsedMs <= elapsedMs);
  }

  /** Whether the picture of a moment can be made of what is here: its frame, and those whose dots are under way in it. */
  covers(elapsedMs: Millis): boolean {
    const first = this.#frames[0];
    if (first === undefined || this.frameAt(elapsedMs) === undefined || elapsedMs > this.elapsedMs)
      return false;
    return first.elapsedMs <= Math.max(this.opening.startMs, framesFrom(elapsedMs));
  }

  /** What the picture of a moment needs, and all that is there already of what comes after it. */
  framesFor(elapsedMs: Millis): readonly RunFrame[] {
    const from = framesFrom(elapsedMs);
    return this.#frames.filter((frame) => frame.elapsedMs >= from);
  }

  /** Lets go of frames that are far behind a moment. */
  prune(elapsedMs: Millis): void {
    const from = elapsedMs - keptBehindMs;
    const first = this.#frames[0];
    if (first !== undefined && first.elapsedMs < from) {
      this.#frames = this.#frames.filter((frame) => frame.elapsedMs >= from);
    }
  }

  /** Makes room for frames from a later moment on, if there is a hole between. */
  skipTo(fromMs: Millis): void {
    if (fromMs > this.elapsedMs) this.#frames = [];
  }

  eventsUpTo(elapsedMs: Millis): readonly DrillEvent[] {
    let count = this.#shownEvents.length;
    while (count > 0 && (this.#events[count - 1]?.atMs ?? 0) > elapsedMs) count -= 1;
    while (count < this.#events.length && (this.#events[count]?.atMs ?? Infinity) <= elapsedMs) count += 1;
    if (count !== this.#shownEvents.length) this.#shownEvents = this.#events.slice(0, count);
    return this.#shownEvents;
  }

  loadsUpTo(elapsedMs: Millis): LoadHistory {
    return this.#loads.upTo(Math.floor((elapsedMs - this.opening.startMs) / drillFrameMs));
  }
}
