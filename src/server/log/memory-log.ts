import { assert, must } from "#base/assert.ts";
import type { Millis } from "#base/time.ts";
import type { SnapshotDelta } from "#domain/delta.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";

import { frameTime, type Frame, type Seq, type Stored } from "#protocol/recording/recorded-frame.ts";
import type { FeedLog, LogHead } from "./feed-log.ts";

export interface MemoryLogOptions {
  /** Fresh and random for each log: nothing of it survives the process. */
  readonly epoch: string;
  readonly greatestFrames: number;
  readonly greatestBytes: number;
}

/** A keyframe and the deltas that follow it: kept and forgotten together. */
interface Group {
  readonly entries: Entry[];
  bytes: number;
}

interface Entry extends Stored {
  readonly id: string;
}

/** Keeps the newest frames in memory, within bounds of number and bytes; at least the newest group is always kept. */
export class MemoryLog implements FeedLog {
  readonly #options: MemoryLogOptions;
  #groups: Group[] = [];
  readonly #seqOfId = new Map<string, Seq>();
  #newest: Seq = 0;
  #bytes = 0;
  #closed = false;
  /** Tails that have read everything and wait for more. */
  #waiting: (() => void)[] = [];

  constructor(options: MemoryLogOptions) {
    this.#options = options;
  }

  async append(frame: Frame, id: string): Promise<Seq> {
    if (this.#closed) throw new Error("The log is closed.");
    const known = this.#seqOfId.get(id);
    if (known !== undefined) return known;
    const { lost = 0 } = frame;
    assert(frame.kind === "key" || (lost === 0 && this.#groups.length > 0), "a hole ends with a keyframe");
    const newestEntry = this.#groups.at(-1)?.entries.at(-1);
    assert(
      newestEntry === undefined || frameTime(newestEntry.frame) < frameTime(frame),
      "frames come in order of time",
    );
    this.#newest += lost + 1;
    this.#store({ seq: this.#newest, frame, id });
    for (const wake of this.#waiting.splice(0)) wake();
    return this.#newest;
  }

  async *tail(from: Seq): AsyncGenerator<Stored> {
    let next = from;
    while (true) {
      // Looked up anew each time: between two steps of a slow reader anything may have been forgotten.
      const entry = this.#firstFrom(next);
      if (entry !== undefined) {
        next = entry.seq + 1;
        yield entry;
      } else if (this.#closed) return;
      else await new Promise<void>((wake) => this.#waiting.push(wake));
    }
  }

  async keyframeBefore(t: Millis): Promise<Stored | undefined> {
    const group = this.#groups.findLast(
      ({ entries: [key] }) => key !== undefined && frameTime(key.frame) <= t,
    );
    return group?.entries[0];
  }

  async *range(from: Millis, to: Millis): AsyncGenerator<Stored> {
    // A copy: what is appended or forgotten meanwhile is none of this reader's business.
    const entries = this.#groups.flatMap((group) => group.entries);
    yield* entries.filter(({ frame }) => frameTime(frame) >= from && frameTime(frame) <= to);
  }

  head(): LogHead {
    const oldest = this.#groups[0]?.entries[0]?.seq ?? this.#newest + 1;
    return { epoch: this.#options.epoch, oldest, newest: this.#newest };
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const wake of this.#waiting.splice(0)) wake();
  }

  #store(entry: Entry): void {
    const bytes = frameBytes(entry.frame);
    const group = this.#groups.at(-1);
    if (entry.frame.kind === "delta" && group !== undefined) {
      group.entries.push(entry);
      group.bytes += bytes;
    } else this.#groups.push({ entries: [entry], bytes });
    this.#seqOfId.set(entry.id, entry.seq);
    this.#bytes += bytes;
    this.#forget();
  }

  #forget(): void {
    const { greatestFrames, greatestBytes } = this.#options;
    while (this.#groups.length > 1 && (this.#seqOfId.size > greatestFrames || this.#bytes > greatestBytes)) {
      const { entries, bytes } = must(this.#groups.shift());
      for (const { id } of entries) this.#seqOfId.delete(id);
      this.#bytes -= bytes;
    }
  }

  #firstFrom(seq: Seq): Entry | undefined {
    if (seq > this.#newest) return undefined;
    const group = this.#groups.find(({ entries }) => (entries.at(-1)?.seq ?? 0) >= seq);
    return group?.entries.find((entry) => entry.seq >= seq);
  }
}

/** About what a frame takes: its columns exactly, 100 bytes for each text that comes with it. */
function frameBytes(frame: Frame): number {
  return frame.kind === "key" ? snapshotBytes(frame.snapshot) : deltaBytes(frame.delta);
}

/** Keyframes mostly share their topology with the live state, so that only the columns count. */
function snapshotBytes({ values, notices }: TrafficSnapshot): number {
  return values.byteLength + 100 * notices.length;
}

function deltaBytes({ index, value, notices, patch }: SnapshotDelta): number {
  const runs = (patch?.nodes.length ?? 0) + (patch?.edges.length ?? 0);
  return index.byteLength + value.byteLength + 100 * ((notices?.length ?? 0) + runs);
}
