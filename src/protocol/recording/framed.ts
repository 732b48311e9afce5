import { diffSnapshots } from "#domain/delta.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";

import type { Frame, Seq } from "./recorded-frame.ts";

/** A moment of a feed: its number and what it shows. */
export interface Moment {
  readonly seq: Seq;
  readonly snapshot: TrafficSnapshot;
}

/** A frame, and what it shows. */
export interface ShownFrame extends Moment {
  readonly frame: Frame;
}

/** Moments as frames: a keyframe at first, after a hole in the numbers and every `framesPerGroup` frames, and changes in between. */
export async function* framed(
  moments: AsyncIterable<Moment>,
  framesPerGroup: number,
): AsyncGenerator<ShownFrame> {
  let before: Moment | undefined;
  let inGroup = 0;
  for await (const { seq, snapshot } of moments) {
    const isKey = before === undefined || seq !== before.seq + 1 || inGroup >= framesPerGroup;
    inGroup = isKey ? 1 : inGroup + 1;
    yield before === undefined || isKey
      ? { seq, snapshot, frame: { kind: "key", snapshot } }
      : { seq, snapshot, frame: { kind: "delta", delta: diffSnapshots(before.snapshot, snapshot) } };
    before = { seq, snapshot };
  }
}
