import { isJsonObject } from "#base/json.ts";
import { err, ok, type Result } from "#base/result.ts";
import type { Millis } from "#base/time.ts";
import { jsonDepth } from "#protocol/recording/clip-lines.ts";
import { clipLimits } from "#protocol/recording/clip-reader.ts";
import { readFrameLine } from "#protocol/recording/frame-line.ts";
import { groupText } from "#protocol/recording/group-text.ts";
import { frameTime, type Seq } from "#protocol/recording/recorded-frame.ts";

import type { GroupInfo, RecordingFault } from "../recording/recording-source.ts";
import { bytesOf, FileFault } from "./file-bytes.ts";
import type { ClipIndex, IndexedGroup } from "./clip-index.ts";
import { inflated, inflatePiece, streamUnpacking } from "./stream-packing.ts";

/** The groups of a file, each by itself. */
export interface GroupShelf {
  /** Ascending. What a group says of its end may be less than is true until it has been read. */
  readonly groups: readonly GroupInfo[];
  text(first: Seq): Promise<Result<string, RecordingFault>>;
}

/** Unpacked, of one group: no memory is needed for more. */
const greatestUnpacked = 4 * clipLimits.lineBytes;

const damaged = err({ kind: "none", message: "This part of the file is damaged." } as const);

/** The groups of a clip as its index says where they are; undefined where the last of them, which tells the end, is not there. */
export async function indexedShelf(file: Blob, { groups }: ClipIndex): Promise<GroupShelf | undefined> {
  let opened: { readonly first: Seq; readonly text: Result<string, RecordingFault> } | undefined;
  const text = async (first: Seq): Promise<Result<string, RecordingFault>> => {
    if (opened?.first === first) {
      const { text: known } = opened;
      opened = undefined;
      return known;
    }
    const group = groups.find((one) => one.first === first);
    return group === undefined ? damaged : readGroupAt(file, group);
  };
  const [opening, last] = [groups[0], groups.at(-1)];
  if (opening === undefined || last === undefined) return undefined;
  const [begin, end] = [await text(opening.first), await text(last.first)];
  const newest = end.ok ? lastFrame(end.value) : undefined;
  if (!begin.ok || newest === undefined) return undefined;
  // What is shown first has just been read.
  opened = { first: opening.first, text: begin };
  const infos = groups.map(({ first, start }): GroupInfo =>
    first === last.first
      ? { first, last: newest.seq, start, end: newest.at }
      : { first, last: first, start, end: start },
  );
  return { groups: infos, text };
}

async function readGroupAt(
  file: Blob,
  { first, start, from, to }: IndexedGroup,
): Promise<Result<string, RecordingFault>> {
  try {
    const bytes = await inflatePiece(await bytesOf(file, from, to), greatestUnpacked);
    if (jsonDepth(bytes) > clipLimits.depth) return damaged;
    const lines = streamUnpacking
      .utf8(bytes)
      .split(/\r?\n/)
      .filter((line) => line !== "" && !isBookmark(line));
    const key = readFrameLine(lines[0] ?? "");
    const isTheOne =
      key.ok &&
      key.value.frame.kind === "key" &&
      key.value.seq === first &&
      frameTime(key.value.frame) === start;
    return isTheOne ? ok(groupText(lines)) : damaged;
  } catch (error: unknown) {
    return error instanceof FileFault ? err({ kind: "failed", message: error.message }) : damaged;
  }
}

/** Between the frames of others bookmarks may stand. */
function isBookmark(line: string): boolean {
  if (line.startsWith('{"seq"')) return false;
  const raw: unknown = JSON.parse(line);
  return isJsonObject(raw) && raw["bookmark"] !== undefined;
}

function lastFrame(text: string): { readonly seq: Seq; readonly at: Millis } | undefined {
  const read = readFrameLine(text.trimEnd().split("\n").at(-1) ?? "");
  return read.ok ? { seq: read.value.seq, at: frameTime(read.value.frame) } : undefined;
}

/** A group that was written anew: where it lies in the scratch file. */
export interface ScratchGroup {
  readonly info: GroupInfo;
  readonly from: number;
  readonly to: number;
}

/** Groups that were written by `packGroup` into one file, one behind the other. */
export function scratchShelf(file: Blob, groups: readonly ScratchGroup[]): GroupShelf {
  return {
    groups: groups.map(({ info }) => info),
    text: async (first) => {
      const group = groups.find(({ info }) => info.first === first);
      if (group === undefined) return damaged;
      try {
        const packed = await bytesOf(file, group.from, group.to);
        return ok(streamUnpacking.utf8(await inflated(packed, Infinity)));
      } catch {
        return err({
          kind: "failed",
          message: "The browser does not give back what it kept. Open the file again.",
        });
      }
    },
  };
}

export async function packGroup(text: string): Promise<Uint8Array<ArrayBuffer>> {
  const packed = new Blob([text]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  return new Uint8Array(await new Response(packed).arrayBuffer());
}
