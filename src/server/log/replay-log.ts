import type { Millis } from "#base/time.ts";
import type { Frame, Seq, Stored } from "#protocol/recording/recorded-frame.ts";

import type { FeedLog, LogHead } from "./feed-log.ts";

/**
 * The log of a feed that plays something recorded: what is being shown is numbered and kept by `live`, as of any feed, and every question about a moment is
 * answered by `past`, which holds all of it and takes nothing more.
 */
export class ReplayLog implements FeedLog {
  readonly #live: FeedLog;
  readonly #past: FeedLog;

  constructor(live: FeedLog, past: FeedLog) {
    this.#live = live;
    this.#past = past;
  }

  append(frame: Frame, id: string): Promise<Seq> {
    return this.#live.append(frame, id);
  }

  tail(from: Seq): AsyncIterable<Stored> {
    return this.#live.tail(from);
  }

  keyframeBefore(t: Millis): Promise<Stored | undefined> {
    return this.#past.keyframeBefore(t);
  }

  range(from: Millis, to: Millis): AsyncIterable<Stored> {
    return this.#past.range(from, to);
  }

  head(): LogHead {
    return this.#live.head();
  }

  async close(): Promise<void> {
    await this.#live.close();
    await this.#past.close();
  }
}
