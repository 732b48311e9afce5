import { isJsonObject } from "#base/json.ts";
import { err, ok } from "#base/result.ts";
import { bookmarkLimits, readBookmark } from "#protocol/recording/bookmark.ts";

import { HttpJson, unreadable, type HttpOptions } from "../http-json.ts";
import type { BookmarkSource } from "./bookmark-source.ts";

/** Bookmarks as the server of the page keeps them. */
export function httpBookmarks(options: HttpOptions): BookmarkSource {
  const http = new HttpJson(options);
  return {
    authorize: (token) => http.authorize(token),
    list: async (feed) => {
      const answer = await http.ask(pathOf(feed));
      if (!answer.ok) return answer;
      const list: unknown = isJsonObject(answer.value) ? answer.value["bookmarks"] : undefined;
      if (!Array.isArray(list)) return err(unreadable);
      const bookmarks = list.slice(0, bookmarkLimits.perFeed).flatMap((raw) => {
        const read = readBookmark(raw);
        return read.ok ? [read.value] : [];
      });
      return ok(bookmarks.toSorted((one, other) => one.at - other.at));
    },
    add: async (feed, draft) => {
      const answer = await http.ask(pathOf(feed), { method: "POST", body: JSON.stringify(draft) });
      if (!answer.ok) return answer;
      const kept = readBookmark(answer.value);
      return kept.ok ? kept : err(unreadable);
    },
    remove: async (feed, id) => {
      const answer = await http.ask(`${pathOf(feed)}/${encodeURIComponent(id)}`, { method: "DELETE" });
      return answer.ok ? ok(undefined) : answer;
    },
  };
}

function pathOf(feed: string): string {
  return `api/feeds/${encodeURIComponent(feed)}/bookmarks`;
}
