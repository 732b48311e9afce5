import type { Millis } from "#base/time.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";

import { framesKeptMs } from "./player.ts";

/** The frames around data time, oldest first. Lists that were handed out stay as they are. */
export class FrameWindow {
  #frames: readonly TrafficSnapshot[] = [];

  get frames(): readonly TrafficSnapshot[] {
    return this.#frames;
  }

  /** Adds the newest frame, and lets go of what was over `framesKeptMs` before data time. */
  add(frame: TrafficSnapshot, dataTime: Millis): void {
    const oldest = dataTime - framesKeptMs;
    // The last frame before that moment still says what held at it.
    const first = Math.max(
      0,
      this.#frames.findLastIndex(({ at }) => at <= oldest),
    );
    this.#frames = [...this.#frames.slice(first), frame];
  }

  /** The newest frame that data time has reached; before any, the oldest there is: it is all that is known. */
  current(dataTime: Millis): TrafficSnapshot | undefined {
    return this.#frames.findLast(({ at }) => at <= dataTime) ?? this.#frames[0];
  }

  /** The first frame that data time has not reached. */
  next(dataTime: Millis): TrafficSnapshot | undefined {
    return this.#frames.find(({ at }) => at > dataTime);
  }

  clear(): void {
    this.#frames = [];
  }
}
