import type { Result } from "#base/result.ts";
import type { Bookmark, BookmarkDraft } from "#protocol/recording/bookmark.ts";

/** The bookmarks of feeds, wherever they are kept. Errors are sentences for people. */
export interface BookmarkSource {
  /** Ascending in time. */
  list(feed: string): Promise<Result<readonly Bookmark[], string>>;
  /** The bookmark as it is kept. */
  add(feed: string, draft: BookmarkDraft): Promise<Result<Bookmark, string>>;
  remove(feed: string, id: string): Promise<Result<void, string>>;
  /** From now on this token goes with every question. */
  authorize?(token: string): void;
}
