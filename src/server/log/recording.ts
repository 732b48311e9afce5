import type { Millis } from "#base/time.ts";
import type { Mark, OverviewBin } from "#protocol/recording/overview.ts";
import type { Seq } from "#protocol/recording/recorded-frame.ts";

/** What is known of a group without reading it. */
export interface GroupInfo {
  readonly first: Seq;
  readonly last: Seq;
  readonly start: Millis;
  readonly end: Millis;
  /** Packed; 0 while the group is open. */
  readonly bytes: number;
}

/** What can be read of a group. `chunk` is one gzip member of its lines; an open group has its lines as they are. */
export type GroupContent =
  | { readonly kind: "chunk"; readonly info: GroupInfo; readonly chunk: Uint8Array }
  | { readonly kind: "lines"; readonly info: GroupInfo; readonly lines: readonly string[] }
  /** The checksum is not right: nothing of it may be shown. */
  | { readonly kind: "damaged"; readonly info: GroupInfo };

/** A stretch of time in bins, for a timeline. */
export interface Overview {
  readonly stepMs: number;
  readonly bins: readonly OverviewBin[];
  readonly marks: readonly Mark[];
}

/** The past of a feed, to be looked at: what a log offers beside its frames when it keeps them on a disk. */
export interface Recording {
  /** Ascending; those that reach into the stretch. */
  groups(from: Millis, to: Millis): Promise<readonly GroupInfo[]>;
  /** The group that begins with this frame. */
  group(first: Seq): Promise<GroupContent | undefined>;
  /** At most about `bins` bins; fewer when there are fewer frames. */
  overview(from: Millis, to: Millis, bins: number): Promise<Overview>;
  /** On the disk. */
  bytes(): Promise<number>;
}
