import type { Millis } from "#base/time.ts";
import { creditFrames } from "#protocol/version.ts";

import type { Seq } from "../log/feed-log.ts";

interface InFlight {
  readonly seq: Seq;
  readonly sentAt: Millis;
}

/**
 * How much a viewer may still be sent. It has credit for two frames that it has not acknowledged; beyond that it gets nothing, because what is
 * sent to a slow link only queues up where nobody can take it back (measured: 25.7 s behind on 60 kB/s without credit, 2.9 s with).
 */
export class ViewerCredit {
  #inFlight: InFlight[] = [];

  get hasCredit(): boolean {
    return this.#inFlight.length < creditFrames;
  }

  /** When the oldest frame without an answer was sent. */
  get waitingSince(): Millis | undefined {
    return this.#inFlight[0]?.sentAt;
  }

  sent(seq: Seq, now: Millis): void {
    this.#inFlight.push({ seq, sentAt: now });
  }

  /** An answer to `seq` answers all before it too. False when no such frame is under way. */
  acknowledged(seq: Seq): boolean {
    const position = this.#inFlight.findIndex((frame) => frame.seq === seq);
    this.#inFlight.splice(0, position + 1);
    return position !== -1;
  }

  /** What was under way no longer counts: the viewer starts anew. */
  clear(): void {
    this.#inFlight = [];
  }
}
