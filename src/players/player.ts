import type { Dispose } from "#base/disposer.ts";
import type { TimeMap } from "#base/time-map.ts";
import type { Millis } from "#base/time.ts";
import type { Diagnostic } from "#domain/diagnostic.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";

import type { DrillControl, DrillProgress } from "./drill-control.ts";
import type { Stretch } from "./recording/recording-source.ts";
import type { FileControl } from "./file-player.ts";
import type { ReplayControl, ReplayProgress } from "./replay-control.ts";
import type { SharedDrill, SharedDrillControl } from "./shared-drill.ts";

/**
 * One source of traffic over time. Nothing after it knows which kind it is: live socket, recording, file or simulation.
 *
 * The player waits for the listener's promise before it calls again. A live player drops what it could not deliver meanwhile and
 * sends the newest; a recording holds its clock.
 */
export interface Player {
  start(listener: (state: PlayerState) => void | Promise<void>): Dispose;
  /** Present only where the source can be paused or sought. */
  readonly playback?: Playback | undefined;
  /** Present only where one can go to the past. */
  readonly replay?: ReplayControl | undefined;
  /** Present only where drills can run. */
  readonly drills?: DrillControl;
  /** Present only where a drill can run in the source itself, for all who watch it. */
  readonly sharedDrills?: SharedDrillControl | undefined;
  /** Present only where files can be shown in place of the source. */
  readonly files?: FileControl | undefined;
}

export interface Playback {
  pause(): void;
  resume(): void;
  readonly isPaused: boolean;
}

export interface PlayerState {
  /** Goes up at every seek, reconnect with a new history, or change of source: what was built from earlier frames is stale. */
  readonly generation: number;
  readonly phase: PlayerPhase;
  /**
   * What is known around now, oldest first: every frame of the last `framesKeptMs` and those that data time has not reached yet. Enough to
   * rebuild the dots that are under way. Empty until the first frame has come.
   */
  readonly frames: readonly TrafficSnapshot[];
  /** The newest frame that data time has reached: the numbers to show. */
  readonly current: TrafficSnapshot | undefined;
  readonly timeMap: TimeMap;
  /** The source's clock minus this machine's: add it to the wall clock before an age is told. */
  readonly clockOffsetMs: number;
  readonly source: SourceInfo | undefined;
  /** Stretches of the source that this page did not see, the newest last, at most 20. */
  readonly gaps: readonly FrameGap[];
}

/** How long a player keeps frames behind data time: the longest flight of a dot (12 s) and two buckets of 1,024 ms. */
export const framesKeptMs = 15_000;

export interface SourceInfo {
  /** Name of the feed, for people. */
  readonly title: string;
  readonly feed: string;
  readonly intervalMs: number;
  readonly role: "viewer" | "operator" | "pusher" | "admin";
  /** What was odd in the data and what was done about it. */
  readonly problems: readonly Diagnostic[];
  /** Of a source that is put together from several systems: how many they are, and of how many nothing new comes. */
  readonly sources?: { readonly count: number; readonly silent: number };
  /** The source plays something recorded, from there to there: nothing that it shows is live. */
  readonly past?: Stretch;
  /** The server cannot keep its frames, from this one on: they are shown, and nobody will see them again. */
  readonly unrecordedSince?: Millis;
  /** Whoever may operate may run a drill there that every viewer sees. */
  readonly offersDrills?: boolean;
  /** The drill that runs there for every viewer. */
  readonly sharedDrill?: SharedDrill;
  /** The file that is shown: then there is nothing live. */
  readonly file?: FileInfo;
}

export interface FileInfo {
  readonly name: string;
  /** Another one each time that a file is shown. */
  readonly id: number;
}

export type PlayerPhase =
  | { readonly kind: "connecting" }
  /** Frames arrive. */
  | { readonly kind: "live" }
  /** Connected, but no frame came for more than three intervals. */
  | { readonly kind: "stale"; readonly lastFrameAt: Millis }
  | { readonly kind: "paused" }
  /** The past is shown, playing or paused. What is live goes on unseen. */
  | { readonly kind: "replay"; readonly replay: ReplayProgress }
  /** A drill runs in this page: nothing that is shown was measured. The source itself goes on unseen. */
  | { readonly kind: "simulated"; readonly drill: DrillProgress }
  | { readonly kind: "reconnecting"; readonly since: Millis; readonly reason: string }
  /** It cannot go on without a person: a token is missing, the page is older than the server ... */
  | { readonly kind: "refused"; readonly cause: RefusalCause; readonly message: string };

export type RefusalCause = "token" | "origin" | "version" | "feed";

/** A stretch of the source that this page did not see; told, never hidden. */
export interface FrameGap {
  readonly fromSeq: number;
  readonly toSeq: number;
  readonly why: string;
}
