import type { Dispose } from "#base/disposer.ts";
import type { Result } from "#base/result.ts";
import type { Millis } from "#base/time.ts";
import type { Mark, OverviewBin } from "#protocol/recording/overview.ts";
import type { Seq } from "#protocol/recording/recorded-frame.ts";

/** The past of feeds, wherever it is kept. Answers come once each, unless disposed before; a source in memory may answer before it returns. */
export interface RecordingSource {
  overview(feed: string, ask: OverviewAsk, answer: Answer<RecordingOverview>): Dispose;
  /** Groups that reach into the stretch, and the nearest one on either side of it, so that a gap shows where it ends. */
  groups(feed: string, stretch: Stretch, answer: Answer<GroupList>): Dispose;
  /** The lines of the group that begins with this frame. */
  groupText(feed: string, group: GroupName, answer: Answer<GroupBody>): Dispose;
  /** From now on this token goes with every question. */
  authorize?(token: string): void;
}

/** The lines of a group; as UTF-8 where they came over the network: whoever unpacks them reads that too, so that the page need not. */
export type GroupBody = string | ArrayBuffer;

export type Answer<T> = (answer: Result<T, RecordingFault>) => void;

export interface RecordingFault {
  /** `none`: it is not there, and asking again will not change that. `tooMuch`: for one answer; ask for less. `failed`: it may be there another time. */
  readonly kind: "none" | "tooMuch" | "failed";
  /** A sentence for people. */
  readonly message: string;
}

/** A part of the past, both ends included. */
export interface Stretch {
  readonly from: Millis;
  readonly to: Millis;
}

export interface OverviewAsk {
  /** Everything that is recorded unless given. */
  readonly stretch?: Stretch;
  /** At most about so many bins. */
  readonly bins: number;
}

/** What a timeline draws. */
export interface RecordingOverview {
  /** What is recorded at all; undefined while there is nothing. */
  readonly range: Stretch | undefined;
  /** What the bins and marks are of. */
  readonly stretch: Stretch;
  readonly stepMs: number;
  readonly bins: readonly OverviewBin[];
  readonly marks: readonly Mark[];
}

/** A keyframe and the deltas that follow it. */
export interface GroupInfo {
  readonly first: Seq;
  readonly last: Seq;
  readonly start: Millis;
  readonly end: Millis;
}

export interface GroupList {
  /** Sequence numbers belong to it: in another epoch they begin afresh. */
  readonly epoch: string;
  /** Ascending. */
  readonly groups: readonly GroupInfo[];
}

export interface GroupName {
  readonly epoch: string;
  readonly first: Seq;
}
