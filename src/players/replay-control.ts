import type { Dispose } from "#base/disposer.ts";
import type { Result } from "#base/result.ts";
import type { Millis } from "#base/time.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";

import type { Stretch } from "./recording/recording-source.ts";

export { replaySpeeds } from "#protocol/recording/replay-speeds.ts";

/** Goes to the past of the source, and back. Moments are milliseconds since 1970, in the source's time. */
export interface ReplayControl {
  /** Shows a moment; the nearest that is recorded where there is none. It plays on from there unless it is paused. */
  seek(at: Millis, how?: ReplayStart): void;
  /** Shows a moment and stands there until the next `seek`: somebody is dragging. */
  scrub(at: Millis): void;
  setSpeed(speed: number): void;
  /** Pauses, and goes to the next frame or to the one before. */
  step(direction: 1 | -1): void;
  /** Plays a stretch again and again; undefined: no longer. */
  setLoop(loop: Stretch | undefined): void;
  /** Frames before a moment of what is shown, back to `from`: as far as they are at hand without a hole, ascending. */
  framesBefore?(at: Millis, from: Millis): readonly TrafficSnapshot[];
  /**
   * Fetches the last frame that was recorded at or before a moment; what is shown stays. Answers once, unless disposed before; the error is a sentence for people.
   */
  frameAt(at: Millis, answer: (frame: Result<TrafficSnapshot, string>) => void): Dispose;
  /** Leaves the past. */
  goLive(): void;
}

/** What is otherwise as it was. */
export interface ReplayStart {
  readonly isPaused?: boolean;
  readonly speed?: number;
}

/** How a replay is. */
export interface ReplayProgress {
  /** Data time when this was told. */
  readonly at: Millis;
  readonly speed: number;
  readonly isPaused: boolean;
  /** What is to be shown has not come yet; the picture is of another moment. */
  readonly isLoading: boolean;
  readonly loop: Stretch | undefined;
  /** The newest moment that has been recorded. */
  readonly end: Millis;
  /** Nothing was recorded around `at`: since the frame that is shown, until the next one, where that is known. */
  readonly gap: ReplayGap | undefined;
  /** Why nothing comes, in a sentence. */
  readonly fault: string | undefined;
}

export interface ReplayGap {
  readonly from: Millis;
  readonly to: Millis | undefined;
}
