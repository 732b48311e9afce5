import { err, ok, type Result } from "#base/result.ts";
import type { Millis } from "#base/time.ts";
import { applyDelta } from "#domain/delta.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";
import type { Topology } from "#domain/topology.ts";
import { readGroupUntil } from "#protocol/recording/group-text.ts";
import type { Seq } from "#protocol/recording/recorded-frame.ts";

import type { GroupBody } from "./recording-source.ts";
import type { TopologyPool } from "./topology-pool.ts";

/** A group that has been unpacked. */
export interface ReadGroup {
  readonly last: Seq;
  /** Nothing follows in the group; otherwise the last frame is the first after the moment up to which it was read. */
  readonly isWhole: boolean;
  /** Oldest first, at least one. */
  readonly frames: readonly TrafficSnapshot[];
  /** Numbers in all of them together: what they weigh. */
  readonly slots: number;
}

/** The frames of a group up to the first after a moment; an error where any line is not what it should be: a wrong frame is worse than none. */
export function readFrames(body: GroupBody, pool: TopologyPool, until: Millis): Result<ReadGroup, string> {
  const group = readGroupUntil(typeof body === "string" ? body : new TextDecoder().decode(body), until);
  if (!group.ok) return err(group.error.what);
  const { frames: stored, isWhole } = group.value;
  const frames: TrafficSnapshot[] = [];
  let before: TrafficSnapshot | undefined;
  let shared: { readonly from: Topology; readonly topology: Topology } | undefined;
  let slots = 0;
  for (const { frame } of stored) {
    let snapshot: TrafficSnapshot;
    if (frame.kind === "key") snapshot = frame.snapshot;
    else {
      if (before === undefined) return err("a keyframe is needed first");
      const applied = applyDelta(before, frame.delta);
      if (!applied.ok) return err(applied.error.what);
      snapshot = applied.value;
    }
    before = snapshot;
    if (shared?.from !== snapshot.topology) {
      shared = { from: snapshot.topology, topology: pool.share(snapshot.topology) };
    }
    slots += snapshot.values.length;
    frames.push({ ...snapshot, topology: shared.topology });
  }
  return ok({ last: stored.at(-1)?.seq ?? 0, isWhole, frames, slots });
}
