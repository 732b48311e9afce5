import type { Dispose } from "#base/disposer.ts";
import { bookmarkLimits, type Bookmark } from "#protocol/recording/bookmark.ts";

import type { Actions } from "./app.ts";
import { patch, type AppCore } from "./app-core.ts";
import type { AppState } from "./app-state.ts";
import { momentShown } from "./replay-actions.ts";
import { texts } from "./texts.ts";

export interface BookmarkDesk {
  readonly actions: Pick<
    Actions,
    "startBookmark" | "addBookmark" | "removeBookmark" | "goToBookmark" | "openBookmarks"
  >;
  readonly dispose: Dispose;
}

/** Others set bookmarks too: so often they are asked for while there is a timeline to show them on. */
const refreshMs = 15_000;

/** UTF-16 units that the note of a bookmark may have. */
export const longestNote = bookmarkLimits.noteLength;

/** Whether the server lets this viewer set and remove bookmarks. */
export function mayBookmark({ feed: { source } }: AppState): boolean {
  return source?.role === "operator" || source?.role === "admin";
}

/** Sets, removes and finds bookmarks, and keeps the list of them up to date while a timeline is on screen. */
export function bookmarkDesk(core: AppCore, toast: Actions["toast"]): BookmarkDesk {
  const { store, clock, bookmarks: source } = core;
  /** Of which feed or file the list is, or is being asked for. */
  let asked: string | undefined;
  /** Goes up with each question and each change: an older answer is not taken over. */
  let turn = 0;
  let cancelNext: Dispose | undefined;

  const feedName = (): string | undefined => store.getState().feed.source?.feed;

  /** A file may be of a feed of the same name, and has bookmarks of its own. */
  const pastName = (): string | undefined => {
    const { source: info } = store.getState().feed;
    return info === undefined ? undefined : `${info.file?.id ?? ""} ${info.feed}`;
  };

  function keep(bookmarks: readonly Bookmark[]): void {
    turn += 1;
    patch(core, "replay", { bookmarks });
  }

  async function refresh(feed: string): Promise<void> {
    cancelNext?.();
    asked = pastName();
    const { feed: now, clips } = store.getState();
    if (now.source?.file !== undefined) {
      keep(clips.bookmarks);
      return;
    }
    turn += 1;
    const mine = turn;
    const answer = await source.list(feed);
    if (asked !== pastName()) return;
    if (answer.ok && mine === turn && !isSameList(store.getState().replay.bookmarks, answer.value)) {
      patch(core, "replay", { bookmarks: answer.value });
    }
    cancelNext?.();
    cancelNext = clock.after(refreshMs, follow);
  }

  function follow(): void {
    const { replay, screen } = store.getState();
    const feed = feedName();
    if (feed !== undefined && replay.isWatched && !screen.isHidden) void refresh(feed);
    // Comes back when somebody looks again.
    else asked = undefined;
  }

  const stop = store.subscribe((state, before) => {
    const isOther =
      state.feed.source?.feed !== before.feed.source?.feed ||
      state.feed.source?.file !== before.feed.source?.file ||
      state.replay.isWatched !== before.replay.isWatched ||
      state.screen.isHidden !== before.screen.isHidden;
    const hasRead = state.clips.bookmarks !== before.clips.bookmarks;
    if (hasRead || (isOther && asked !== pastName())) follow();
  });

  return {
    actions: {
      startBookmark: () => {
        const state = store.getState();
        const at = momentShown(state, clock.now());
        if (at === undefined) return;
        if (state.feed.source?.file !== undefined) {
          toast({ kind: "warning", text: texts.clips.noBookmarks });
          return;
        }
        if (!mayBookmark(state)) {
          toast({ kind: "warning", text: texts.bookmarks.mayNot, tip: texts.bookmarks.mayNotTip });
          return;
        }
        // A whole millisecond: a moment that can be named.
        patch(core, "replay", { bookmarkAt: Math.ceil(at) });
        patch(core, "screen", { dialog: "bookmark" });
      },
      addBookmark: async (note) => {
        const feed = feedName();
        const { bookmarkAt: at } = store.getState().replay;
        if (feed === undefined || at === undefined) return undefined;
        const answer = await source.add(feed, { at, note: note.trim() });
        if (!answer.ok) return answer.error;
        if (feed === feedName()) {
          const others = store.getState().replay.bookmarks.filter(({ id }) => id !== answer.value.id);
          keep([...others, answer.value].toSorted((one, other) => one.at - other.at));
        }
        toast({ kind: "info", text: texts.bookmarks.added });
        return undefined;
      },
      removeBookmark: async (id) => {
        const feed = feedName();
        if (feed === undefined) return;
        const answer = await source.remove(feed, id);
        if (answer.ok && feed === feedName()) {
          keep(store.getState().replay.bookmarks.filter((bookmark) => bookmark.id !== id));
        } else if (!answer.ok) {
          toast({ kind: "error", text: answer.error });
          void refresh(feed);
        }
      },
      goToBookmark: ({ at, to }) => {
        if (to === undefined) core.player.replay?.seek(at);
        else core.player.replay?.setLoop({ from: at, to });
      },
      openBookmarks: () => {
        const feed = feedName();
        if (feed !== undefined) void refresh(feed);
        patch(core, "screen", { dialog: "bookmarks" });
      },
    },
    dispose: () => {
      stop();
      cancelNext?.();
    },
  };
}

function isSameList(one: readonly Bookmark[], other: readonly Bookmark[]): boolean {
  return (
    one.length === other.length &&
    one.every(({ id, note }, i) => id === other[i]?.id && note === other[i].note)
  );
}
