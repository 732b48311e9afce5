import { promisify } from "node:util";
import { gunzip } from "node:zlib";

import type { FastifyInstance, FastifyReply } from "fastify";

import { isJsonObject } from "#base/json.ts";
import type { Clock, Millis } from "#base/time.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";

import { AddressBuckets } from "../access/address-buckets.ts";
import type { Feed } from "../feed/feed.ts";
import { isFrameAddress } from "../frames/frame-address.ts";
import { frameAt } from "../frames/frame-at.ts";
import type { FrameStore } from "../frames/frame-store.ts";
import { apiError, cannotKeep, onlyWhoMay, type ApiAccess } from "./api-guard.ts";

const expand = promisify(gunzip);

/** `{"at": 1700000000000}` and room for what nobody needs. */
const greatestAskBytes = 1024;

/** Frames that one address may freeze in a second, and at once: a person presses a button. */
const freezesPerSecond = 0.5;
const freezeBurst = 10;

export interface FrameRoutesOptions extends ApiAccess {
  readonly clock: Clock;
  readonly feeds: readonly Feed[];
  readonly frames: FrameStore;
}

/** Freezes frames of feeds, and gives out those that were frozen. */
export function addFrames(http: FastifyInstance, options: FrameRoutesOptions): void {
  const { clock, feeds, frames } = options;
  const onRequest = onlyWhoMay("watch", options);
  const buckets = new AddressBuckets(clock, freezesPerSecond, freezeBurst);

  http.post<{ Params: { feed: string } }>(
    "/api/feeds/:feed/freeze",
    { onRequest, bodyLimit: greatestAskBytes },
    async (request, reply) => {
      const feed = feeds.find(({ id }) => id === request.params.feed);
      if (feed === undefined) {
        const names = feeds.map(({ id }) => id).join(", ");
        return reply.code(404).send(apiError(`The server has no such feed. It has: ${names}.`));
      }
      const at = momentOf(request.body);
      if (at === "odd") {
        return reply
          .code(400)
          .send(apiError('Send {"at": MOMENT}, milliseconds since 1970, or nothing for the newest frame.'));
      }
      if (!buckets.take(request.ip)) {
        return reply
          .code(429)
          .header("Retry-After", String(1 / freezesPerSecond))
          .send(apiError("That is too many frames at once. Try again in a few seconds."));
      }
      const frozen = await freezable(feed, at);
      if (!frozen.ok) return reply.code(frozen.status).send(apiError(frozen.message));
      try {
        const hash = await frames.put(frozen.snapshot);
        return await reply.code(201).send({ hash, at: frozen.snapshot.at });
      } catch (error: unknown) {
        request.log.error({ err: error }, "A frame cannot be kept");
        return reply.code(503).send(apiError(cannotKeep));
      }
    },
  );

  http.get<{ Params: { hash: string } }>("/api/frames/:hash", { onRequest }, async (request, reply) => {
    const { hash } = request.params;
    if (!isFrameAddress(hash)) {
      return reply.code(404).send(apiError("A frame's address is 32 digits and small letters from a to f."));
    }
    const packed = await frames.packed(hash);
    if (packed === undefined) return reply.code(404).send(apiError(notKept));
    const etag = `"${hash}"`;
    // What it holds is what it is called by; only those who may watch may have it, so no cache between may keep it.
    reply.header("Cache-Control", "private, max-age=31536000, immutable").header("ETag", etag);
    reply.header("Vary", "Accept-Encoding, Authorization");
    if (request.headers["if-none-match"]?.includes(etag) === true) return reply.code(304).send();
    return sendPacked(reply, packed, request.headers["accept-encoding"]);
  });
}

const notKept =
  "The server does not have this frame. It keeps the newest 100 that were frozen; start from the feed's frame of now.";

async function sendPacked(reply: FastifyReply, packed: Buffer, accepted: unknown): Promise<FastifyReply> {
  reply.type("application/json; charset=utf-8");
  const takesGzip = typeof accepted === "string" && /\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/i.test(accepted);
  return takesGzip ? reply.header("Content-Encoding", "gzip").send(packed) : reply.send(await expand(packed));
}

/** The moment that is asked for; undefined stands for now. */
function momentOf(body: unknown): Millis | undefined | "odd" {
  if (body === undefined || body === null) return undefined;
  if (!isJsonObject(body)) return "odd";
  const { at } = body;
  if (at === undefined) return undefined;
  return typeof at === "number" && Number.isFinite(at) ? at : "odd";
}

type Freezable =
  | { readonly ok: true; readonly snapshot: TrafficSnapshot }
  | { readonly ok: false; readonly status: number; readonly message: string };

async function freezable({ head, log }: Feed, at: Millis | undefined): Promise<Freezable> {
  if (head === undefined) {
    return { ok: false, status: 503, message: "The feed has no frame yet. Try again when it shows traffic." };
  }
  const isHead = at === undefined || at >= head.snapshot.at;
  const snapshot = isHead ? head.snapshot : await frameAt(log, at);
  if (snapshot === undefined) {
    return {
      ok: false,
      status: 410,
      message: "The frame of that moment is no longer kept. Freeze a later one, or the frame of now.",
    };
  }
  if (snapshot.simulated !== undefined) {
    return {
      ok: false,
      status: 409,
      message:
        "The feed shows a drill at that moment, and a drill cannot start from simulated traffic. Stop it first.",
    };
  }
  return { ok: true, snapshot };
}
