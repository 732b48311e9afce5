import type { Millis } from "#base/time.ts";
import type { Bookmark } from "#protocol/recording/bookmark.ts";
import type { Mark, MarkKind } from "#protocol/recording/overview.ts";

import { memo } from "./memo.ts";
import type { ReplayState } from "./replay-state.ts";

/** Why a person may want to look at a moment: something began there, or somebody wants to find it again. */
export interface TimelineMark {
  readonly at: Millis;
  readonly kind: MarkKind | "bookmark";
  /** The end of a bookmark's stretch. */
  readonly to?: Millis;
  /** The words of a bookmark's author. */
  readonly note?: string;
}

const noMarks: readonly Mark[] = [];

/** Everything that the timeline marks, ascending in time. */
export function timelineMarks({
  overview,
  bookmarks,
}: Pick<ReplayState, "overview" | "bookmarks">): readonly TimelineMark[] {
  return merged(overview?.marks ?? noMarks, bookmarks);
}

const merged = memo(mergeMarks);

/** Marks and bookmarks in one list, ascending in time. */
export function mergeMarks(marks: readonly Mark[], bookmarks: readonly Bookmark[]): readonly TimelineMark[] {
  if (bookmarks.length === 0) return marks;
  const set = bookmarks.map(({ at, to, note }): TimelineMark => ({
    at,
    kind: "bookmark",
    note,
    ...(to === undefined ? {} : { to }),
  }));
  return [...marks, ...set].toSorted((one, other) => one.at - other.at);
}
