import { Readable } from "node:stream";

import type { FastifyInstance } from "fastify";

import type { Millis } from "#base/time.ts";
import { bookmarkLimits, type Bookmark } from "#protocol/recording/bookmark.ts";
import { clipSuffix, type ClipHeader } from "#protocol/recording/clip-format.ts";
import { Pseudonyms } from "#protocol/recording/pseudonyms.ts";
import { writeClip } from "#protocol/recording/clip-writer.ts";
import { framed, type Moment } from "#protocol/recording/framed.ts";

import type { BookmarkStore } from "../bookmarks/bookmark-store.ts";
import { countFrames, recordedMoments } from "../clips/recorded-moments.ts";
import { zlibPacking } from "../clips/zlib-packing.ts";
import type { Feed } from "../feed/feed.ts";
import { framesPerGroup } from "../log/feed-log.ts";
import type { Recording } from "../log/recording.ts";
import { apiError, onlyWhoMay, type ApiAccess } from "./api-guard.ts";

/** Of the bookmark that says what a clip is for. */
const noteId = "cut";

/** Each keeps a core busy; the live feed needs one too. */
const greatestExports = 2;

export interface ClipRoutesOptions extends ApiAccess {
  readonly feeds: readonly Feed[];
  /** By feed; none for a feed that is not recorded. */
  readonly recordings: ReadonlyMap<string, Recording>;
  readonly bookmarks: ReadonlyMap<string, BookmarkStore>;
}

interface Asked {
  readonly Params: { readonly feed: string };
  readonly Querystring: {
    readonly from?: string;
    readonly to?: string;
    readonly names?: string;
    readonly note?: string;
  };
}

/** Cuts a stretch of time out of a feed's recording, as one file, in the memory of one group. */
export function addClips(http: FastifyInstance, options: ClipRoutesOptions): void {
  const { feeds, recordings, bookmarks } = options;
  let running = 0;
  http.get<Asked>(
    "/api/feeds/:feed/recording/clip",
    { onRequest: onlyWhoMay("watch", options) },
    async (request, reply) => {
      const feed = feeds.find(({ id }) => id === request.params.feed);
      const recording = recordings.get(request.params.feed);
      if (feed === undefined || recording === undefined) {
        const why =
          feed === undefined
            ? `The server has no such feed. It has: ${feeds.map(({ id }) => id).join(", ")}.`
            : "This feed is not recorded, so there is nothing to cut a clip from. Start the server with --record on.";
        return reply.code(404).send(apiError(why));
      }
      const cut = readCut(request.query);
      if (cut === undefined) return reply.code(400).send(apiError(howToAsk));
      if (running >= greatestExports) {
        const message = `The server cuts ${greatestExports} clips already. Try again when one is done.`;
        return reply.code(503).header("Retry-After", "5").send(apiError(message));
      }
      running += 1;
      const done = () => {
        running -= 1;
      };
      try {
        const stretch = await recorded(recording, cut);
        const frames =
          stretch === undefined ? 0 : await countFrames({ log: feed.log, recording }, ...stretch);
        if (stretch === undefined || frames === 0) {
          done();
          return await reply.code(404).send(apiError("Nothing is recorded between these moments."));
        }
        const pieces = clip(feed, stretch, cut, bookmarks.get(feed.id));
        // No more pieces wait than one when whoever asked for them reads slowly.
        const stream = Readable.from(pieces, { highWaterMark: 1 });
        stream.once("close", done);
        stream.once("error", (error) => request.log.error({ err: error }, "A clip broke off"));
        return await reply
          .type("application/gzip")
          .header("Cache-Control", "no-store")
          .header("X-Spillway-Frames", String(frames))
          .header("Content-Disposition", `attachment; filename="${fileName(feed.id, stretch[0])}"`)
          .send(stream);
      } catch (error: unknown) {
        done();
        throw error;
      }
    },
  );
}

interface Cut {
  readonly from: Millis;
  readonly to: Millis;
  readonly names: ClipHeader["names"];
  /** Of whoever cuts it: a bookmark of the stretch, as it was written, unless empty. */
  readonly note: string;
}

const howToAsk =
  "Ask with from and to (milliseconds since 1970, from before to; without them it is everything) names=real or names=pseudonyms, and a note of at most 500 characters.";

function readCut({ from, to, names = "real", note = "" }: Asked["Querystring"]): Cut | undefined {
  const [begin, end] = [numberIn(from, -Infinity), numberIn(to, Infinity)];
  if (begin === undefined || end === undefined || begin > end) return undefined;
  if (typeof note !== "string" || note.length > bookmarkLimits.noteLength) return undefined;
  return names === "real" || names === "pseudonyms" ? { from: begin, to: end, names, note } : undefined;
}

function numberIn(text: string | undefined, usual: number): number | undefined {
  if (text === undefined) return usual;
  const value = Number(text);
  return text.trim() !== "" && Number.isFinite(value) ? value : undefined;
}

type Stretch = readonly [from: Millis, to: Millis];

/** What of a stretch is recorded now: the feed goes on. */
async function recorded(recording: Recording, { from, to }: Cut): Promise<Stretch | undefined> {
  const groups = await recording.groups(from, to);
  const [first, last] = [groups[0], groups.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  return [Math.max(from, first.start), Math.min(to, last.end)];
}

function clip(
  feed: Feed,
  [from, to]: Stretch,
  { names, note }: Pick<Cut, "names" | "note">,
  bookmarks: BookmarkStore | undefined,
): AsyncGenerator<Uint8Array> {
  const header: ClipHeader = {
    feed: feed.id,
    title: feed.title.slice(0, 256),
    intervalMs: feed.intervalMs,
    from,
    to,
    names: "real",
  };
  const moments = recordedMoments(feed.log, from, to);
  const within = () => (bookmarks?.list() ?? []).filter(({ at, to: end = at }) => end >= from && at <= to);
  const noted = (others: readonly Bookmark[]): readonly Bookmark[] =>
    note === "" || to <= from
      ? others
      : [{ id: noteId, at: from, to, note }, ...others.filter(({ id }) => id !== noteId)];
  if (names === "real") {
    const all = () => noted(within());
    return writeClip({ header, frames: framed(moments, framesPerGroup), bookmarks: all }, zlibPacking);
  }
  const pseudonyms = new Pseudonyms();
  return writeClip(
    {
      header: pseudonyms.header(header),
      frames: framed(renamed(moments, pseudonyms), framesPerGroup),
      bookmarks: () => noted(pseudonyms.bookmarks(within())),
    },
    zlibPacking,
  );
}

async function* renamed(moments: AsyncIterable<Moment>, pseudonyms: Pseudonyms): AsyncGenerator<Moment> {
  for await (const { seq, snapshot } of moments) yield { seq, snapshot: pseudonyms.snapshot(snapshot) };
}

/** "demo-2026-01-06T12-00-00Z.spillway.ndjson.gz": no colons, which some file systems do not take. */
function fileName(feed: string, from: Millis): string {
  const moment = new Date(from).toISOString().replace(/\.\d+/, "").replaceAll(":", "-");
  return `${feed.replaceAll(/[^\w-]/g, "_")}-${moment}${clipSuffix}`;
}
