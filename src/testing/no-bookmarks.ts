import { err, ok } from "#base/result.ts";
import type { BookmarkSource } from "#players/recording/bookmark-source.ts";

const none = () => Promise.resolve(err("There is no server."));

/** A source that has no bookmarks and keeps none. */
export const noBookmarks: BookmarkSource = {
  list: () => Promise.resolve(ok([])),
  add: none,
  remove: none,
};
