import type { ChangeKind, ItemChange } from "#domain/compare-snapshots.ts";
import { edgeRef, nodeRef, refKey } from "#domain/node-path.ts";
import type { Topology } from "#domain/topology.ts";
import type { BuiltStructure } from "#scene/build-structure.ts";
import { changeMarks, type SceneChanges } from "#scene/scene.ts";

import type { Comparison } from "./compare-state.ts";

/** What is gone is nowhere in the scene. */
const markOf: Readonly<Record<ChangeKind, number>> = {
  new: changeMarks.new,
  hotter: changeMarks.hotter,
  colder: changeMarks.colder,
  gone: changeMarks.none,
  same: changeMarks.none,
};

/** How nodes and edges of the scene differ from the moment that they are compared with; undefined while nothing is compared. */
export function sceneChanges(
  comparison: Comparison | undefined,
  structure: BuiltStructure,
  topology: Topology,
): SceneChanges | undefined {
  if (comparison?.kind !== "shown") return undefined;
  const nodes = marksByKey(comparison.changes.nodes);
  const edges = marksByKey(comparison.changes.edges);
  const { nodeIndex, edgeIndex } = structure;
  return {
    nodes: Uint8Array.from(nodeIndex, (node) => nodes.get(refKey(nodeRef(topology, node))) ?? 0),
    edges: Uint8Array.from(edgeIndex, (edge) => edges.get(refKey(edgeRef(topology, edge))) ?? 0),
  };
}

/** Positions of what has a mark. */
export function changedPositions(marks: Uint8Array): ReadonlySet<number> {
  const positions = new Set<number>();
  marks.forEach((mark, position) => {
    if (mark !== changeMarks.none) positions.add(position);
  });
  return positions;
}

function marksByKey(changes: readonly ItemChange[]): ReadonlyMap<string, number> {
  const marks = new Map<string, number>();
  for (const { ref, kind } of changes) {
    if (markOf[kind] !== changeMarks.none) marks.set(refKey(ref), markOf[kind]);
  }
  return marks;
}
