import type { Millis } from "#base/time.ts";
import {
  compareSnapshots,
  countChanges,
  type ChangeKind,
  type ItemChange,
  type SnapshotComparison,
} from "#domain/compare-snapshots.ts";
import { findItem, resolvePath, type ItemRef, type NodePath } from "#domain/node-path.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";
import type { NodeIndex, Topology } from "#domain/topology.ts";
import { uniteSnapshots, uniteTopologies, uniteVolumes } from "#domain/unite-snapshots.ts";
import type { NodeVolumes } from "#domain/volume.ts";

import type { SourceInfo } from "#players/player.ts";

import type { FeedState } from "./app-state.ts";

/** Two moments beside each other. */
export interface CompareState {
  /** The moment that somebody wants to compare others with. */
  readonly marked: TrafficSnapshot | undefined;
  readonly comparison: Comparison | undefined;
  /** The revision of the union that was made last; they count down, so that none is a source's. */
  readonly revision: number;
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
  /** The frame that the source shows. */
  readonly after: TrafficSnapshot;
  /** What is on screen: `after`, and in it at rate 0 what is gone since `before`. The very frame where nothing is gone. */
  readonly union: TrafficSnapshot;
  readonly volumes: NodeVolumes;
  /** In the order of the union: `nodes[i]` is its node i + 1, because the root is not compared; `edges[i]` is its edge i. */
  readonly changes: SnapshotComparison;
  /** How many nodes and edges have changed below each node of the union. */
  readonly inside: Uint32Array;
  readonly counts: Readonly<Record<ChangeKind, number>>;
}

export const noComparison: CompareState = { marked: undefined, comparison: undefined, revision: 0 };

/** Sets the frame on screen beside an earlier or a later one. */
export function compareWith(
  state: CompareState,
  at: Millis,
  before: TrafficSnapshot,
  { current, volumes }: Pick<FeedState, "current" | "volumes">,
): CompareState {
  if (current === undefined || volumes === undefined) return state;
  const changes = compareSnapshots(before, current);
  const topology = unionOf(state, before.topology, current.topology);
  const comparison: ShownComparison = {
    kind: "shown",
    at,
    before,
    after: current,
    union: uniteSnapshots(topology, current),
    volumes: uniteVolumes(topology, volumes),
    changes,
    inside: changesInside(topology, changes),
    counts: countChanges(changes),
  };
  return { ...state, comparison, revision: Math.min(state.revision, topology.revision) };
}

function changesInside({ nodes, edges }: Topology, changes: SnapshotComparison): Uint32Array {
  const inside = new Uint32Array(nodes.length);
  function count(change: ItemChange | undefined, parent: NodeIndex): void {
    if (change === undefined || change.kind === "same") return;
    for (let at = parent; at >= 0; at = nodes[at]?.parent ?? -1) inside[at] = (inside[at] ?? 0) + 1;
  }
  nodes.forEach(({ parent }, node) => count(changes.nodes[node - 1], parent));
  edges.forEach(({ source }, edge) => count(changes.edges[edge], nodes[source]?.parent ?? -1));
  return inside;
}

/** The last union as long as it is of the same two: whoever compares by identity sees no change. */
function unionOf({ comparison, revision }: CompareState, before: Topology, after: Topology): Topology {
  const isSame =
    comparison?.kind === "shown" &&
    comparison.before.topology === before &&
    comparison.after.topology === after;
  return isSame ? comparison.union.topology : uniteTopologies(before, after, revision - 1);
}

/** The comparison with the frame that is on screen now. What a drill shows was never measured: it is not compared. */
export function compareAfter(
  state: CompareState,
  feed: Pick<FeedState, "current" | "volumes">,
): CompareState {
  const { comparison } = state;
  const { current } = feed;
  if (comparison === undefined || current === undefined) return state;
  if (current.simulated !== undefined) return { ...state, comparison: undefined };
  if (comparison.kind !== "shown" || comparison.after === current) return state;
  return compareWith(state, comparison.at, comparison.before, feed);
}

/** Whether another feed or another file is shown: moments of two are not compared, nor is one marked for the other. */
export function isOtherSource(before: SourceInfo | undefined, after: SourceInfo | undefined): boolean {
  if (before === undefined || after === undefined) return false;
  return before.feed !== after.feed || before.file?.id !== after.file?.id;
}

/** How a node or an edge differs from the moment that it is compared with; undefined where nothing is compared, or it existed at neither. */
export function changeOf({ comparison }: CompareState, ref: ItemRef): ItemChange | undefined {
  if (comparison?.kind !== "shown") return undefined;
  const { changes, union } = comparison;
  const item = findItem(union.topology, ref);
  if (item === undefined) return undefined;
  return item.kind === "node" ? changes.nodes[item.node - 1] : changes.edges[item.edge];
}

/** How many nodes and edges have changed below a node. */
export function changesBelow({ comparison }: CompareState, path: NodePath): number {
  if (comparison?.kind !== "shown") return 0;
  const { node, missing } = resolvePath(comparison.union.topology, path);
  return missing.length === 0 ? (comparison.inside[node] ?? 0) : 0;
}

/** A frame with its volumes. */
export interface ShownFrame {
  readonly current: TrafficSnapshot | undefined;
  readonly volumes: NodeVolumes | undefined;
}

/**
 * What the picture, its twin and the panels show: the source's frame, while moments are compared with what is gone in it. What is computed, saved or counted is
 * taken from the feed itself.
 */
export function shownFrame({
  feed,
  compare: { comparison },
}: {
  readonly feed: FeedState;
  readonly compare: CompareState;
}): ShownFrame {
  return comparison?.kind === "shown"
    ? { current: comparison.union, volumes: comparison.volumes }
    : { current: feed.current, volumes: feed.volumes };
}
