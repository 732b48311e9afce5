import type { Millis } from "#base/time.ts";
import { err, ok, type Result } from "#base/result.ts";

import { carryValues } from "./delta-carry.ts";
import { matchTopologies } from "./delta-match.ts";
import { applyPatch, diffTopologies, type DeltaMismatch, type TopologyPatch } from "./delta-patch.ts";
import { sameNotices, sameValue } from "./delta-same.ts";
import type { DrillInfo } from "./drill-info.ts";
import { targetsExist, type Notice } from "./notice.ts";
import { createSnapshot, type TrafficSnapshot } from "./snapshot.ts";

/** What is different in a newer snapshot. `apply(a, diff(a, b))` equals b, whatever a and b are. */
export interface SnapshotDelta {
  readonly at: Millis;
  readonly windowMs: number;
  /** Slots that changed, ascending, as positions in the newer snapshot's `values`. */
  readonly index: Uint32Array;
  /** Their values; NaN where nothing is known any more. */
  readonly value: Float64Array;
  /** The whole list, when it changed. */
  readonly notices?: readonly Notice[];
  /** What the newer snapshot says of its drill, when that changed; "measured": it is not simulated, as the older one was. */
  readonly simulated?: DrillInfo | "measured";
  /** Applied before the slots are. */
  readonly patch?: TopologyPatch;
}

export function diffSnapshots(before: TrafficSnapshot, after: TrafficSnapshot): SnapshotDelta {
  const { at, windowMs, topology } = after;
  const patch = diffTopologies(before.topology, topology);
  const base =
    patch === undefined
      ? before.values
      : carryValues(before, topology, matchTopologies(before.topology, topology));
  const index = changedSlots(base, after.values);
  return {
    at,
    windowMs,
    index,
    value: valuesAt(after.values, index),
    ...(sameNotices(before.notices, after.notices) ? {} : { notices: after.notices }),
    ...(sameValue(before.simulated, after.simulated) ? {} : { simulated: after.simulated ?? "measured" }),
    ...(patch === undefined ? {} : { patch }),
  };
}

export function applyDelta(
  before: TrafficSnapshot,
  delta: SnapshotDelta,
): Result<TrafficSnapshot, DeltaMismatch> {
  const { at, windowMs, index, value, notices = before.notices, simulated = before.simulated } = delta;
  let { topology } = before;
  let values: Float64Array;
  if (delta.patch === undefined) values = before.values.slice();
  else {
    const patched = applyPatch(before.topology, delta.patch);
    if (!patched.ok) return patched;
    ({ topology } = patched.value);
    values = carryValues(before, topology, patched.value.match);
  }
  if (notices !== before.notices || topology !== before.topology) {
    if (!targetsExist(notices, topology)) {
      return err({ kind: "delta-mismatch", what: "a notice stands on nothing" });
    }
  }
  for (let i = 0; i < index.length; i += 1) {
    const slot = index[i]!;
    if (slot >= values.length) {
      return err({ kind: "delta-mismatch", what: `slot ${slot} of ${values.length} is to change` });
    }
    values[slot] = value[i]!;
  }
  const mark = simulated === undefined || simulated === "measured" ? {} : { simulated };
  return ok(createSnapshot({ at, windowMs, topology, notices, ...mark, values }));
}

/** The values of some slots, in the order of the slots. */
export function valuesAt(values: Float64Array, index: Uint32Array): Float64Array {
  const value = new Float64Array(index.length);
  for (let i = 0; i < index.length; i += 1) value[i] = values[index[i]!]!;
  return value;
}

function changedSlots(before: Float64Array, after: Float64Array): Uint32Array {
  const index = new Uint32Array(after.length);
  let changed = 0;
  for (let slot = 0; slot < after.length; slot += 1) {
    const old = before[slot]!;
    const now = after[slot]!;
    // NaN differs from itself: two unknowns are no change.
    if (old === now || (Number.isNaN(old) && Number.isNaN(now))) continue;
    index[changed] = slot;
    changed += 1;
  }
  return index.slice(0, changed);
}
