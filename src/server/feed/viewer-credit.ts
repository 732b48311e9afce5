import type { Millis } from "#base/time.ts";
import { creditFrames } from "#protocol/version.ts";

import type { Seq } from "#protocol/recording/recorded-frame.ts";

interface InFlight {
  readonly seq: Seq;
  readonly sentAt: Millis;
}

/**
 * How much a viewer may still be sent. It has credit for two frames that it has not acknowledged; beyond that it gets nothing, because what is
 * sent to a slow link only queues up where nobody can take it back (measured on 60 kB/s with 86 kB frames: 25.7 s behind without credit). One
 * that ran out of credit is sent its next frame when nothing is under way any more, and so on until it has kept up with one: two frames of 117 kB
 * on the same line were 4.3 s old on arrival, one is 2.5 s.
 */
export class ViewerCredit {
  #inFlight: InFlight[] = [];
  #isSlow = false;

  get hasCredit(): boolean {
    return this.#inFlight.length < (this.#isSlow ? 1 : creditFrames);
  }

  /** A frame is there that the viewer has no credit for, or it was sent one that is as large as several. */
  ranOut(): void {
    this.#isSlow = true;
  }

  /** The viewer has answered to the newest frame before the next one came. */
  keptUp(): void {
    this.#isSlow = false;
  }

  /** Whether everything sent has been answered. */
  get isIdle(): boolean {
    return this.#inFlight.length === 0;
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
}
