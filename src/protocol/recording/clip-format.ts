import { isJsonObject } from "#base/json.ts";
import { ok, type Result } from "#base/result.ts";
import type { Millis } from "#base/time.ts";
import { limits } from "#domain/limits.ts";

import { malformed, type Malformed } from "../malformed.ts";
import { isMoment, type Bookmark } from "./bookmark.ts";
import type { Seq } from "./recorded-frame.ts";

/*
 * A clip is a part of a recording as one file: lines of JSON in one gzip member (docs/recording-format.md).
 *
 *   {"spillway":"recording","version":1,"feed":"demo",…}    the header
 *   {"seq":1,"key":{…}}                                      frames, as in logs (frame-line.ts)
 *   {"seq":2,"delta":{…}}
 *   {"bookmark":{"id":"b1","at":1767700800000,"note":"…"}}
 *   {"end":{"frames":2,"crc":3421780262,"groups":[…]}}       the last line
 */

/** Goes up when older programs could not read what is written. */
export const clipVersion = 1;

/** What the names of clips end in. */
export const clipSuffix = ".spillway.ndjson.gz";

/** What a clip says of itself. */
export interface ClipHeader {
  /** Name of the feed in addresses. */
  readonly feed: string;
  /** For people. */
  readonly title: string;
  /** How far apart frames usually are, ms. */
  readonly intervalMs: number;
  /** The stretch of time that was cut out; absent where it was not known when the writing began. */
  readonly from?: Millis;
  readonly to?: Millis;
  /** Whether nodes have their own names. */
  readonly names: "real" | "pseudonyms";
}

/** Where a group can be opened: number and time of its keyframe, and the byte of the file at which raw inflate may begin. */
export type ClipGroup = readonly [first: Seq, start: Millis, offset: number];

/** What the last line says. */
export interface ClipEnd {
  readonly frames: number;
  /** CRC-32 of every byte before the last line, unpacked. */
  readonly crc?: number;
  readonly groups?: readonly ClipGroup[];
}

export function headerLine(header: ClipHeader): string {
  return JSON.stringify({ spillway: "recording", version: clipVersion, ...header });
}

export function bookmarkLine(bookmark: Bookmark): string {
  return JSON.stringify({ bookmark });
}

export function endLine(end: ClipEnd): string {
  return JSON.stringify({ end });
}

/** Whether a first line, parsed, is that of a clip, of whatever version. */
export function isClipHeader(raw: unknown): boolean {
  return isJsonObject(raw) && raw["spillway"] === "recording";
}

/** Reads the first line, parsed; the error of another version says so. */
export function readHeader(raw: unknown): Result<ClipHeader, Malformed> {
  if (!isJsonObject(raw) || !isClipHeader(raw)) {
    return malformed("header", 'a first line that begins {"spillway":"recording" is needed');
  }
  const { version, feed, title, intervalMs, from, to, names = "real" } = raw;
  if (version !== clipVersion) {
    const isNewer = typeof version === "number" && version > clipVersion;
    return malformed(
      "header",
      isNewer
        ? `version ${version} was written by a newer Spillway, and this one reads version ${clipVersion}: a newer program is needed`
        : `version: ${clipVersion} is needed`,
    );
  }
  if (!isText(feed) || feed === "") return malformed("header", "feed: a name is needed");
  if (!isText(title)) return malformed("header", "title: a text is needed");
  if (typeof intervalMs !== "number" || !(intervalMs >= 1 && intervalMs <= 86_400_000)) {
    return malformed("header", "intervalMs: a number from 1 to 86400000 is needed");
  }
  if ((from !== undefined && !isMoment(from)) || (to !== undefined && !isMoment(to))) {
    return malformed("header", "from and to: moments in milliseconds since 1970 are needed");
  }
  if (names !== "real" && names !== "pseudonyms") {
    return malformed("header", 'names: "real" or "pseudonyms" is needed');
  }
  return ok({
    feed,
    title,
    intervalMs,
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    names,
  });
}

/** Reads the value of `end`. The index is a help and no more: one that makes no sense is refused, one that is missing is not missed. */
export function readEnd(raw: unknown): Result<ClipEnd, Malformed> {
  if (!isJsonObject(raw)) return malformed("end", "an object is needed");
  const { frames, crc, groups } = raw;
  if (!isWhole(frames)) return malformed("end", "frames: a whole number is needed");
  if (crc !== undefined && (!isWhole(crc) || crc > 0xffff_ffff)) {
    return malformed("end", "crc: a whole number of 32 bits is needed");
  }
  if (groups !== undefined && !(Array.isArray(groups) && groups.length <= frames && groups.every(isGroup))) {
    return malformed("end", "groups: a list of [first, start, offset] is needed");
  }
  return ok({
    frames,
    ...(crc === undefined ? {} : { crc }),
    ...(groups === undefined ? {} : { groups }),
  });
}

function isGroup(raw: unknown): raw is ClipGroup {
  const row: readonly unknown[] = Array.isArray(raw) ? raw : [];
  const [first, start, offset] = row;
  return row.length === 3 && isWhole(first) && isMoment(start) && isWhole(offset);
}

function isWhole(raw: unknown): raw is number {
  return typeof raw === "number" && Number.isSafeInteger(raw) && raw >= 0;
}

function isText(raw: unknown): raw is string {
  return typeof raw === "string" && raw.length <= limits.nameLength;
}
