import { promisify } from "node:util";
import { gunzip } from "node:zlib";

import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

import type { Millis } from "#base/time.ts";
import { groupText } from "#protocol/recording/group-text.ts";

import type { Feed } from "../feed/feed.ts";
import { withNeighbours } from "../log/group-neighbours.ts";
import type { GroupContent, Recording } from "../log/recording.ts";
import { apiError, onlyWhoMay, type ApiAccess } from "./api-guard.ts";

const expand = promisify(gunzip);

/** A list of groups is asked for a day at a time at most: 1,440 at 1 Hz. */
const greatestGroups = 5_000;
const greatestBins = 4_000;
const usualBins = 600;

export interface RecordingRoutesOptions extends ApiAccess {
  readonly feeds: readonly Feed[];
  /** By feed; none for a feed that is not recorded. */
  readonly recordings: ReadonlyMap<string, Recording>;
}

interface Asked {
  readonly Params: { readonly feed: string };
  readonly Querystring: { readonly from?: string; readonly to?: string; readonly bins?: string };
}

/**
 * The past of feeds, to be looked at: an overview for timelines, and the groups of frames themselves, which never change once they are closed, so that replaying at
 * any speed costs the server nothing that it would have to remember.
 */
export function addRecordings(http: FastifyInstance, options: RecordingRoutesOptions): void {
  const onRequest = onlyWhoMay("watch", options);
  const found = (name: string, reply: FastifyReply): { feed: Feed; recording: Recording } | undefined => {
    const feed = options.feeds.find(({ id }) => id === name);
    const recording = options.recordings.get(name);
    if (feed !== undefined && recording !== undefined) return { feed, recording };
    const names = options.feeds.map(({ id }) => id).join(", ");
    const why =
      feed === undefined
        ? `The server has no such feed. It has: ${names}.`
        : "This feed is not recorded. Start the server with --record on, and see its log for what is in the way.";
    void reply.code(404).send(apiError(why));
    return undefined;
  };

  http.get<Asked>("/api/feeds/:feed/recording", { onRequest }, async (request, reply) => {
    const known = found(request.params.feed, reply);
    if (known === undefined) return reply;
    const { feed, recording } = known;
    const all = await recording.groups(-Infinity, Infinity);
    const [first, last] = [all[0], all.at(-1)];
    const stretch = readStretch(request, { from: first?.start ?? 0, to: last?.end ?? 0 });
    const bins = readNumber(request.query.bins, usualBins);
    if (stretch === undefined || bins === undefined || bins < 1 || bins > greatestBins) {
      return reply.code(400).send(apiError(howToAsk));
    }
    reply.header("Cache-Control", "no-store");
    const overview = await recording.overview(stretch.from, stretch.to, Math.floor(bins));
    return {
      feed: feed.id,
      ...feed.log.head(),
      intervalMs: feed.intervalMs,
      start: first?.start ?? null,
      end: last?.end ?? null,
      bytes: await recording.bytes(),
      ...stretch,
      stepMs: overview.stepMs,
      bins: overview.bins.map((bin) => [
        bin.at,
        bin.frames,
        bin.total,
        bin.warning,
        bin.danger,
        bin.worst,
        bin.latencyMs ?? null,
        bin.notices,
        bin.isSimulated ? 1 : 0,
      ]),
      marks: overview.marks,
    };
  });

  http.get<Asked>("/api/feeds/:feed/recording/groups", { onRequest }, async (request, reply) => {
    const known = found(request.params.feed, reply);
    if (known === undefined) return reply;
    const stretch = readStretch(request, { from: -Infinity, to: Infinity });
    if (stretch === undefined) return reply.code(400).send(apiError(howToAsk));
    const groups = withNeighbours(await known.recording.groups(-Infinity, Infinity), stretch);
    if (groups.length > greatestGroups) {
      const message = `That is ${groups.length} groups of frames; ask for a shorter stretch with from and to.`;
      return reply.code(413).send(apiError(message));
    }
    reply.header("Cache-Control", "no-store");
    return {
      epoch: known.feed.log.head().epoch,
      groups: groups.map(({ first, last, start, end, bytes }) => [first, last, start, end, bytes]),
    };
  });

  http.get<{ Params: { feed: string; first: string } }>(
    "/api/feeds/:feed/recording/groups/:first",
    { onRequest },
    async (request, reply) => {
      const known = found(request.params.feed, reply);
      if (known === undefined) return reply;
      const first = Number(request.params.first);
      const group = Number.isSafeInteger(first) ? await known.recording.group(first) : undefined;
      if (group === undefined) {
        return reply.code(404).send(apiError("No group of frames begins there, or it is no longer kept."));
      }
      return sendGroup(request, reply, group, known.feed.log.head().epoch);
    },
  );
}

const howToAsk =
  "Ask with from and to (milliseconds since 1970, from before to) and bins (1 to 4000), or without them for everything.";

async function sendGroup(
  request: FastifyRequest,
  reply: FastifyReply,
  group: GroupContent,
  epoch: string,
): Promise<FastifyReply> {
  if (group.kind === "damaged") {
    const message = `Frames ${group.info.first} to ${group.info.last} are damaged on the disk and cannot be shown.`;
    return reply.code(410).send(apiError(message));
  }
  reply.type("application/x-ndjson; charset=utf-8").header("Vary", "Accept-Encoding, Authorization");
  if (group.kind === "lines") return reply.header("Cache-Control", "no-store").send(groupText(group.lines));
  const etag = `"${epoch}-${group.info.first}-${group.info.last}"`;
  // A closed group never changes; only those who may watch may have it.
  reply.header("Cache-Control", "private, max-age=31536000, immutable").header("ETag", etag);
  if (request.headers["if-none-match"]?.includes(etag) === true) return reply.code(304).send();
  const chunk = Buffer.from(group.chunk);
  return /\bgzip\b/i.test(request.headers["accept-encoding"] ?? "")
    ? reply.header("Content-Encoding", "gzip").send(chunk)
    : reply.send(await expand(chunk));
}

function readStretch(
  request: FastifyRequest<Asked>,
  usual: { readonly from: Millis; readonly to: Millis },
): { readonly from: Millis; readonly to: Millis } | undefined {
  const from = readNumber(request.query.from, usual.from);
  const to = readNumber(request.query.to, usual.to);
  return from === undefined || to === undefined || from > to ? undefined : { from, to };
}

function readNumber(text: string | undefined, usual: number): number | undefined {
  if (text === undefined) return usual;
  const value = Number(text);
  return text.trim() !== "" && Number.isFinite(value) ? value : undefined;
}
