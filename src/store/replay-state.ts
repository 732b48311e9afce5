import type { Millis } from "#base/time.ts";
import type { RecordingOverview, Stretch } from "#players/recording/recording-source.ts";
import type { PlayerPhase } from "#players/player.ts";
import type { Bookmark } from "#protocol/recording/bookmark.ts";
import { replaySpeeds, type ReplayProgress } from "#players/replay-control.ts";

/** The past of the feed, and where in it one is. */
export interface ReplayState {
  /** How the replay is that is shown, or that a drill was started from; undefined: what is live is shown. */
  readonly progress: ReplayProgress | undefined;
  readonly recording: RecordingKnown;
  /** What is recorded at all; its end follows what is live. */
  readonly range: Stretch | undefined;
  /** What the timeline draws: at least what it shows, unless that is being fetched. */
  readonly overview: RecordingOverview | undefined;
  readonly zoom: TimelineZoom;
  /** All of the feed, ascending in time, as far as they have been asked for. */
  readonly bookmarks: readonly Bookmark[];
  /** The moment that somebody is about to bookmark. */
  readonly bookmarkAt: Millis | undefined;
  /** A timeline is on screen: only then is anything fetched for it. */
  readonly isWatched: boolean;
}

export type RecordingKnown =
  | { readonly kind: "unknown" }
  | { readonly kind: "known" }
  /** The feed is not recorded, and why. */
  | { readonly kind: "none"; readonly message: string }
  | { readonly kind: "failed"; readonly message: string };

/** What part of the past the timeline shows; undefined: as much as is usual, and up to now. */
export interface TimelineZoom {
  readonly spanMs: number | undefined;
  readonly to: Millis | undefined;
}

/** Speeds that are offered. */
export const replaySpeedChoices = replaySpeeds;

export const noReplay: ReplayState = {
  progress: undefined,
  recording: { kind: "unknown" },
  range: undefined,
  overview: undefined,
  zoom: { spanMs: undefined, to: undefined },
  bookmarks: [],
  bookmarkAt: undefined,
  isWatched: false,
};

/** Spans that the timeline can show. */
export const timelineSpans = { least: 10_000, usualLeast: 60_000, usualMost: 3_600_000 } as const;

/** The part of the past that the timeline shows. */
export function timelineStretch({ range, zoom }: Pick<ReplayState, "range" | "zoom">): Stretch | undefined {
  if (range === undefined) return undefined;
  const recorded = range.to - range.from;
  const usual = Math.max(timelineSpans.usualLeast, Math.min(timelineSpans.usualMost, recorded));
  const span = zoom.spanMs ?? usual;
  const to = zoom.to ?? range.to;
  return { from: to - span, to };
}

/** What becomes of the progress when the player says how it is. */
export function replayAfter(replay: ReplayState, phase: PlayerPhase): ReplayState {
  const progress =
    phase.kind === "replay" ? phase.replay : phase.kind === "simulated" ? replay.progress : undefined;
  if (progress === replay.progress) return replay;
  const { range } = replay;
  const isLonger = progress !== undefined && range !== undefined && progress.end > range.to;
  return { ...replay, progress, range: isLonger ? { ...range, to: progress.end } : range };
}
