import type { Millis } from "#base/time.ts";
import type { FrameSummary } from "#protocol/recording/frame-summary.ts";
import type { Frame, Seq, Stored } from "#protocol/recording/recorded-frame.ts";

export interface LogHead {
  /** Names this history: two numbers are comparable only within one epoch. */
  readonly epoch: string;
  /** First frame that can still be read; `newest + 1` while the log is empty. Always a keyframe. */
  readonly oldest: Seq;
  /** 0 while the log is empty. */
  readonly newest: Seq;
}

/**
 * The history of one feed. Frames come in ascending order of time. One writer; readers at any time. Whatever a driver keeps, it forgets from the
 * old end and in whole groups: a keyframe with the deltas that follow it.
 */
export interface FeedLog {
  /**
   * Stores a frame; resolves when it is as durable as the driver can make it. `id` names the frame for ever: appending one with the id of a
   * stored frame stores nothing and gives that frame's number. Calls may overlap; the frames keep the order of the calls.
   * `summary` is what timelines will show of it, in logs that keep one.
   * @throws when it cannot be stored; the log then is as it was before.
   */
  append(frame: Frame, id: string, summary?: FrameSummary): Promise<Seq>;
  /** Frames from number `from` on (or from the oldest, when that is later), then every new one as it comes; ends when the log is closed. */
  tail(from: Seq): AsyncIterable<Stored>;
  /** The newest keyframe that is not later than `t`. */
  keyframeBefore(t: Millis): Promise<Stored | undefined>;
  /** The stored frames with `from <= time <= to`; the first need not be a keyframe. */
  range(from: Millis, to: Millis): AsyncIterable<Stored>;
  head(): LogHead;
  /** Ends every tail; nothing can be appended afterwards. */
  close(): Promise<void>;
}

/** A keyframe at least every so many frames: measured, 10 ms at most to rebuild any moment of the sample graph, at 5 % more bytes than 300. */
export const framesPerGroup = 60;
