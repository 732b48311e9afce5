import type { FastifyInstance, FastifyReply } from "fastify";

import { isDeeperThan } from "#base/json-depth.ts";
import type { Clock } from "#base/time.ts";
import { readAlerts } from "#formats/alertmanager/read-alerts.ts";
import { parseJson } from "#formats/vizceral/parse-json.ts";

import { AddressBuckets } from "../access/address-buckets.ts";
import { AlertsPart } from "../sources/alertmanager/alerts-part.ts";
import type { SourcePart } from "../sources/parts/source-part.ts";
import { apiError, onlyWhoMay, type ApiAccess } from "./api-guard.ts";
import { bodyBytes, takeRawBodies } from "./raw-bodies.ts";

/** Thousands of alerts. */
const greatestBodyBytes = 5 * 2 ** 20;

const deepest = 32;

export interface AlertRoutesOptions extends ApiAccess {
  readonly clock: Clock;
  readonly sources: readonly { readonly feed: string; readonly parts?: readonly SourcePart[] }[];
}

/** Takes what Alertmanager sends to a webhook. */
export function addAlerts(http: FastifyInstance, options: AlertRoutesOptions): void {
  const takers = new Map(
    options.sources.flatMap(({ feed, parts: all = [] }) => {
      const part = all.find((one) => one instanceof AlertsPart);
      if (part === undefined) return [];
      const buckets = new AddressBuckets(options.clock, part.perSecond, 5 * part.perSecond);
      return [[feed, { part, buckets }] as const];
    }),
  );

  void http.register(async (scope) => {
    takeRawBodies(scope, ["application/json"], greatestBodyBytes);
    scope.post<{ Params: { feed: string } }>(
      "/api/feeds/:feed/alerts",
      {
        onRequest: [
          onlyWhoMay("push", options),
          async (request, reply) => {
            const taker = takers.get(request.params.feed);
            if (taker === undefined) {
              await reply.code(404).send(apiError(whyNot(request.params.feed, [...takers.keys()], options)));
            } else if (!taker.buckets.take(request.ip)) {
              const message = "That is too much at once. Try again in a second.";
              await reply.code(429).header("Retry-After", "1").send(apiError(message));
            }
          },
        ],
      },
      async (request, reply) => {
        const part = takers.get(request.params.feed)?.part;
        if (part === undefined) return reply.callNotFound();
        const bytes = await bodyBytes(request, greatestBodyBytes);
        if (!bytes.ok) return refuse(part, reply, bytes.error.status, apiError(bytes.error.message));
        if (isDeeperThan(deepest, bytes.value)) {
          return refuse(part, reply, 400, apiError(`The body nests deeper than ${deepest} levels.`));
        }
        const input = parseJson(bytes.value.toString("utf8"));
        if (!input.ok) {
          const { message, line, column, excerpt } = input.error;
          return refuse(part, reply, 400, { error: { message, line, column, excerpt } });
        }
        const read = readAlerts(input.value, part.rules);
        if (!read.ok) return refuse(part, reply, 400, apiError(read.error));
        const { firing } = part.take(read.value);
        return reply.send({ received: read.value.alerts.length, firing, diagnostics: read.value.problems });
      },
    );
  });
}

function refuse(part: AlertsPart, reply: FastifyReply, status: number, body: object): FastifyReply {
  part.refuse();
  if (status === 503) reply.header("Retry-After", "1");
  return reply.code(status).send(body);
}

function whyNot(feed: string, takers: readonly string[], { sources }: AlertRoutesOptions): string {
  const known =
    takers.length === 0
      ? 'No feed takes alerts. Give one a source of the kind alertmanager: "- kind: alertmanager".'
      : `These take alerts: ${takers.join(", ")}.`;
  return sources.some((one) => one.feed === feed)
    ? `The feed ${feed} takes no alerts. ${known}`
    : `The server has no such feed. ${known}`;
}
