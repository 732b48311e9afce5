import type { ChangeKind } from "#domain/compare-snapshots.ts";
import { edgeRef, nodeRef, refKey, type ItemRef } from "#domain/node-path.ts";
import type { Topology } from "#domain/topology.ts";
import type { BuiltStructure } from "#scene/build-structure.ts";
import { changeMarks, type SceneChanges } from "#scene/scene.ts";

import type { Comparison } from "./compare-state.ts";

const markOf: Readonly<Record<ChangeKind, number>> = {
  new: changeMarks.new,
  gone: changeMarks.gone,
  hotter: changeMarks.hotter,
  colder: changeMarks.colder,
  same: changeMarks.none,
};

/** How nodes and edges of the scene differ from the moment that they are compared with; undefined while nothing is compared. */
export function sceneChanges(
  comparison: Comparison | undefined,
  structure: BuiltStructure,
  topology: Topology,
): SceneChanges | undefined {
  if (comparison?.kind !== "shown") return undefined;
  const { byKey } = comparison;
  const { nodeIndex, edgeIndex } = structure;
  const mark = (ref: ItemRef) => markOf[byKey.get(refKey(ref))?.kind ?? "same"];
  return {
    nodes: Uint8Array.from(nodeIndex, (node) => mark(nodeRef(topology, node))),
    edges: Uint8Array.from(edgeIndex, (edge) => mark(edgeRef(topology, edge))),
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
