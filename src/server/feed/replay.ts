import type { Codec } from "#protocol/codec.ts";
import { encodeDelta } from "#protocol/delta-message.ts";
import { encodeSnapshot } from "#protocol/snapshot-message.ts";

import type { Seq, Stored } from "#protocol/recording/recorded-frame.ts";
import type { FeedLog } from "../log/feed-log.ts";
import type { FeedMessage } from "./outlet.ts";

/** A viewer that missed more than this starts anew with a snapshot: at 1 Hz that is five minutes. */
export const longestReplayFrames = 300;

/** Half of what cuts a viewer that cannot keep up, so that coming back never cuts it. */
const longestReplayBytes = 512 * 1024;

/** About what one number takes on the wire; about what a packed keyframe takes per slot. */
const bytesPerChange = 8;
const bytesPerSlot = 2;

/** The last frame that a viewer holds, as it says. */
export interface ResumePoint {
  readonly epoch: string;
  readonly seq: Seq;
}

/** Why a viewer cannot go on from a point, as a sentence for people; undefined when it can. `newest` is the newest frame of all. */
export function whyNotResumed(log: FeedLog, newest: Seq, point: ResumePoint): string | undefined {
  const { epoch, oldest } = log.head();
  if (point.epoch !== epoch) return "The server was restarted and has a new history.";
  if (point.seq > newest) return "The server does not know the frame that this page holds.";
  if (point.seq + 1 < oldest) return "What this page missed is no longer kept.";
  if (newest - point.seq > longestReplayFrames) return "This page was away for too long.";
  return undefined;
}

/** The stored frames after `from`, at least one; undefined when they are more than it is worth to send. */
export async function missedFrames(log: FeedLog, from: Seq): Promise<readonly Stored[] | undefined> {
  const frames: Stored[] = [];
  let bytes = 0;
  for await (const stored of log.tail(from + 1)) {
    frames.push(stored);
    bytes +=
      stored.frame.kind === "key"
        ? stored.frame.snapshot.values.length * bytesPerSlot
        : stored.frame.delta.index.length * bytesPerChange;
    if (bytes > longestReplayBytes || frames.length > longestReplayFrames) return undefined;
    if (stored.seq >= log.head().newest) break;
  }
  return frames;
}

/** What leads a viewer from frame `from` to the stored frame after it. */
export async function replayMessages(
  log: FeedLog,
  from: Seq,
  { seq, frame }: Stored,
  codec: Codec,
): Promise<readonly FeedMessage[]> {
  if (frame.kind === "delta") return [{ event: "delta", body: encodeDelta(frame.delta, seq, seq - 1) }];
  const body = await encodeSnapshot(frame.snapshot, log.head().epoch, seq, codec);
  const snapshot: FeedMessage = { event: "snapshot", body };
  if (seq === from + 1) return [snapshot];
  return [
    { event: "gap", body: { from: from + 1, to: seq - 1, why: "The server could not record these." } },
    snapshot,
  ];
}
