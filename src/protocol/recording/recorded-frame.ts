import type { Millis } from "#base/time.ts";
import type { SnapshotDelta } from "#domain/delta.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";

/** Number of a frame within an epoch: 1, 2, 3 ... */
export type Seq = number;

/** One frame of a feed: everything (a keyframe), or what changed since the frame before. */
export type Frame = (
  | { readonly kind: "key"; readonly snapshot: TrafficSnapshot }
  | { readonly kind: "delta"; readonly delta: SnapshotDelta }
) & {
  /**
   * How many frames were broadcast but could not be stored since the last one that was: their numbers are skipped, so that the hole shows.
   * Only a keyframe may follow a hole.
   */
  readonly lost?: number;
};

export interface Stored {
  readonly seq: Seq;
  readonly frame: Frame;
}

export function frameTime(frame: Frame): Millis {
  return frame.kind === "key" ? frame.snapshot.at : frame.delta.at;
}
