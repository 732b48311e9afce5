import { promisify } from "node:util";
import { gunzip } from "node:zlib";

import type { Millis } from "#base/time.ts";
import type { FrameSummary } from "#protocol/recording/frame-summary.ts";
import { summaryRow } from "#protocol/recording/frame-summary.ts";
import { frameLine } from "#protocol/recording/frame-line.ts";
import { groupText, readGroup } from "#protocol/recording/group-text.ts";
import { frameTime, type Frame, type Seq, type Stored } from "#protocol/recording/recorded-frame.ts";

import type { FeedLog, LogHead } from "../feed-log.ts";
import type { GroupContent, Recording } from "../recording.ts";
import type { StoreHead } from "./recording-store.ts";
import { StoreFailure, type StoreClient } from "./store-client.ts";

const expand = promisify(gunzip);

/** The largest group that is written is far smaller (server/feed/feed.ts bounds it); more is an attack, or damage. */
const greatestGroupBytes = 256 * 1024 * 1024;

/** A group that cannot be read: it is left out, and readers see the numbers skip. */
export type OnDamage = (first: Seq, last: Seq, why: string) => void;

/** A group that was removed, being among the oldest, after somebody had begun to read up to it: readers see the numbers skip. */
export type OnRemoved = (first: Seq, last: Seq) => void;

/** The history of a feed on the disk. A frame is stored when it is on the disk, whatever happens to the process then. */
export class SqliteLog implements FeedLog {
  readonly recording: Recording;
  readonly #store: StoreClient;
  readonly #onDamage: OnDamage;
  readonly #onRemoved: OnRemoved;
  #head: StoreHead;
  /** Number of the last frame that was sent to the store; those on their way count. */
  #sent: Seq;
  #closed = false;
  #waiting: (() => void)[] = [];

  constructor(store: StoreClient, onDamage: OnDamage, onRemoved: OnRemoved = () => {}) {
    this.#store = store;
    this.recording = {
      groups: (from, to) => store.ask({ ask: "groups", from, to }),
      group: (first) => store.ask({ ask: "group-at", first }),
      overview: (from, to, bins) => store.ask({ ask: "overview", from, to, bins }),
      bytes: () => store.ask({ ask: "bytes" }),
    };
    this.#onDamage = onDamage;
    this.#onRemoved = onRemoved;
    this.#head = store.opened.head;
    this.#sent = this.#head.newest;
  }

  async append(frame: Frame, id: string, summary?: FrameSummary): Promise<Seq> {
    if (this.#closed) throw new Error("The log is closed.");
    const seq = this.#sent + (frame.lost ?? 0) + 1;
    this.#sent = seq;
    const at = frameTime(frame);
    const row = {
      seq,
      at,
      isKey: frame.kind === "key",
      id,
      line: frameLine({ seq, frame }),
      summary: summaryRow(summary ?? unknownSummary(at)),
    };
    try {
      const answer = await this.#store.ask({ ask: "append", row });
      this.#took(answer.head, answer.seq === seq ? undefined : seq);
      return answer.seq;
    } catch (error: unknown) {
      if (error instanceof StoreFailure) this.#took(error.head, seq);
      throw error;
    }
  }

  async *tail(from: Seq): AsyncGenerator<Stored> {
    let next = from;
    while (true) {
      if (next <= this.#head.newest) {
        const group = await this.#store.ask({ ask: "group-from", seq: next });
        const frames = group === undefined ? [] : await this.#framesOf(group);
        for (const stored of frames) if (stored.seq >= next) yield stored;
        next = Math.max(next, (group?.info.last ?? this.#head.newest) + 1);
      } else if (this.#closed) return;
      else await new Promise<void>((wake) => this.#waiting.push(wake));
    }
  }

  async keyframeBefore(t: Millis): Promise<Stored | undefined> {
    const group = await this.#store.ask({ ask: "group-before", at: t });
    return group === undefined ? undefined : (await this.#framesOf(group))[0];
  }

  async *range(from: Millis, to: Millis): AsyncGenerator<Stored> {
    for (const { first, last } of await this.#store.ask({ ask: "groups", from, to })) {
      const group = await this.#store.ask({ ask: "group-at", first });
      if (group === undefined) {
        this.#onRemoved(first, last);
        continue;
      }
      for (const stored of await this.#framesOf(group)) {
        const at = frameTime(stored.frame);
        if (at >= from && at <= to) yield stored;
      }
    }
  }

  head(): LogHead {
    const { epoch, oldest, newest } = this.#head;
    return { epoch, oldest, newest };
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    for (const wake of this.#waiting.splice(0)) wake();
    await this.#store.ask({ ask: "close" });
  }

  /** `unused` is a number that was meant for a frame and is free again. */
  #took(head: StoreHead, unused: Seq | undefined): void {
    this.#head = head;
    if (unused !== undefined) this.#sent = Math.min(this.#sent, Math.max(head.newest, unused - 1));
    for (const wake of this.#waiting.splice(0)) wake();
  }

  async #framesOf(group: GroupContent): Promise<readonly Stored[]> {
    const { first, last } = group.info;
    if (group.kind === "damaged") {
      this.#onDamage(first, last, "its checksum is not right");
      return [];
    }
    try {
      const text =
        group.kind === "lines"
          ? groupText(group.lines)
          : (await expand(group.chunk, { maxOutputLength: greatestGroupBytes })).toString("utf8");
      const frames = readGroup(text);
      if (frames.ok) return frames.value;
      this.#onDamage(first, last, frames.error.what);
    } catch (error: unknown) {
      this.#onDamage(first, last, error instanceof Error ? error.message : String(error));
    }
    return [];
  }
}

function unknownSummary(at: Millis): FrameSummary {
  return {
    at,
    total: 0,
    warning: 0,
    danger: 0,
    worst: 0,
    latencyMs: undefined,
    notices: 0,
    isSimulated: false,
  };
}
