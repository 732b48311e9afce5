import type { Codec } from "#protocol/codec.ts";
import { encodeDelta, type DeltaMessage } from "#protocol/delta-message.ts";
import { encodeSnapshot, type SnapshotMessage } from "#protocol/snapshot-message.ts";

import type { Seq } from "#protocol/recording/recorded-frame.ts";
import type { Feed, FeedHead } from "./feed.ts";

/** About what one changed number takes in a delta; measured on the sample graph: 6.9 bytes and its share of the runs. */
const bytesPerSlot = 8;

/** Makes the messages that lead to the head of a feed, each only once however many viewers need it. */
export class FrameMessages {
  readonly #feed: Feed;
  readonly #codec: Codec;
  #head: FeedHead | undefined;
  #deltas = new Map<Seq, DeltaMessage | undefined>();
  #snapshot: Promise<SnapshotMessage> | undefined;
  #snapshotBytes = Infinity;

  constructor(feed: Feed, codec: Codec) {
    this.#feed = feed;
    this.#codec = codec;
  }

  /** Length of the last snapshot message. */
  get snapshotBytes(): number {
    return Number.isFinite(this.#snapshotBytes) ? this.#snapshotBytes : 0;
  }

  /** The delta from frame `from` to the head; undefined when the snapshot is smaller or the only way. */
  delta(from: Seq, head: FeedHead): DeltaMessage | undefined {
    this.#startFrame(head);
    if (!this.#deltas.has(from)) this.#deltas.set(from, this.#encode(from, head));
    return this.#deltas.get(from);
  }

  /** All of the head. */
  async snapshot(head: FeedHead): Promise<SnapshotMessage> {
    this.#startFrame(head);
    this.#snapshot ??= encodeSnapshot(head.snapshot, this.#feed.log.head().epoch, head.seq, this.#codec);
    const message = await this.#snapshot;
    this.#snapshotBytes = message.gzip.length;
    return message;
  }

  #startFrame(head: FeedHead): void {
    if (head === this.#head) return;
    this.#head = head;
    this.#deltas = new Map();
    this.#snapshot = undefined;
  }

  #encode(from: Seq, head: FeedHead): DeltaMessage | undefined {
    const isNext = from === head.seq - 1;
    const delta = isNext ? head.delta : this.#feed.changesSince(from);
    if (delta === undefined) return undefined;
    if (!isNext && delta.index.length * bytesPerSlot > this.#snapshotBytes) return undefined;
    const message = encodeDelta(delta, head.seq, from, head.snapshot.values);
    return head.isRecorded ? message : { ...message, unrecorded: true };
  }
}
