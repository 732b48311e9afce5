import type { Dispose } from "#base/disposer.ts";
import type { Millis } from "#base/time.ts";

/** What the frame loop needs of the thread that it runs on. */
export interface FrameTiming {
  /** Wall time, comparable between the page and its workers. */
  readonly now: () => Millis;
  /** Calls back at the next frame of the screen. */
  readonly nextFrame: (callback: () => void) => Dispose;
}

/** The timing of this thread; the only place that asks for frames. */
export const threadTiming: FrameTiming = {
  now: () => performance.timeOrigin + performance.now(),
  nextFrame: (callback) => {
    // Workers of some browsers have no animation frames.
    if (typeof requestAnimationFrame !== "function") {
      const timer = setTimeout(callback, 16);
      return () => clearTimeout(timer);
    }
    const handle = requestAnimationFrame(callback);
    return () => cancelAnimationFrame(handle);
  },
};

/**
 * Calls `draw` once per frame of the screen for as long as it answers true, then sleeps until somebody calls `wake`. `leastGapMs` keeps frames apart where a
 * lower rate is wanted.
 */
export class FrameLoop {
  readonly #timing: FrameTiming;
  readonly #draw: (wall: Millis) => boolean;
  #cancel: Dispose | undefined;
  #lastAt = -Infinity;
  leastGapMs = 0;

  constructor(timing: FrameTiming, draw: (wall: Millis) => boolean) {
    this.#timing = timing;
    this.#draw = draw;
  }

  wake(): void {
    this.#cancel ??= this.#timing.nextFrame(this.#tick);
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  readonly #tick = (): void => {
    this.#cancel = undefined;
    const wall = this.#timing.now();
    // Half a frame of tolerance: a gap of 33 ms must not become three frames of 60 Hz.
    if (wall - this.#lastAt < this.leastGapMs - 8) {
      this.wake();
      return;
    }
    this.#lastAt = wall;
    if (this.#draw(wall)) this.wake();
  };
}
