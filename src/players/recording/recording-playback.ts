import type { Dispose } from "#base/disposer.ts";
import { dataTimeAt, frozenAt, motionTimeAt, type TimeMap } from "#base/time-map.ts";
import type { Clock, Millis } from "#base/time.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";

import { framesKeptMs } from "../player.ts";
import type { ReplayGap, ReplayProgress, ReplayStart } from "../replay-control.ts";
import type { GroupReader } from "./group-reader.ts";
import { RecordedFrames } from "./recorded-frames.ts";
import type { RecordingSource, Stretch } from "./recording-source.ts";
import { staleAfterMs, withSilences } from "./show-gaps.ts";

/** What is shown is told at most this often: nobody reads faster, and at 60x sixty frames come in a second. */
const leastTellMs = 100;
/** And at least this often, so that what comes next is asked for in time. */
const mostTellMs = 1_000;

/** How far frames are told ahead of what is shown: half a second of the viewer's time, and never less than two frames. */
const aheadWallMs = 500;
const leastAheadIntervals = 2;

/** Which groups there are is known so far around what is shown, ten hours at a frame a second: a click far away need not ask. */
const aroundIntervals = 36_000;

/** Closer to the newest frame than so many intervals is where live is shown. */
const liveIntervals = 2;

export interface RecordingPlaybackOptions {
  readonly source: RecordingSource;
  readonly reader: GroupReader;
  readonly feed: string;
  readonly intervalMs: number;
  readonly isPaused: boolean;
  readonly clock: Clock;
  /** The newest moment that has been recorded. */
  readonly end: () => Millis;
  /** There is something to show, or something else. */
  readonly changed: () => void;
  /** It has come to where live is. Without it nothing is live: time stands at the end. */
  readonly caughtUp?: () => void;
}

/** A moment of a recording that can be shown. */
export interface ShownReplay {
  /** Goes up whenever what was built from earlier frames is stale: at a seek, and at a pause, which puts dots where the moment has them. */
  readonly generation: number;
  readonly frames: readonly TrafficSnapshot[];
  /** The last frame that was recorded at or before the moment. */
  readonly current: TrafficSnapshot | undefined;
  readonly timeMap: TimeMap;
}

/** Where to go as soon as it can be shown: to a moment, to the last frame at or before it, or to the first after it. */
type Target = { readonly kind: "moment" | "frame" | "next"; readonly at: Millis };

/**
 * Plays a recording. What is shown at a moment depends on the moment only, not on how one came there: the frames of the last seconds before it. While it plays,
 * those of the next moments are told too.
 */
export class RecordingPlayback {
  readonly #options: RecordingPlaybackOptions;
  readonly #frames: RecordedFrames;
  #speed = 1;
  #isPaused: boolean;
  /** Somebody is dragging. */
  #isHeld = false;
  #loop: Stretch | undefined;
  #map: TimeMap;
  #target: Target | undefined;
  #generation = 0;
  /** Frames up to here have been told since the generation began: what was told is not taken back. */
  #toldTo: Millis = -Infinity;
  #shown: ShownReplay | undefined;
  #cancelTick: Dispose = () => {};
  #isDisposed = false;

  constructor(options: RecordingPlaybackOptions) {
    const { source, reader, feed, clock, end } = options;
    this.#options = options;
    this.#isPaused = options.isPaused;
    const changed = (): void => this.#arrived();
    const aroundMs = aroundIntervals * options.intervalMs;
    this.#frames = new RecordedFrames({ source, reader, feed, aroundMs, clock, end, changed });
    this.#map = frozenAt(end(), clock.now());
  }

  /** Undefined until the first moment can be shown. */
  get shown(): ShownReplay | undefined {
    return this.#shown;
  }

  get isPaused(): boolean {
    return this.#isPaused;
  }

  get progress(): ReplayProgress {
    const at = this.#target?.at ?? this.#now();
    return {
      at,
      speed: this.#speed,
      isPaused: this.#isPaused,
      isLoading: this.#target !== undefined || this.#isWaiting(),
      loop: this.#loop,
      end: this.#options.end(),
      gap: this.#target === undefined ? this.#gapAt(at) : undefined,
      fault: this.#frames.fault,
    };
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#cancelTick();
    this.#frames.dispose();
  }

  seek(at: Millis, { isPaused = this.#isPaused, speed = this.#speed }: ReplayStart = {}): void {
    this.#isPaused = isPaused;
    this.#speed = speed;
    this.#isHeld = false;
    if (this.#loop !== undefined && (at < this.#loop.from || at > this.#loop.to)) this.#loop = undefined;
    this.#go({ kind: "moment", at });
  }

  scrub(at: Millis): void {
    this.#isHeld = true;
    this.#go({ kind: "moment", at });
  }

  pause(): void {
    if (this.#isPaused) return;
    this.#isPaused = true;
    // A whole millisecond: a moment that can be named.
    if (this.#target === undefined) this.#standAt(Math.ceil(this.#now()));
    this.#tell();
  }

  resume(): void {
    if (!this.#isPaused) return;
    this.#isPaused = false;
    if (this.#target === undefined) this.#run();
    this.#tell();
  }

  setSpeed(speed: number): void {
    if (speed === this.#speed) return;
    this.#speed = speed;
    if (this.#target === undefined) this.#run();
    this.#tell();
  }

  setLoop(loop: Stretch | undefined): void {
    this.#loop = loop;
    const at = this.#now();
    if (loop !== undefined && (at < loop.from || at >= loop.to)) this.#go({ kind: "moment", at: loop.from });
    else {
      if (this.#target === undefined) this.#run();
      this.#tell();
    }
  }

  /** Frames before a moment, back to `from`: as far as they are at hand without a hole, ascending. */
  framesBefore(at: Millis, from: Millis): readonly TrafficSnapshot[] {
    return this.#frames.before(at, from);
  }

  step(direction: 1 | -1): void {
    this.#isPaused = true;
    this.#isHeld = false;
    const at = this.#target?.at ?? this.#now();
    this.#go(direction > 0 ? { kind: "next", at } : { kind: "frame", at: at - 1 });
  }

  #go({ kind, at }: Target): void {
    this.#target = { kind, at: Math.min(at, this.#options.end()) };
    this.#cancelTick();
    if (!this.#arrive()) this.#tell();
  }

  /** Shows what was asked for, when it is at hand; otherwise sees to it that it comes. */
  #arrive(): boolean {
    const target = this.#target;
    if (target === undefined) return true;
    const { at, kind } = target;
    const needed = this.#needed(at, kind === "next" ? 1 : 0);
    this.#frames.want({ ...needed, at, to: at + 1 });
    // A source in memory has answered already, and led back here.
    if (this.#target !== target) return this.#target === undefined;
    if (!this.#frames.isKnown(needed)) return false;
    const place = this.#placeOf(kind, at);
    if (place !== at) {
      this.#target = { kind: "moment", at: place };
      return this.#arrive();
    }
    this.#target = undefined;
    this.#standAt(at);
    this.#run();
    this.#tell();
    return true;
  }

  /** The moment that a target means, where frames are known. Before the first frame there is nothing to show: that one is the nearest. */
  #placeOf(kind: Target["kind"], at: Millis): Millis {
    const last = this.#frames.lastAt(at)?.at;
    const next = this.#frames.nextAfter(at);
    if (kind === "next") return next ?? at;
    if (last === undefined || last > at) return next ?? at;
    return kind === "frame" ? last : at;
  }

  #needed(at: Millis, aheadMs = 0): Stretch {
    return { from: at - framesKeptMs, to: Math.max(at, Math.min(at + aheadMs, this.#options.end())) };
  }

  #arrived(): void {
    if (this.#isDisposed) return;
    if (this.#target === undefined) this.#goOn();
    else if (!this.#arrive()) this.#tell();
  }

  /** More is known: time that stood because there was nothing beyond goes on. */
  #goOn(): void {
    if (this.#map.speed === 0) return;
    const hasStood = this.#now() >= this.#map.holdAt;
    this.#run();
    if (hasStood || this.#frames.fault !== undefined) this.#tell();
  }

  #now(): Millis {
    return dataTimeAt(this.#map, this.#options.clock.now());
  }

  #standAt(at: Millis): void {
    this.#map = frozenAt(at, this.#options.clock.now());
    this.#generation += 1;
    this.#toldTo = at;
  }

  /** From now on at the speed that is set; dots go on from where they are. */
  #run(): void {
    if (this.#isPaused || this.#isHeld) return;
    const wall = this.#options.clock.now();
    const dataAt = dataTimeAt(this.#map, wall);
    const motionAt = motionTimeAt(this.#map, wall);
    const holdAt = Math.max(dataAt, Math.min(this.#frames.knownTo(dataAt), this.#loop?.to ?? Infinity));
    this.#map = { wallAt: wall, dataAt, motionAt, speed: this.#speed, holdAt };
  }

  get #isRunning(): boolean {
    return this.#target === undefined && !this.#isPaused && !this.#isHeld;
  }

  /** Time stands although it should run. */
  #isWaiting(): boolean {
    const { holdAt } = this.#map;
    const isThere = holdAt === this.#loop?.to || holdAt >= this.#options.end();
    return this.#isRunning && this.#now() >= holdAt && !isThere;
  }

  #gapAt(at: Millis): ReplayGap | undefined {
    const last = this.#shown?.current?.at;
    if (last === undefined || at - last <= staleAfterMs(this.#options.intervalMs)) return undefined;
    return { from: last, to: this.#frames.nextAfter(at) };
  }

  #tick(): void {
    const { intervalMs, end, caughtUp } = this.#options;
    const at = this.#now();
    if (this.#loop !== undefined && at >= this.#loop.to) {
      this.#go({ kind: "moment", at: this.#loop.from });
      return;
    }
    if (caughtUp !== undefined && at >= end() - liveIntervals * intervalMs) {
      caughtUp();
      return;
    }
    if (at >= end()) {
      this.#isPaused = true;
      this.#go({ kind: "moment", at: end() });
      return;
    }
    this.#run();
    this.#tell();
  }

  /** Tells what is shown now, asks for what comes, and comes back when there is something else to tell. */
  #tell(): void {
    if (this.#isDisposed) return;
    this.#cancelTick();
    if (this.#target === undefined) {
      const at = this.#now();
      this.#shown = this.#show(at);
      if (this.#isRunning) {
        this.#cancelTick = this.#options.clock.after(this.#tellInMs(at), () => this.#tick());
      }
    }
    this.#options.changed();
  }

  #show(at: Millis): ShownReplay {
    const { intervalMs } = this.#options;
    const ahead = Math.max(leastAheadIntervals * intervalMs, aheadWallMs * this.#speed);
    const needed = this.#needed(at);
    if (this.#isRunning) {
      this.#frames.want({ ...needed, at, to: at + 2 * ahead });
      this.#toldTo = Math.max(this.#toldTo, Math.min(at + ahead, this.#frames.knownTo(at)));
    }
    const to = Math.max(at, this.#toldTo);
    const frames = this.#frames.frames({ from: needed.from, to });
    const current = frames.findLast((frame) => frame.at <= at);
    return {
      generation: this.#generation,
      frames: withSilences(frames, to, intervalMs),
      current,
      timeMap: this.#map,
    };
  }

  #tellInMs(at: Millis): number {
    const stale = (this.#shown?.current?.at ?? at) + staleAfterMs(this.#options.intervalMs);
    const next = Math.min(
      this.#frames.nextAfter(at) ?? Infinity,
      this.#loop?.to ?? Infinity,
      stale > at ? stale + 1 : Infinity,
    );
    return Math.max(leastTellMs, Math.min(mostTellMs, (next - at) / this.#speed));
  }
}
