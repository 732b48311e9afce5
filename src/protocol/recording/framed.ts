import type { Millis } from "#base/time.ts";
import { diffSnapshots } from "#domain/delta.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";

import type { Seq, Stored } from "./recorded-frame.ts";

/** A moment of a feed: its number and what it shows. */
export interface Moment {
  readonly seq: Seq;
  readonly snapshot: TrafficSnapshot;
}

/** Moments as frames: a keyframe at first, after a hole in the numbers and every `framesPerGroup` frames, and changes in between. */
export async function* framed(
  moments: AsyncIterable<Moment>,
  framesPerGroup: number,
): AsyncGenerator<Stored> {
  let before: Moment | undefined;
  let inGroup = 0;
  for await (const { seq, snapshot } of moments) {
    const isKey = before === undefined || seq !== before.seq + 1 || inGroup >= framesPerGroup;
    inGroup = isKey ? 1 : inGroup + 1;
    yield before === undefined || isKey
      ? { seq, frame: { kind: "key", snapshot } }
      : { seq, frame: { kind: "delta", delta: diffSnapshots(before.snapshot, snapshot) } };
    before = { seq, snapshot };
  }
}

/** Those of a stretch of time, both ends included. */
export async function* within<T extends Moment>(
  moments: AsyncIterable<T>,
  from: Millis,
  to: Millis,
): AsyncGenerator<T> {
  for await (const moment of moments) {
    if (moment.snapshot.at > to) return;
    if (moment.snapshot.at >= from) yield moment;
  }
}
