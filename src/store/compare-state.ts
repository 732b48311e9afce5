import type { Millis } from "#base/time.ts";
import {
  compareSnapshots,
  countChanges,
  type ChangeKind,
  type SnapshotComparison,
} from "#domain/compare-snapshots.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";

/** Two moments beside each other. */
export interface CompareState {
  /** The moment that somebody wants to compare others with. */
  readonly marked: TrafficSnapshot | undefined;
  readonly comparison: Comparison | undefined;
}

/** `at`: the moment that the one on screen is compared with, as it was asked for. */
export type Comparison =
  | { readonly kind: "loading"; readonly at: Millis }
  | { readonly kind: "failed"; readonly at: Millis; readonly message: string }
  | ShownComparison;

export interface ShownComparison {
  readonly kind: "shown";
  readonly at: Millis;
  /** The frame that was recorded at that moment, or the last before it. */
  readonly before: TrafficSnapshot;
  /** The frame on screen. */
  readonly after: TrafficSnapshot;
  readonly changes: SnapshotComparison;
  readonly counts: Readonly<Record<ChangeKind, number>>;
}

export const noComparison: CompareState = { marked: undefined, comparison: undefined };

export function shownComparison(
  at: Millis,
  before: TrafficSnapshot,
  after: TrafficSnapshot,
): ShownComparison {
  const changes = compareSnapshots(before, after);
  return { kind: "shown", at, before, after, changes, counts: countChanges(changes) };
}

/** The comparison with the frame that is on screen now. What a drill shows was never measured: it is not compared. */
export function compareAfter(state: CompareState, current: TrafficSnapshot | undefined): CompareState {
  const { comparison } = state;
  if (comparison === undefined || current === undefined) return state;
  if (current.simulated !== undefined) return { ...state, comparison: undefined };
  if (comparison.kind !== "shown" || comparison.after === current) return state;
  return { ...state, comparison: shownComparison(comparison.at, comparison.before, current) };
}
