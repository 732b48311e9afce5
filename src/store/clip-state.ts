import type { Millis } from "#base/time.ts";
import type { CutAsk } from "#players/clip/clip-cutter.ts";
import type { Bookmark } from "#protocol/recording/bookmark.ts";
import type { Stretch } from "#players/recording/recording-source.ts";

import type { AppState } from "./app-state.ts";
import { timelineStretch } from "./replay-state.ts";
import type { ReplayLink } from "./url-state.ts";

/** Recordings as files: what is opened, and what is cut out. */
export interface ClipState {
  /** A file that is being read. */
  readonly reading: ClipReading | undefined;
  /** Why a file was not opened, or was closed. */
  readonly refused: ClipRefusal | undefined;
  /** What stands in the file that is shown, beside its frames. */
  readonly bookmarks: readonly Bookmark[];
  /** The file that the address names, while nobody has opened it again. */
  readonly wanted: ClipLink | undefined;
  /** A clip that is being cut, or that could not be. */
  readonly cut: ClipCut | undefined;
}

export interface ClipReading {
  readonly name: string;
  readonly bytes: number;
  readonly total: number;
  /** It is shown already; what is read is whether it is whole, and what its timeline shows. */
  readonly isShown: boolean;
}

export interface ClipRefusal {
  readonly name: string;
  /** A sentence. */
  readonly what: string;
  /** It had been shown. */
  readonly wasShown: boolean;
}

/** What an address says of a file: no more than its name, and where in it one was. */
export interface ClipLink {
  readonly name: string;
  readonly replay: ReplayLink | undefined;
  /** The moment that it was compared with. */
  readonly compare: Millis | undefined;
}

export type ClipCut =
  /** How much of it has come. */
  { readonly kind: "coming"; readonly bytes: number } | { readonly kind: "failed"; readonly message: string };

/** What a person says of a clip: of which feed, the app knows. */
export type CutWish = Omit<CutAsk, "feed">;

export const noClips: ClipState = {
  reading: undefined,
  refused: undefined,
  bookmarks: [],
  wanted: undefined,
  cut: undefined,
};

/** What a clip is cut from unless a person says otherwise: the stretch that is looped, else what the timeline shows of what is recorded. */
export function usualCut({ replay }: AppState): (Stretch & { readonly isLoop: boolean }) | undefined {
  const { range, progress } = replay;
  const loop = progress?.loop;
  if (loop !== undefined) return { ...loop, isLoop: true };
  const shown = timelineStretch(replay);
  if (shown === undefined || range === undefined) return undefined;
  return { from: Math.max(shown.from, range.from), to: Math.min(shown.to, range.to), isLoop: false };
}

/** About how many frames there are in a stretch, as far as the timeline knows. */
export function framesIn({ replay, feed }: AppState, { from, to }: Stretch): number | undefined {
  const { overview } = replay;
  if (overview === undefined || from < overview.stretch.from || to > overview.stretch.to) {
    const { intervalMs } = feed.source ?? {};
    return intervalMs === undefined ? undefined : Math.max(1, Math.round((to - from) / intervalMs));
  }
  const { bins, stepMs } = overview;
  return Math.round(bins.reduce((sum, { at, frames }) => sum + frames * shareIn(at, stepMs, from, to), 0));
}

/** How much of a bin lies within a stretch. */
function shareIn(at: Millis, stepMs: number, from: Millis, to: Millis): number {
  return Math.max(0, Math.min(at + stepMs, to) - Math.max(at, from)) / stepMs;
}
