import { err, ok, type Result } from "#base/result.ts";
import type { Clock, Millis } from "#base/time.ts";
import type { Seq } from "#protocol/recording/recorded-frame.ts";

import type { Feed, FeedHead } from "../../feed/feed.ts";

/** A frame that takes longer to be written is not waited for: whoever sent it is told to send it again. */
const patienceMs = 10_000;

export interface KeptFrame {
  readonly seq: Seq;
  readonly at: Millis;
}

/**
 * Waits until the frame that `show` brings about is recorded, as durably as the feed records anything. `show` returns its moment. The error is a sentence:
 * the frame may be shown, but is not recorded.
 */
export async function keptFrame(
  feed: Feed,
  clock: Clock,
  show: () => Millis,
): Promise<Result<KeptFrame, string>> {
  const frame = await new Promise<FeedHead | undefined>((resolve) => {
    // Listens before anything is shown, so that no frame is missed.
    let at = Infinity;
    const end = (head: FeedHead | undefined): void => {
      stopListening();
      stopTimer();
      resolve(head);
    };
    const stopListening = feed.frames.on((head) => {
      if (head.snapshot.at >= at) end(head);
    });
    const stopTimer = clock.after(patienceMs, () => end(undefined));
    at = show();
  });
  if (frame === undefined) return err("The frame was not recorded in time. Send it again.");
  if (!frame.isRecorded) return err("The frame is shown, but cannot be recorded. Send it again later.");
  return ok({ seq: frame.seq, at: frame.snapshot.at });
}
