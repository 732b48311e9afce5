import { isJsonObject } from "#base/json.ts";
import type { Millis } from "#base/time.ts";
import {
  readEnd,
  readHeader,
  type ClipEnd,
  type ClipGroup,
  type ClipHeader,
} from "#protocol/recording/clip-format.ts";
import { jsonDepth } from "#protocol/recording/clip-lines.ts";
import { clipLimits } from "#protocol/recording/clip-reader.ts";
import type { Seq } from "#protocol/recording/recorded-frame.ts";

import { bytesOf } from "./file-bytes.ts";
import { inflated, inflatePiece, streamUnpacking } from "./stream-packing.ts";

/** Where in a clip its groups lie. */
export interface ClipIndex {
  readonly header: ClipHeader;
  readonly end: ClipEnd;
  /** Ascending, at least one. */
  readonly groups: readonly IndexedGroup[];
}

/** The bytes of the file that hold a keyframe and its changes, and perhaps bookmarks. */
export interface IndexedGroup {
  readonly first: Seq;
  readonly start: Millis;
  readonly from: number;
  readonly to: number;
}

/** RFC 1952: the fixed part of the head, and the checksum and length at the end. */
const headBytes = 10;
const tailBytes = 8;

/** Where the last line is looked for: an index of 200,000 groups. */
const endBytes = 4 * 2 ** 20;
/** As many flush points are tried: the last line has one at its end, and one before it. */
const pointsTried = 8;
const greatestLine = 32 * 2 ** 20;

/** Packed groups that are larger are not read as one. */
export const greatestGroupBytes = 16 * 2 ** 20;

/**
 * Finds the index of a clip, reading no more than both its ends. Undefined for whatever has none, or one that makes no sense: that is read from its beginning, which tells
 * what is wrong.
 * @throws FileFault when the file cannot be read.
 */
export async function readIndex(file: Blob): Promise<ClipIndex | undefined> {
  const [first, second, method, flags] = await bytesOf(file, 0, headBytes);
  // A head with a name or a comment is none of ours.
  if (first !== 0x1f || second !== 0x8b || method !== 8 || flags !== 0) return undefined;
  const last = await lastLine(file);
  const groups = last === undefined ? undefined : placed(last);
  const begin = groups?.[0]?.from;
  if (last === undefined || groups === undefined || begin === undefined) return undefined;
  const header = await firstLine(file, begin);
  return header === undefined ? undefined : { header, end: last.end, groups };
}

interface LastLine {
  readonly end: ClipEnd;
  /** Where the flush point before it lies in the file. */
  readonly offset: number;
}

async function lastLine(file: Blob): Promise<LastLine | undefined> {
  const from = Math.max(headBytes, file.size - endBytes);
  const bytes = await bytesOf(file, from, file.size - tailBytes);
  let tried = 0;
  for (let at = bytes.length; tried < pointsTried; tried += 1) {
    at = flushPointBefore(bytes, at);
    if (at < 0) return undefined;
    const line = await lineIn(inflated(bytes.slice(at), greatestLine));
    const end = isJsonObject(line) && line["end"] !== undefined ? readEnd(line["end"]) : undefined;
    if (end?.ok === true) return { end: end.value, offset: from + at };
    at -= 1;
  }
  return undefined;
}

/** The greatest offset up to `to` that has `00 00 FF FF` before it; -1 where there is none. */
function flushPointBefore(bytes: Uint8Array, to: number): number {
  for (let at = to; at >= 4; at -= 1) {
    const isPoint =
      bytes[at - 1] === 0xff && bytes[at - 2] === 0xff && bytes[at - 3] === 0 && bytes[at - 4] === 0;
    if (isPoint) return at;
  }
  return -1;
}

async function firstLine(file: Blob, to: number): Promise<ClipHeader | undefined> {
  if (to > greatestGroupBytes) return undefined;
  const line = await lineIn(inflatePiece(await bytesOf(file, headBytes, to), clipLimits.lineBytes));
  const header = readHeader(line);
  return header.ok ? header.value : undefined;
}

async function lineIn(unpacking: Promise<Uint8Array>): Promise<unknown> {
  try {
    const bytes = await unpacking;
    if (jsonDepth(bytes) > clipLimits.depth) return undefined;
    return JSON.parse(streamUnpacking.utf8(bytes)) as unknown;
  } catch {
    return undefined;
  }
}

/** The groups with where each ends; undefined when they do not follow each other, or one is too large to be read as one. */
function placed({ end, offset }: LastLine): readonly IndexedGroup[] | undefined {
  const rows = end.groups ?? [];
  const groups = rows.map(([first, start, from], i): IndexedGroup => {
    const [, , to = offset] = rows[i + 1] ?? [];
    return { first, start, from, to };
  });
  const isSound = rows.every((row, i) => follows(rows[i - 1], row)) && groups.every(isReadable);
  return isSound && groups.length > 0 ? groups : undefined;
}

function follows(before: ClipGroup | undefined, [first, start, offset]: ClipGroup): boolean {
  if (before === undefined) return offset > headBytes;
  return first > before[0] && start > before[1] && offset > before[2];
}

function isReadable({ from, to }: IndexedGroup): boolean {
  return to > from && to - from <= greatestGroupBytes;
}
