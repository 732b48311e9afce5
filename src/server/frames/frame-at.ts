import { applyDelta } from "#domain/delta.ts";
import type { Millis } from "#base/time.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";

import { frameTime } from "#protocol/recording/recorded-frame.ts";

import type { FeedLog } from "../log/feed-log.ts";

/** What a log says of a moment: the newest frame that is not later. Undefined when that is not kept any more. */
export async function frameAt(log: FeedLog, at: Millis): Promise<TrafficSnapshot | undefined> {
  const key = await log.keyframeBefore(at);
  if (key === undefined) return undefined;
  let snapshot: TrafficSnapshot | undefined;
  for await (const { frame } of log.range(frameTime(key.frame), at)) {
    if (frame.kind === "key") {
      ({ snapshot } = frame);
      continue;
    }
    // The log forgot the keyframe between two readings.
    if (snapshot === undefined) return undefined;
    const applied = applyDelta(snapshot, frame.delta);
    if (!applied.ok) throw new Error(`The log does not fit together: ${applied.error.what}.`);
    snapshot = applied.value;
  }
  return snapshot;
}
