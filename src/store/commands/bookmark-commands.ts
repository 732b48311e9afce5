import type { AppState } from "../app-state.ts";
import type { Command } from "../command.ts";
import { texts } from "../texts.ts";

const { commands: titles } = texts;

/** A drill has a time of its own, in which nothing is kept. */
function canBeFoundAgain({ feed, replay }: AppState): boolean {
  return feed.phase.kind !== "simulated" && feed.current !== undefined && replay.recording.kind !== "none";
}

/** Finding moments again. */
export const bookmarkCommands: readonly Command[] = [
  {
    id: "bookmark",
    title: titles.bookmark,
    group: "time",
    keys: ["b"],
    isAvailable: canBeFoundAgain,
    run: ({ actions }) => actions.startBookmark(),
  },
  {
    id: "bookmarks",
    title: titles.bookmarks,
    group: "time",
    keys: ["B"],
    isAvailable: canBeFoundAgain,
    run: ({ actions }) => actions.openBookmarks(),
  },
];
