import { existsSync, readFileSync, renameSync } from "node:fs";

import { isJsonObject } from "#base/json.ts";
import { err, ok, type Result } from "#base/result.ts";
import {
  bookmarkLimits,
  readBookmark,
  type Bookmark,
  type BookmarkDraft,
} from "#protocol/recording/bookmark.ts";

import { writeWhole } from "../write-whole.ts";

export interface BookmarkStoreOptions {
  /** The file that keeps them; undefined: they are kept in memory, as long as the server runs. */
  readonly path: string | undefined;
  readonly newId: () => string;
  /** Those that are there to begin with, where there is no file. */
  readonly initial?: readonly Bookmark[];
  /** The file could not be read; it was renamed. */
  readonly onSetAside?: (file: string, as: string) => void;
}

/** The bookmarks of one feed, ascending in time. A change is kept, all of it, when its promise resolves. */
export class BookmarkStore {
  readonly #options: BookmarkStoreOptions;
  #bookmarks: readonly Bookmark[];
  #writing: Promise<unknown> = Promise.resolve();

  constructor(options: BookmarkStoreOptions) {
    this.#options = options;
    this.#bookmarks = ascending(
      options.path === undefined ? (options.initial ?? []) : readFile(options.path, options),
    );
  }

  list(): readonly Bookmark[] {
    return this.#bookmarks;
  }

  /**
   * Fails with "full" when there are as many as there may be.
   * @throws when the file cannot be written; everything is then as it was before.
   */
  add(draft: BookmarkDraft): Promise<Result<Bookmark, "full">> {
    return this.#inTurn(async () => {
      if (this.#bookmarks.length >= bookmarkLimits.perFeed) return err("full" as const);
      const bookmark = { id: this.#options.newId(), ...draft };
      await this.#keep([...this.#bookmarks, bookmark]);
      return ok(bookmark);
    });
  }

  /** Whether there was one. @throws as `add` does. */
  remove(id: string): Promise<boolean> {
    return this.#inTurn(async () => {
      const others = this.#bookmarks.filter((bookmark) => bookmark.id !== id);
      if (others.length === this.#bookmarks.length) return false;
      await this.#keep(others);
      return true;
    });
  }

  #inTurn<T>(change: () => Promise<T>): Promise<T> {
    const turn = this.#writing.then(change, change);
    this.#writing = turn.catch(() => {});
    return turn;
  }

  async #keep(bookmarks: readonly Bookmark[]): Promise<void> {
    const sorted = ascending(bookmarks);
    const { path } = this.#options;
    if (path !== undefined)
      await writeWhole(path, `${JSON.stringify({ bookmarks: sorted }, undefined, 1)}\n`);
    this.#bookmarks = sorted;
  }
}

function ascending(bookmarks: readonly Bookmark[]): readonly Bookmark[] {
  return bookmarks.toSorted((one, other) => one.at - other.at);
}

function readFile(path: string, { onSetAside }: BookmarkStoreOptions): readonly Bookmark[] {
  if (!existsSync(path)) return [];
  const read = parse(readFileSync(path, "utf8"));
  if (read !== undefined) return read;
  const as = `${path}.damaged`;
  renameSync(path, as);
  onSetAside?.(path, as);
  return [];
}

function parse(text: string): readonly Bookmark[] | undefined {
  try {
    const raw: unknown = JSON.parse(text);
    const list: unknown = isJsonObject(raw) ? raw["bookmarks"] : undefined;
    if (!Array.isArray(list) || list.length > bookmarkLimits.perFeed) return undefined;
    const read = list.map(readBookmark);
    return read.every((bookmark) => bookmark.ok) ? read.map(({ value }) => value) : undefined;
  } catch {
    return undefined;
  }
}
