import { err, ok, type Result } from "#base/result.ts";
import { applyDelta } from "#domain/delta.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";
import type { Topology } from "#domain/topology.ts";
import { readGroup } from "#protocol/recording/group-text.ts";
import type { Seq } from "#protocol/recording/recorded-frame.ts";

import type { TopologyPool } from "./topology-pool.ts";

/** A group that has been unpacked. */
export interface ReadGroup {
  readonly last: Seq;
  /** Oldest first, at least one. */
  readonly frames: readonly TrafficSnapshot[];
  /** Numbers in all of them together: what they weigh. */
  readonly slots: number;
}

/** The frames of a group; an error where any line is not what it should be: a wrong frame is worse than none. */
export function readFrames(text: string, pool: TopologyPool): Result<ReadGroup, string> {
  const group = readGroup(text);
  if (!group.ok) return err(group.error.what);
  const frames: TrafficSnapshot[] = [];
  let before: TrafficSnapshot | undefined;
  let shared: { readonly from: Topology; readonly topology: Topology } | undefined;
  let slots = 0;
  for (const { frame } of group.value) {
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
  return ok({ last: group.value.at(-1)?.seq ?? 0, frames, slots });
}
