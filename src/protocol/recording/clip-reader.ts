import { isJsonObject } from "#base/json.ts";
import type { Result } from "#base/result.ts";
import type { Millis } from "#base/time.ts";
import { applyDelta } from "#domain/delta.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";

import type { Malformed } from "../malformed.ts";
import { greatestBodyBytes } from "../snapshot-message.ts";
import { bookmarkLimits, isMoment, readBookmark, type Bookmark } from "./bookmark.ts";
import { readEnd, readHeader, type ClipEnd, type ClipHeader } from "./clip-format.ts";
import { ClipFault, jsonDepth, linesOf, type LineLimits } from "./clip-lines.ts";
import { crc32 } from "./crc32.ts";
import { readFrameRecord } from "./frame-line.ts";
import type { ShownFrame } from "./framed.ts";
import { frameTime, type Frame, type Seq } from "./recorded-frame.ts";

/** What of reading a clip the platform does. */
export interface ClipUnpacking {
  /** Ends quietly where the packed data break off, with all that came before. @throws where they are damaged. */
  readonly gunzip: (bytes: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>;
  /** @throws when the bytes are not UTF-8. */
  readonly utf8: (bytes: Uint8Array) => string;
}

/** How the reading ended. What was read may be shown when it was `whole` or `cut`; nothing of what is `faulty` can be relied on. */
export type ClipOutcome =
  | { readonly kind: "whole" }
  | { readonly kind: "cut"; readonly what: string }
  | { readonly kind: "faulty"; readonly what: string };

/** A header first, then frames and bookmarks, then one end; a clip without a readable header has nothing but its end. */
export type ClipPart =
  | { readonly kind: "header"; readonly header: ClipHeader }
  | ({ readonly kind: "frame" } & ShownFrame)
  | { readonly kind: "bookmark"; readonly bookmark: Bookmark }
  | { readonly kind: "end"; readonly outcome: ClipOutcome };

export interface ClipLimits extends LineLimits {
  /** Lists and objects in one another. */
  readonly depth: number;
}

/** Of lines: the largest frame. Of everything: a week of the sample at 1 Hz, three times over. */
export const clipLimits: ClipLimits = {
  lineBytes: greatestBodyBytes + 2 ** 16,
  totalBytes: 16 * 2 ** 30,
  depth: 64,
};

/**
 * Reads a clip, whoever has written it, packed or not, in the memory of one frame. Never throws for what is in the bytes; errors of `bytes` itself
 * are passed on.
 */
export async function* readClip(
  bytes: AsyncIterable<Uint8Array>,
  unpacking: ClipUnpacking,
  limits: ClipLimits = clipLimits,
): AsyncGenerator<ClipPart> {
  const reading = new Reading(unpacking, limits);
  const outside = { error: undefined as unknown, hasFailed: false };
  try {
    const unpacked = unpackedBytes(guarded(bytes, outside), unpacking);
    for await (const line of linesOf(unpacked, limits)) {
      const part = reading.take(line.bytes, line.isEnded);
      if (part !== undefined) yield part;
      if (reading.isCut) break;
    }
    yield { kind: "end", outcome: reading.outcome() };
  } catch (error: unknown) {
    if (outside.hasFailed) throw outside.error;
    const what =
      error instanceof ClipFault
        ? error.message
        : `The packed data are damaged ${reading.place}: ${error instanceof Error ? error.message : String(error)}.`;
    yield { kind: "end", outcome: { kind: "faulty", what } };
  }
}

/** Tells errors of the bytes' origin from those of what is in them. */
async function* guarded(
  bytes: AsyncIterable<Uint8Array>,
  outside: { error: unknown; hasFailed: boolean },
): AsyncGenerator<Uint8Array> {
  const iterator = bytes[Symbol.asyncIterator]();
  try {
    while (true) {
      let next: IteratorResult<Uint8Array>;
      try {
        next = await iterator.next();
      } catch (error: unknown) {
        outside.error = error;
        outside.hasFailed = true;
        throw error;
      }
      if (next.done === true) return;
      if (next.value.length > 0) yield next.value;
    }
  } finally {
    await iterator.return?.();
  }
}

/** Gzip is known by its first byte, which no JSON begins with. */
async function* unpackedBytes(
  bytes: AsyncGenerator<Uint8Array>,
  { gunzip }: ClipUnpacking,
): AsyncGenerator<Uint8Array> {
  const first = await bytes.next();
  if (first.done === true) return;
  const all = (async function* () {
    yield first.value;
    yield* bytes;
  })();
  yield* first.value[0] === 0x1f ? gunzip(all) : all;
}

/** What has been read so far. */
class Reading {
  readonly #unpacking: ClipUnpacking;
  readonly #limits: ClipLimits;
  #hasHeader = false;
  #lines = 0;
  #frames = 0;
  #bookmarks = 0;
  #crc = 0;
  #seq: Seq = 0;
  #shown: TrafficSnapshot | undefined;
  #isEnded = false;
  isCut = false;

  constructor(unpacking: ClipUnpacking, limits: ClipLimits) {
    this.#unpacking = unpacking;
    this.#limits = limits;
  }

  /** "after line 7". */
  get place(): string {
    return `after line ${this.#lines}`;
  }

  /** @throws ClipFault when the line cannot stand where it stands. */
  take(bytes: Uint8Array, hasNewline: boolean): ClipPart | undefined {
    this.#lines += 1;
    const raw = this.#parse(bytes, hasNewline);
    if (this.isCut || raw === undefined) return undefined;
    if (this.#isEnded) this.#refuse("nothing may follow the end");
    if (!this.#hasHeader) {
      const header = this.#read(readHeader(raw));
      this.#hasHeader = true;
      this.#count(bytes);
      return { kind: "header", header };
    }
    if (isJsonObject(raw) && raw["end"] !== undefined) {
      this.#check(this.#read(readEnd(raw["end"])));
      return undefined;
    }
    this.#count(bytes);
    return isJsonObject(raw) && raw["bookmark"] !== undefined
      ? { kind: "bookmark", bookmark: this.#bookmark(raw["bookmark"]) }
      : { kind: "frame", ...this.#frame(raw) };
  }

  outcome(): ClipOutcome {
    if (!this.#hasHeader) {
      const what = this.#lines === 0 ? "It is empty." : "It breaks off in its first line.";
      return { kind: "faulty", what };
    }
    if (this.#isEnded && !this.isCut) return { kind: "whole" };
    const what = `It breaks off after ${this.#frames} frames: its last line is missing. What came before is whole.`;
    return { kind: "cut", what };
  }

  #parse(bytes: Uint8Array, hasNewline: boolean): unknown {
    if (bytes.length === 0 || (bytes.length === 1 && bytes[0] === 0x0d)) {
      this.#count(bytes);
      return undefined;
    }
    if (jsonDepth(bytes) > this.#limits.depth) {
      this.#refuse(`lists and objects are nested more than ${this.#limits.depth} deep`);
    }
    try {
      return JSON.parse(this.#unpacking.utf8(bytes)) as unknown;
    } catch {
      // The part of a line that stands behind the last whole one.
      if (hasNewline) this.#refuse("a line of JSON in UTF-8 is needed");
      this.isCut = true;
      return undefined;
    }
  }

  #frame(raw: unknown): ShownFrame {
    const { seq, frame } = this.#read(readFrameRecord(raw));
    const at = frameTime(frame);
    this.#checkOrder(seq, at, frame.kind);
    let snapshot: TrafficSnapshot;
    if (frame.kind === "key") ({ snapshot } = frame);
    else {
      const before = this.#shown ?? this.#refuse("the first frame must be a keyframe");
      const applied = applyDelta(before, frame.delta);
      if (!applied.ok) this.#refuse(`the change does not fit frame ${this.#seq}: ${applied.error.what}`);
      snapshot = applied.value;
    }
    this.#seq = seq;
    this.#shown = snapshot;
    this.#frames += 1;
    return { seq, frame, snapshot };
  }

  #checkOrder(seq: Seq, at: Millis, kind: Frame["kind"]): void {
    if (!isMoment(at)) this.#refuse("a time of the years 1970 to 9999 is needed");
    if (kind === "key" ? seq <= this.#seq : this.#shown !== undefined && seq !== this.#seq + 1) {
      this.#refuse(`frame ${seq} does not follow frame ${this.#seq}`);
    }
    if (this.#shown !== undefined && at <= this.#shown.at) {
      this.#refuse("a frame must be later than the one before it");
    }
  }

  #bookmark(raw: unknown): Bookmark {
    this.#bookmarks += 1;
    if (this.#bookmarks > bookmarkLimits.perFeed) {
      this.#refuse(`there may be ${bookmarkLimits.perFeed} bookmarks`);
    }
    return this.#read(readBookmark(raw));
  }

  #check(end: ClipEnd): void {
    if (end.frames !== this.#frames) {
      this.#refuse(`${end.frames} frames are promised, and there are ${this.#frames}`);
    }
    if (end.crc !== undefined && end.crc !== this.#crc) {
      this.#refuse("the checksum is not right: what stands before is not what was written");
    }
    this.#isEnded = true;
  }

  #count(bytes: Uint8Array): void {
    this.#crc = crc32(newlineByte, crc32(bytes, this.#crc));
  }

  #read<T>(result: Result<T, Malformed>): T {
    if (!result.ok) this.#refuse(`${result.error.message}: ${result.error.what}`);
    return result.value;
  }

  #refuse(what: string): never {
    throw new ClipFault(`Line ${this.#lines}: ${what}.`);
  }
}

const newlineByte = Uint8Array.of(0x0a);
