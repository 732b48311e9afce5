import { err, ok, type Result } from "#base/result.ts";
import type { BookmarkSource } from "#players/recording/bookmark-source.ts";
import type { Bookmark } from "#protocol/recording/bookmark.ts";

/** Bookmarks in memory, of every feed the same. */
export class MemoryBookmarks implements BookmarkSource {
  #lastId = 0;
  /** What is answered to everything while it is set. */
  fault: string | undefined;
  bookmarks: readonly Bookmark[];
  /** How often the list was asked for. */
  asked = 0;

  constructor(bookmarks: readonly Bookmark[] = []) {
    this.bookmarks = bookmarks;
  }

  readonly list: BookmarkSource["list"] = () => {
    this.asked += 1;
    return this.#answer(() => this.bookmarks);
  };

  readonly add: BookmarkSource["add"] = (_feed, draft) =>
    this.#answer(() => {
      this.#lastId += 1;
      const bookmark = { id: `new-${this.#lastId}`, ...draft };
      this.bookmarks = [...this.bookmarks, bookmark];
      return bookmark;
    });

  readonly remove: BookmarkSource["remove"] = (_feed, id) =>
    this.#answer(() => {
      this.bookmarks = this.bookmarks.filter((bookmark) => bookmark.id !== id);
    });

  #answer<T>(act: () => T): Promise<Result<T, string>> {
    return Promise.resolve(this.fault === undefined ? ok(act()) : err(this.fault));
  }
}
