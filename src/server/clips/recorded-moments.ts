import type { Millis } from "#base/time.ts";
import { applyDelta } from "#domain/delta.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";
import type { Moment } from "#protocol/recording/framed.ts";
import { frameTime } from "#protocol/recording/recorded-frame.ts";

import type { FeedLog } from "../log/feed-log.ts";
import type { Recording } from "../log/recording.ts";

/** What a log shows from one moment to another, both included. What cannot be read any more is left out, and the numbers skip. */
export async function* recordedMoments(log: FeedLog, from: Millis, to: Millis): AsyncGenerator<Moment> {
  const key = await log.keyframeBefore(from);
  let shown: Moment | undefined;
  for await (const { seq, frame } of log.range(key === undefined ? from : frameTime(key.frame), to)) {
    let snapshot: TrafficSnapshot;
    if (frame.kind === "key") ({ snapshot } = frame);
    else {
      if (shown === undefined || seq !== shown.seq + 1) continue;
      const applied = applyDelta(shown.snapshot, frame.delta);
      if (!applied.ok) throw new Error(`The log does not fit together: ${applied.error.what}.`);
      snapshot = applied.value;
    }
    shown = { seq, snapshot };
    if (snapshot.at >= from) yield shown;
  }
}

/**
 * How many frames can be read of a stretch of time. Every group is looked at: the checksum tells which are damaged, without unpacking any.
 */
export async function countFrames(
  { log, recording }: { readonly log: FeedLog; readonly recording: Recording },
  from: Millis,
  to: Millis,
): Promise<number> {
  let count = 0;
  for (const { first, last, start, end } of await recording.groups(from, to)) {
    if (start >= from && end <= to) {
      const group = await recording.group(first);
      if (group !== undefined && group.kind !== "damaged") count += last - first + 1;
    } else for await (const _ of log.range(Math.max(from, start), Math.min(to, end))) count += 1;
  }
  return count;
}
