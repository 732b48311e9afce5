import type { Result } from "#base/result.ts";
import { err, ok } from "#base/result.ts";
import type { Bookmark } from "#protocol/recording/bookmark.ts";
import type { ClipHeader } from "#protocol/recording/clip-format.ts";
import { clipLimits, readClip } from "#protocol/recording/clip-reader.ts";
import { frameLine } from "#protocol/recording/frame-line.ts";
import { framed, type Moment } from "#protocol/recording/framed.ts";
import { groupText } from "#protocol/recording/group-text.ts";
import { frameTime } from "#protocol/recording/recorded-frame.ts";

import type { GroupInfo, Stretch } from "../recording/recording-source.ts";
import { readIndex, type ClipIndex } from "./clip-index.ts";
import { ClipSummary } from "./clip-summary.ts";
import { fileBytes } from "./file-bytes.ts";
import type { ClipFiles } from "./clip-files.ts";
import { fileParts, type ReadListener } from "./file-parts.ts";
import { indexedShelf, packGroup, scratchShelf, type GroupShelf, type ScratchGroup } from "./group-shelf.ts";
import type { Scratch } from "./scratch.ts";
import { streamUnpacking } from "./stream-packing.ts";

/** A file that can be shown at any moment of it. */
export interface OpenFile {
  readonly header: ClipHeader;
  readonly range: Stretch;
  readonly shelf: GroupShelf;
  /** Grows while the file is read to its end. */
  readonly summary: ClipSummary;
  /** Reads a file that could be shown before it was read, from its beginning: whether it is what it says, and what its timeline shows. Undefined where that is known. */
  readonly check: ((read: ReadListener) => Promise<Result<FileNotes, string>>) | undefined;
  /** What was found while it was read; empty as long as it is to be checked. */
  readonly notes: FileNotes;
}

/** What stands in a file beside the frames. */
export interface FileNotes {
  readonly bookmarks: readonly Bookmark[];
  /** What is odd about it, for people: that it was cut off, for example. */
  readonly oddities: readonly string[];
}

/** As in the logs of servers. */
export const framesPerGroup = 60;

/** Bins of a timeline are this narrow at least: a day of them is no burden. */
const leastBinMs = 250;

/**
 * Opens a clip or something else that was recorded. A clip with an index can be shown at once; anything else is read from its beginning first, group by group into `scratch`. The
 * error is a sentence; then nothing of it is left.
 * @throws FileFault when a file cannot be read, NoRoom when there is no room for it.
 */
export async function openFiles(
  files: ClipFiles,
  openScratch: () => Promise<Scratch>,
  read: ReadListener,
): Promise<Result<OpenFile, string>> {
  const index = files.length === 1 ? await readIndex(files[0]) : undefined;
  const shelf = index === undefined ? undefined : await indexedShelf(files[0], index);
  if (index !== undefined && shelf !== undefined) return ok(openIndexed(files[0], index, shelf));
  return readAll(files, await openScratch(), read);
}

function openIndexed(file: File, index: ClipIndex, shelf: GroupShelf): OpenFile {
  const { header } = index;
  const from = shelf.groups[0]?.start ?? 0;
  const range = { from, to: shelf.groups.at(-1)?.end ?? from };
  const summary = summaryOf(header, from);
  return {
    header,
    range,
    shelf,
    summary,
    check: (read) => check(file, index, summary, read),
    notes: { bookmarks: [], oddities: [] },
  };
}

function summaryOf({ intervalMs }: ClipHeader, from: number): ClipSummary {
  return new ClipSummary(from, Math.max(leastBinMs, intervalMs));
}

async function check(
  file: File,
  { groups }: ClipIndex,
  summary: ClipSummary,
  read: ReadListener,
): Promise<Result<FileNotes, string>> {
  const bookmarks: Bookmark[] = [];
  let met = 0;
  for await (const part of readClip(fileBytes(file, read), streamUnpacking, clipLimits)) {
    if (part.kind === "bookmark") bookmarks.push(part.bookmark);
    else if (part.kind === "frame") {
      summary.add(part.snapshot);
      if (part.frame.kind === "delta") continue;
      const expected = groups[met];
      met += 1;
      if (expected?.first !== part.seq || expected.start !== frameTime(part.frame)) {
        return err(`The index in its last line does not name the keyframe ${part.seq}.`);
      }
    } else if (part.kind === "end" && part.outcome.kind !== "whole") return err(part.outcome.what);
  }
  if (met < groups.length) return err("The index in its last line names keyframes that are not there.");
  return ok({ bookmarks, oddities: [] });
}

async function readAll(
  files: ClipFiles,
  scratch: Scratch,
  read: ReadListener,
): Promise<Result<OpenFile, string>> {
  const reading = new Reading(scratch);
  const parts = fileParts(files, read);
  for await (const { frame, seq, snapshot } of framed(reading.moments(parts), framesPerGroup)) {
    reading.summary?.add(snapshot);
    if (frame.kind === "key") await reading.closeGroup();
    reading.put(frameLine({ seq, frame }), { first: seq, last: seq, start: snapshot.at, end: snapshot.at });
  }
  await reading.closeGroup();
  const { fault, header, groups, summary, notes } = reading;
  const [first, last] = [groups[0], groups.at(-1)];
  if (fault !== undefined) return err(fault);
  if (header === undefined || summary === undefined || first === undefined || last === undefined) {
    return err("There is no frame in it.");
  }
  const shelf = scratchShelf(await scratch.finish(), groups);
  const range = { from: first.info.start, to: last.info.end };
  return ok({ header, range, shelf, summary, notes, check: undefined });
}

/** What has been read so far. */
class Reading {
  readonly #scratch: Scratch;
  readonly groups: ScratchGroup[] = [];
  readonly #bookmarks: Bookmark[] = [];
  readonly #oddities: string[] = [];
  header: ClipHeader | undefined;
  summary: ClipSummary | undefined;
  fault: string | undefined;
  #lines: string[] = [];
  #info: GroupInfo | undefined;
  #offset = 0;

  constructor(scratch: Scratch) {
    this.#scratch = scratch;
  }

  get notes(): FileNotes {
    return { bookmarks: this.#bookmarks, oddities: this.#oddities };
  }

  /** The moments of what is read; the rest is kept here. */
  async *moments(parts: ReturnType<typeof fileParts>): AsyncGenerator<Moment> {
    for await (const part of parts) {
      if (part.kind === "header") ({ header: this.header } = part);
      else if (part.kind === "bookmark") this.#bookmarks.push(part.bookmark);
      else if (part.kind === "oddity") this.#oddities.push(part.what);
      else if (part.kind === "end") {
        if (part.outcome.kind === "faulty") this.fault = part.outcome.what;
        else if (part.outcome.kind === "cut") this.#oddities.push(part.outcome.what);
      } else {
        if (this.header !== undefined) this.summary ??= summaryOf(this.header, part.snapshot.at);
        yield { seq: part.seq, snapshot: part.snapshot };
      }
    }
  }

  put(line: string, frame: GroupInfo): void {
    this.#lines.push(line);
    this.#info = { ...(this.#info ?? frame), last: frame.last, end: frame.end };
  }

  async closeGroup(): Promise<void> {
    const info = this.#info;
    if (info === undefined) return;
    const packed = await packGroup(groupText(this.#lines));
    this.groups.push({ info, from: this.#offset, to: this.#offset + packed.length });
    this.#offset += packed.length;
    this.#lines = [];
    this.#info = undefined;
    await this.#scratch.append(packed);
  }
}
