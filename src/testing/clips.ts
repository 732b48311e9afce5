import { diffSnapshots } from "#domain/delta.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";
import type { Bookmark } from "#protocol/recording/bookmark.ts";
import type { ClipHeader } from "#protocol/recording/clip-format.ts";
import { readClip, type ClipLimits, type ClipOutcome } from "#protocol/recording/clip-reader.ts";
import type { ShownFrame } from "#protocol/recording/framed.ts";
import { writeClip } from "#protocol/recording/clip-writer.ts";
import { frameLine } from "#protocol/recording/frame-line.ts";
import type { Stored } from "#protocol/recording/recorded-frame.ts";
import { zlibPacking, zlibUnpacking } from "#server/clips/zlib-packing.ts";

import { snapshotOf, twoRegions } from "./builders.ts";

export const testHeader: ClipHeader = {
  feed: "demo",
  title: "Demo",
  intervalMs: 1000,
  from: 1000,
  to: 9000,
  names: "real",
};

const { topology } = twoRegions();

/** Traffic that changes: the snapshot of second `n`, from 1 on. */
export function second(n: number): TrafficSnapshot {
  return snapshotOf(topology, (edge) => edge * n, n * 1000);
}

/** Frames 1 to `count`, a keyframe every `every`. */
export function testFrames(count: number, every = 3): readonly Stored[] {
  return Array.from({ length: count }, (_, i): Stored => {
    const seq = i + 1;
    return i % every === 0
      ? { seq, frame: { kind: "key", snapshot: second(seq) } }
      : { seq, frame: { kind: "delta", delta: diffSnapshots(second(seq - 1), second(seq)) } };
  });
}

export async function* each<T>(items: Iterable<T>): AsyncGenerator<T> {
  yield* items;
}

export async function joinBytes(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return Buffer.concat(all);
}

/** A clip in whole. */
export function clipOf(frames: readonly Stored[], bookmarks: readonly Bookmark[] = []): Promise<Uint8Array> {
  return joinBytes(
    writeClip({ header: testHeader, frames: each(frames), bookmarks: () => bookmarks }, zlibPacking),
  );
}

/** The lines of a clip by hand, unpacked. */
export function clipText(...lines: readonly string[]): Uint8Array {
  return Buffer.from(lines.map((line) => `${line}\n`).join(""));
}

export const headerText = JSON.stringify({ spillway: "recording", version: 1, ...testHeader });

export function frameTexts(count: number): readonly string[] {
  return testFrames(count).map(frameLine);
}

export interface ReadBack {
  readonly header: ClipHeader | undefined;
  readonly frames: readonly ShownFrame[];
  readonly bookmarks: readonly Bookmark[];
  readonly outcome: ClipOutcome | undefined;
}

/** Everything that is in a clip; `piece` is how many bytes come at once. */
export async function readBack(bytes: Uint8Array, piece = 1000, limits?: ClipLimits): Promise<ReadBack> {
  let header: ClipHeader | undefined;
  let outcome: ClipOutcome | undefined;
  const frames: ShownFrame[] = [];
  const bookmarks: Bookmark[] = [];
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += piece) pieces.push(bytes.subarray(at, at + piece));
  for await (const part of readClip(each(pieces), zlibUnpacking, limits)) {
    if (part.kind === "header") ({ header } = part);
    else if (part.kind === "bookmark") bookmarks.push(part.bookmark);
    else if (part.kind === "end") ({ outcome } = part);
    else frames.push({ seq: part.seq, frame: part.frame, snapshot: part.snapshot });
  }
  return { header, frames, bookmarks, outcome };
}
