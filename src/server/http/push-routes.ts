import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

import type { Clock } from "#base/time.ts";

import { AddressBuckets } from "../access/address-buckets.ts";
import type { Feed } from "../feed/feed.ts";
import type { MergedSource } from "../sources/merged/merged-source.ts";
import type { SourcePart } from "../sources/parts/source-part.ts";
import { IdempotentAnswers, type Answer } from "../sources/push/idempotent-answers.ts";
import { keptFrame } from "../sources/push/keep-frame.ts";
import { PushPart } from "../sources/push/push-part.ts";
import { readPushAside } from "../sources/push/read-push-aside.ts";
import { pushTypes, type PushType } from "../sources/push/read-push.ts";
import { apiError, onlyWhoMay, type ApiAccess } from "./api-guard.ts";
import { bodyBytes, takeRawBodies } from "./raw-bodies.ts";

/** Of a body, packed and unpacked. */
export const greatestPushBytes = 5 * 2 ** 20;

/** A key that is longer is no key. */
const longestKey = 255;

/** Answers hold what is odd in a push: some are long. */
const answerLimits = { greatestKeys: 1_000, greatestBytes: 4 * 2 ** 20 };

export interface PushRoutesOptions extends ApiAccess {
  readonly clock: Clock;
  readonly feeds: readonly Feed[];
  readonly sources: readonly {
    readonly feed: string;
    readonly merged?: MergedSource;
    readonly parts?: readonly SourcePart[];
  }[];
}

/** A feed that takes what is pushed. */
interface Target {
  readonly feed: Feed;
  readonly merged: MergedSource;
  readonly part: PushPart;
  readonly answers: IdempotentAnswers;
  readonly buckets: AddressBuckets;
}

/** Takes traffic that somebody sends. */
export function addPush(http: FastifyInstance, options: PushRoutesOptions): void {
  const { clock } = options;
  const targets = new Map(options.sources.flatMap((source) => targetOf(source, options)));

  const withinRate = async (
    request: FastifyRequest<{ Params: { feed: string } }>,
    reply: FastifyReply,
  ): Promise<void> => {
    const target = targets.get(request.params.feed);
    if (target === undefined) {
      await reply.code(404).send(apiError(whyNoTarget(request.params.feed, targets, options)));
    } else if (!target.buckets.take(request.ip)) {
      target.part.refuse();
      const message = `More than ${target.part.perSecond} pushes a second are not taken. Wait a second.`;
      await reply.code(429).header("Retry-After", "1").send(apiError(message));
    }
  };

  void http.register(async (scope) => {
    takeRawBodies(scope, Object.values(pushTypes), greatestPushBytes);
    scope.post<{ Params: { feed: string } }>(
      "/api/feeds/:feed/frames",
      { onRequest: [onlyWhoMay("push", options), withinRate] },
      async (request, reply) => {
        const target = targets.get(request.params.feed);
        if (target === undefined) return reply.callNotFound();
        const bytes = await bodyBytes(request, greatestPushBytes);
        if (!bytes.ok) {
          target.part.refuse();
          return send(reply, refused(bytes.error.status, apiError(bytes.error.message)));
        }
        const type = typeOf(request);
        const work = () => target.part.inTurn(() => take(target, type, bytes.value, clock));
        const key = keyOf(request);
        if (key === undefined) return send(reply, await work());
        if (key.length > longestKey) {
          return send(reply, refused(400, apiError(`Idempotency-Key has at most ${longestKey} characters.`)));
        }
        const answer = await target.answers.answer(`${type} ${key}`, bytes.value, work);
        return send(reply, answer ?? refused(422, apiError(keyReused)));
      },
    );
  });
}

const keyReused =
  "This Idempotency-Key came with another body before. Use a new key for each frame, and the same one only to send the same again.";

async function take(target: Target, type: PushType, body: Buffer, clock: Clock): Promise<Answer> {
  const { feed, merged, part } = target;
  const { windowMs, newest: before } = part;
  const read = await readPushAside({ type, body, now: clock.now(), windowMs, before });
  if (!read.ok) {
    part.refuse();
    const { status, ...error } = read.error;
    return refused(status, { error });
  }
  const { snapshot, problems } = read.value;
  if (!part.take({ kind: "snapshot", snapshot, problems })) {
    return later("The feed is starting or stopping. Send it again in a moment.");
  }
  const kept = await keptFrame(feed, clock, () => merged.show());
  if (!kept.ok) return later(kept.error);
  const frame = { feed: feed.id, seq: kept.value.seq, at: kept.value.at };
  return { status: 202, body: JSON.stringify({ frame, diagnostics: problems }) };
}

function refused(status: number, body: object): Answer {
  return { status, body: JSON.stringify(body) };
}

function later(message: string): Answer {
  return { ...refused(503, apiError(message)), headers: { "Retry-After": "5" } };
}

function send(reply: FastifyReply, { status, body, headers = {} }: Answer): FastifyReply {
  // Unpacking gives way by itself in a second.
  const retry = status === 503 && headers["Retry-After"] === undefined ? { "Retry-After": "1" } : {};
  return reply
    .code(status)
    .headers({ ...retry, ...headers })
    .type("application/json")
    .send(body);
}

function typeOf({ headers }: FastifyRequest): PushType {
  const written = headers["content-type"]?.split(";")[0]?.trim().toLowerCase();
  return Object.values(pushTypes).find((type) => type === written) ?? pushTypes.whole;
}

function keyOf({ headers }: FastifyRequest): string | undefined {
  const key = headers["idempotency-key"];
  return typeof key === "string" && key !== "" ? key : undefined;
}

function targetOf(
  { feed: id, merged, parts = [] }: PushRoutesOptions["sources"][number],
  { feeds, clock }: PushRoutesOptions,
): (readonly [string, Target])[] {
  const feed = feeds.find((one) => one.id === id);
  const part = parts.find((one) => one instanceof PushPart);
  if (feed === undefined || merged === undefined || part === undefined) return [];
  const { perSecond } = part;
  const buckets = new AddressBuckets(clock, perSecond, Math.max(1, 2 * perSecond));
  return [[id, { feed, merged, part, buckets, answers: new IdempotentAnswers(answerLimits) }]];
}

function whyNoTarget(
  feed: string,
  targets: ReadonlyMap<string, Target>,
  { sources }: PushRoutesOptions,
): string {
  const names = [...targets.keys()].join(", ");
  const known =
    names === ""
      ? `No feed takes pushes. Start the server with --source push:NAME, or give a feed a source of the kind push.`
      : `These take pushes: ${names}.`;
  return sources.some((one) => one.feed === feed)
    ? `The feed ${feed} takes no pushes. ${known}`
    : `The server has no such feed. ${known}`;
}
