import { dataTimeAt, frozenAt, motionTimeAt, type TimeMap } from "#base/time-map.ts";
import type { Millis } from "#base/time.ts";

/** Data time runs at most this much faster or slower than the wall's: too little to be seen. */
const greatestSlew = 0.03;
/** A difference is made good over this time. */
const slewOverMs = 10_000;

const samplesKept = 32;
/** Frames that come later than those before are stragglers, or sent again after a hole; when nothing else came for so many intervals, that is the delay now. */
const intervalsUntilBelieved = 8;
/** More jitter than so many intervals is not waited for: data time then stands still now and then. */
const greatestJitterIntervals = 2;
/** Further behind than so many intervals, data time does not slew: it goes there. Less is needed where it stood still, so that nothing that moves jumps. */
const greatestLagIntervals = 3;
const greatestLagStanding = 0.5;

/**
 * Data time of a live feed: one interval and the jitter seen so far behind the newest frame, so that the next frame is there before it is needed.
 * It never runs backwards, and stops one interval after the newest frame.
 */
export class LiveClock {
  readonly #intervalMs: number;
  /** How long after its moment each of the last frames arrived; the two clocks' difference is in it. */
  #delays: number[] = [];
  /** What the first frame suggests, until one comes that was sent the moment it was made. */
  #firstDelay = 0;
  #stragglersSince: Millis | undefined;
  #map: TimeMap | undefined;
  #newestAt: Millis = -Infinity;

  constructor(intervalMs: number) {
    this.#intervalMs = intervalMs;
  }

  /** The map from now on; before the first frame, one that stands at `wall`. */
  mapAt(wall: Millis): TimeMap {
    return this.#map ?? frozenAt(wall, wall);
  }

  /** A frame of the moment `at` has arrived; `isPrompt` when it was sent as soon as it was made, not because somebody asked for it. */
  frame(at: Millis, wall: Millis, isPrompt: boolean): void {
    if (isPrompt) this.#learn(wall - at, wall);
    else if (this.#map === undefined) this.#firstDelay = wall - at;
    this.#newestAt = Math.max(this.#newestAt, at);
    const holdAt = this.#newestAt + this.#intervalMs;
    const before = this.#map;
    const target = Math.min(holdAt, this.#target(wall));
    const dataAt = before === undefined ? target : dataTimeAt(before, wall);
    const greatestLag = dataAt === before?.holdAt ? greatestLagStanding : greatestLagIntervals;
    if (before === undefined || target - dataAt > greatestLag * this.#intervalMs) {
      this.#map = { wallAt: wall, dataAt: target, motionAt: target, speed: 1, holdAt };
      return;
    }
    const slew = Math.max(-greatestSlew, Math.min(greatestSlew, (target - dataAt) / slewOverMs));
    this.#map = { wallAt: wall, dataAt, motionAt: motionTimeAt(before, wall), speed: 1 + slew, holdAt };
  }

  /** The wall moment at which data time reaches `at`, or undefined when it stops before. */
  wallOf(at: Millis): Millis | undefined {
    const map = this.#map;
    if (map === undefined || at > map.holdAt) return undefined;
    return map.wallAt + Math.max(0, at - map.dataAt) / map.speed;
  }

  /** Jumps to where data time would be if nobody had interfered. */
  catchUp(wall: Millis): void {
    if (this.#map === undefined) return;
    const { holdAt } = this.#map;
    const dataAt = Math.min(holdAt, this.#target(wall));
    this.#map = { wallAt: wall, dataAt, motionAt: dataAt, speed: 1, holdAt };
  }

  #target(wall: Millis): Millis {
    const least = this.#leastDelay();
    const jitter = (this.#usualDelay() ?? least) - least;
    return wall - least - this.#intervalMs - Math.min(jitter, greatestJitterIntervals * this.#intervalMs);
  }

  /** What nine of ten frames keep. The few that are later than that are not worth to wait for with every frame. */
  #usualDelay(): number | undefined {
    return this.#delays.toSorted((a, b) => a - b)[Math.floor(0.9 * (this.#delays.length - 1))];
  }

  #leastDelay(): number {
    return this.#delays.length === 0 ? this.#firstDelay : Math.min(...this.#delays);
  }

  #learn(delay: number, wall: Millis): void {
    const later = delay - this.#leastDelay();
    const isStraggler = this.#delays.length > 0 && later > greatestJitterIntervals * this.#intervalMs;
    this.#stragglersSince = isStraggler ? (this.#stragglersSince ?? wall) : undefined;
    if (isStraggler) {
      if (wall - (this.#stragglersSince ?? wall) < intervalsUntilBelieved * this.#intervalMs) return;
      this.#stragglersSince = undefined;
    }
    // Sooner than ever by this much, or late for good: what was learnt before is of another time.
    const isAnotherTime = Math.abs(later) > greatestJitterIntervals * this.#intervalMs;
    this.#delays = isAnotherTime ? [delay] : [...this.#delays, delay].slice(-samplesKept);
  }
}
