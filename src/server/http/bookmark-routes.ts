import type { FastifyInstance, FastifyReply } from "fastify";

import { bookmarkLimits, readBookmarkDraft } from "#protocol/recording/bookmark.ts";

import type { BookmarkStore } from "../bookmarks/bookmark-store.ts";
import { apiError, onlyWhoMay, type ApiAccess } from "./api-guard.ts";

/** A note of the greatest length in the widest letters, and the rest. */
const greatestBookmarkBytes = 4 * 1024;

export interface BookmarkRoutesOptions extends ApiAccess {
  /** By feed. */
  readonly bookmarks: ReadonlyMap<string, BookmarkStore>;
}

/** Bookmarks of feeds: everybody who may watch sees them, operators set and remove them. */
export function addBookmarks(http: FastifyInstance, options: BookmarkRoutesOptions): void {
  const mayWatch = onlyWhoMay("watch", options);
  const mayOperate = onlyWhoMay("operate", options);
  const storeOf = (feed: string, reply: FastifyReply): BookmarkStore | undefined => {
    const store = options.bookmarks.get(feed);
    if (store !== undefined) return store;
    const names = [...options.bookmarks.keys()].join(", ");
    void reply.code(404).send(apiError(`The server has no such feed. It has: ${names}.`));
    return undefined;
  };

  http.get<{ Params: { feed: string } }>(
    "/api/feeds/:feed/bookmarks",
    { onRequest: mayWatch },
    async (request, reply) => {
      const store = storeOf(request.params.feed, reply);
      if (store === undefined) return reply;
      return reply.header("Cache-Control", "no-store").send({ bookmarks: store.list() });
    },
  );

  http.post<{ Params: { feed: string } }>(
    "/api/feeds/:feed/bookmarks",
    { onRequest: mayOperate, bodyLimit: greatestBookmarkBytes },
    async (request, reply) => {
      const store = storeOf(request.params.feed, reply);
      if (store === undefined) return reply;
      const draft = readBookmarkDraft(request.body);
      if (!draft.ok) {
        return reply.code(400).send(apiError(`Send {"at", "to"?, "note"?}; ${draft.error.what}.`));
      }
      try {
        const added = await store.add(draft.value);
        if (added.ok) return await reply.code(201).send(added.value);
        const message = `The feed has ${bookmarkLimits.perFeed} bookmarks, and no more are kept. Remove some first.`;
        return await reply.code(409).send(apiError(message));
      } catch (error: unknown) {
        request.log.error({ err: error }, "A bookmark cannot be kept");
        return reply.code(503).send(apiError(cannotKeepBookmarks));
      }
    },
  );

  http.delete<{ Params: { feed: string; id: string } }>(
    "/api/feeds/:feed/bookmarks/:id",
    { onRequest: mayOperate },
    async (request, reply) => {
      const store = storeOf(request.params.feed, reply);
      if (store === undefined) return reply;
      try {
        if (await store.remove(request.params.id)) return await reply.code(204).send();
        return await reply.code(404).send(apiError("There is no such bookmark; it may have been removed."));
      } catch (error: unknown) {
        request.log.error({ err: error }, "Bookmarks cannot be kept");
        return reply.code(503).send(apiError(cannotKeepBookmarks));
      }
    },
  );
}

const cannotKeepBookmarks =
  "The server cannot keep its bookmarks: its data folder cannot be written. Whoever runs it can name another one with --data.";
