import fastify, { type FastifyInstance } from "fastify";

import type { Frame } from "#protocol/recording/recorded-frame.ts";
import type { TokenEntry } from "#server/config/token-setting.ts";
import type { FeedConfig } from "#server/config/feeds-config.ts";
import { Feed } from "#server/feed/feed.ts";
import { addAlerts } from "#server/http/alert-routes.ts";
import { addPush } from "#server/http/push-routes.ts";
import { MemoryLog } from "#server/log/memory-log.ts";
import { openFeed } from "#server/sources/merged/open-feed.ts";
import { pushFeed } from "#server/sources/push/push-feed.ts";
import { systemClock } from "#server/system-clock.ts";

/** A log that can be told to fail, as a full disk does. */
class FailingLog extends MemoryLog {
  isFull = false;

  override append(frame: Frame, id: string): Promise<number> {
    return this.isFull ? Promise.reject(new Error("The disk is full.")) : super.append(frame, id);
  }
}

export interface PushStation {
  readonly http: FastifyInstance;
  readonly feed: Feed;
  readonly log: FailingLog;
  stop(): Promise<void>;
}

/** The feed of `--source push:shop`, or another, behind the routes that take pushes; no page, no sockets, nothing on a disk. */
export async function pushStation(
  options: { readonly tokens?: readonly TokenEntry[]; readonly config?: FeedConfig } = {},
): Promise<PushStation> {
  const clock = systemClock();
  const random = () => 0.5;
  const shop = pushFeed("push:shop");
  if (!shop.ok) throw new Error(shop.error);
  const config = options.config ?? shop.value;
  const { source, parts } = openFeed(config, { clock, random, intervalMs: 3_600_000 });
  const log = new FailingLog({ epoch: "test", greatestFrames: 50, greatestBytes: 20_000_000 });
  const watch = {
    onFrame: () => undefined,
    onLateFrame: () => undefined,
    onSourceFailure: () => undefined,
    onUnrecorded: () => undefined,
  };
  const feed = new Feed({ id: config.name, source, log, clock, random, lingerMs: 0, watch });
  const http = fastify({ bodyLimit: 16 * 1024 });
  const access = { tokens: options.tokens ?? [], origins: { allowed: [], isLocalOnly: true } };
  const sources = [{ feed: config.name, merged: source, parts }];
  addPush(http, { ...access, clock, feeds: [feed], sources });
  addAlerts(http, { ...access, clock, sources });
  const stop = new AbortController();
  const running = feed.run(stop.signal);
  await http.ready();
  return {
    http,
    feed,
    log,
    async stop() {
      stop.abort();
      await running;
      await http.close();
    },
  };
}
