import { isJsonObject } from "#base/json.ts";
import { ok, type Result } from "#base/result.ts";
import type { Millis } from "#base/time.ts";

import { malformed, type Malformed } from "../malformed.ts";

/** A moment, or a stretch of time, that somebody wants to find again. */
export interface Bookmark {
  /** Small letters, digits and dashes; names it within its feed. */
  readonly id: string;
  readonly at: Millis;
  /** The end of a stretch; later than `at`. */
  readonly to?: Millis;
  /** In the words of whoever set it. May be empty. */
  readonly note: string;
}

export const bookmarkLimits = {
  perFeed: 1_000,
  /** UTF-16 units. */
  noteLength: 500,
} as const;

/** The last moment of the year 9999: what lies beyond it has no date that programs agree on. */
const latestMoment: Millis = 253_402_300_799_999;

export function isMoment(raw: unknown): raw is Millis {
  return typeof raw === "number" && raw >= 0 && raw <= latestMoment;
}

/** What of a bookmark its author says. */
export type BookmarkDraft = Omit<Bookmark, "id">;

/** Reads `{at, to?, note?}`, whoever has written it; everything else in it is passed over. */
export function readBookmarkDraft(raw: unknown): Result<BookmarkDraft, Malformed> {
  if (!isJsonObject(raw)) return malformed("bookmark", "an object is needed");
  const { at, to, note = "" } = raw;
  if (!isMoment(at)) return malformed("bookmark", "at: a moment in milliseconds since 1970 is needed");
  if (to !== undefined && (!isMoment(to) || to <= at)) {
    return malformed("bookmark", "to: a moment later than at is needed");
  }
  if (typeof note !== "string" || note.length > bookmarkLimits.noteLength) {
    return malformed("bookmark", `note: a text of at most ${bookmarkLimits.noteLength} characters is needed`);
  }
  return ok({ at, ...(to === undefined ? {} : { to }), note });
}

/** Reads a whole bookmark. */
export function readBookmark(raw: unknown): Result<Bookmark, Malformed> {
  const draft = readBookmarkDraft(raw);
  if (!draft.ok) return draft;
  const id = isJsonObject(raw) ? raw["id"] : undefined;
  if (typeof id !== "string" || !isBookmarkId(id)) {
    return malformed("bookmark", "id: 1 to 64 small letters, digits and dashes are needed");
  }
  return ok({ id, ...draft.value });
}

export function isBookmarkId(text: string): boolean {
  return /^[a-z0-9-]{1,64}$/.test(text);
}
