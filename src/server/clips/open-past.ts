import { randomBytes } from "node:crypto";
import { rm } from "node:fs/promises";

import { err, ok, type Result } from "#base/result.ts";
import type { Millis } from "#base/time.ts";
import { nodeVolumes } from "#domain/volume.ts";
import type { Bookmark } from "#protocol/recording/bookmark.ts";
import type { ClipHeader } from "#protocol/recording/clip-format.ts";
import { summarise } from "#protocol/recording/frame-summary.ts";
import { framed, type Moment } from "#protocol/recording/framed.ts";

import { framesPerGroup, type FeedLog } from "../log/feed-log.ts";
import type { Recording } from "../log/recording.ts";
import { SqliteLog } from "../log/sqlite/sqlite-log.ts";
import { openStore, storeLine } from "../log/sqlite/store-client.ts";
import { temporaryFolder } from "./temporary-folder.ts";
import { trafficParts } from "./traffic-parts.ts";

/** Something recorded that can be looked at from any side. */
export interface Past {
  readonly header: ClipHeader;
  readonly start: Millis;
  readonly end: Millis;
  readonly frames: number;
  /** Ends and forgets everything when it is closed; nothing can be appended. */
  readonly log: FeedLog;
  readonly recording: Recording;
  readonly bookmarks: readonly Bookmark[];
  /** What is odd about it, for people: that it was cut off, for example. */
  readonly oddities: readonly string[];
}

/** A recording has a file for each day; a clip of more days than that was made to fill a disk with files. */
const greatestSpanMs = 400 * 86_400_000;

/** Frames on their way to the disk at once: so many cost it one flush. */
const atOnce = 64;

/**
 * Reads something recorded (see `trafficParts`) into a recording of its own, in a folder that is removed when the log is closed. The error is a sentence; then nothing
 * of it is left.
 */
export async function openPast(path: string): Promise<Result<Past, string>> {
  const folder = await temporaryFolder("clip");
  const remove = () => rm(folder, { recursive: true, force: true });
  const bounds = { greatestAgeMs: Number.MAX_SAFE_INTEGER, greatestBytes: Number.MAX_SAFE_INTEGER };
  const freshEpoch = randomBytes(12).toString("hex");
  const store = await openStore({ folder, freshEpoch, ...bounds }, storeLine());
  if (!store.ok) {
    await remove();
    return store;
  }
  const log = new TemporaryLog(new SqliteLog(store.value, () => {}), remove);
  const imported = await importParts(path, log.all).catch((error: unknown) =>
    err(error instanceof Error ? error.message : String(error)),
  );
  if (imported.ok) return ok({ ...imported.value, log, recording: log.all.recording });
  await log.close();
  return err(`${path} cannot be replayed. ${imported.error}`);
}

type Imported = Omit<Past, "log" | "recording">;

async function importParts(path: string, log: SqliteLog): Promise<Result<Imported, string>> {
  let header: ClipHeader | undefined;
  const bookmarks: Bookmark[] = [];
  const oddities: string[] = [];
  const seen = { start: NaN, end: NaN, frames: 0 };
  let fault: string | undefined;

  async function* moments(): AsyncGenerator<Moment> {
    for await (const part of trafficParts(path)) {
      if (part.kind === "header") ({ header } = part);
      else if (part.kind === "bookmark") bookmarks.push(part.bookmark);
      else if (part.kind === "oddity") oddities.push(part.what);
      else if (part.kind === "end") {
        if (part.outcome.kind === "faulty") fault = part.outcome.what;
        else if (part.outcome.kind === "cut") oddities.push(part.outcome.what);
      } else {
        const { at } = part.snapshot;
        if (seen.frames === 0) seen.start = at;
        if (at - seen.start > greatestSpanMs) {
          fault = "It spans more than 400 days. Cut it into shorter ones.";
          return;
        }
        seen.end = at;
        seen.frames += 1;
        yield { seq: part.seq, snapshot: part.snapshot };
      }
    }
  }

  await appendAll(log, moments());
  if (fault !== undefined) return err(fault);
  if (header === undefined || seen.frames === 0) return err("There is no frame in it.");
  return ok({ header, ...seen, bookmarks, oddities });
}

/** Stores moments under numbers of the log's own. */
async function appendAll(log: SqliteLog, moments: AsyncIterable<Moment>): Promise<void> {
  let writing: Promise<unknown>[] = [];
  for await (const { seq, frame, snapshot } of framed(moments, framesPerGroup)) {
    writing.push(log.append(frame, String(seq), summarise(snapshot, nodeVolumes(snapshot))));
    if (writing.length < atOnce) continue;
    await Promise.all(writing);
    writing = [];
  }
  await Promise.all(writing);
}

/** A log that is read and thrown away. */
class TemporaryLog implements FeedLog {
  readonly all: SqliteLog;
  readonly #remove: () => Promise<void>;

  constructor(all: SqliteLog, remove: () => Promise<void>) {
    this.all = all;
    this.#remove = remove;
  }

  append(): Promise<never> {
    return Promise.reject(new Error("What was recorded elsewhere takes no more frames."));
  }

  tail(from: number): ReturnType<FeedLog["tail"]> {
    return this.all.tail(from);
  }

  keyframeBefore(at: Millis): ReturnType<FeedLog["keyframeBefore"]> {
    return this.all.keyframeBefore(at);
  }

  range(from: Millis, to: Millis): ReturnType<FeedLog["range"]> {
    return this.all.range(from, to);
  }

  head(): ReturnType<FeedLog["head"]> {
    return this.all.head();
  }

  async close(): Promise<void> {
    await this.all.close();
    await this.#remove();
  }
}
