import { ok } from "#base/result.ts";
import type { FeedSources } from "#players/feed-sources.ts";

/** A server whose feeds are not put together from anything. */
export const noSources: FeedSources = { list: () => Promise.resolve(ok([])) };
