import type { ChangeKind } from "#domain/compare-snapshots.ts";
import type { BuiltStructure } from "#scene/build-structure.ts";
import { sizeOf } from "#scene/build-values.ts";
import type { EmphasisInput } from "#scene/emphasis.ts";
import { changeMarks, type SceneChanges, type SceneNodes, type SceneValues } from "#scene/scene.ts";

import type { Comparison } from "./compare-state.ts";

const markOf: Readonly<Record<ChangeKind, number>> = {
  new: changeMarks.new,
  gone: changeMarks.gone,
  hotter: changeMarks.hotter,
  colder: changeMarks.colder,
  same: changeMarks.none,
};

/** Values with the marks of a comparison; as they are while nothing is compared. A ghost is as large as it was, though nothing passes through it. */
export function withChanges(
  values: SceneValues,
  comparison: Comparison | undefined,
  { nodeIndex, edgeIndex }: BuiltStructure,
): SceneValues {
  if (comparison?.kind !== "shown") return values;
  const { nodes, edges } = comparison.changes;
  const changes = {
    // The root is not compared.
    nodes: Uint8Array.from(nodeIndex, (node) => markOf[nodes[node - 1]?.kind ?? "same"]),
    edges: Uint8Array.from(edgeIndex, (edge) => markOf[edges[edge]?.kind ?? "same"]),
    inside: Uint32Array.from(nodeIndex, (node) => comparison.inside[node] ?? 0),
  };
  const largest = values.nodeVolume.reduce((most, volume) => Math.max(most, volume), 0);
  const nodeSize = values.nodeSize.map((size, position) => {
    if (changes.nodes[position] !== changeMarks.gone) return size;
    return sizeOf(nodes[(nodeIndex[position] ?? 0) - 1]?.before?.volume ?? 0, largest);
  });
  return { ...values, nodeSize, changes };
}

/** What a comparison brings forward, by position in the scene: what has changed, or holds something that has; and the node that one has entered. */
export function changedItems({ nodes, edges, inside }: SceneChanges, { role }: SceneNodes): Found {
  return {
    nodes: positions(
      nodes,
      (mark, node) => mark !== changeMarks.none || (inside[node] ?? 0) > 0 || role[node] === "centre",
    ),
    edges: positions(edges, (mark) => mark !== changeMarks.none),
  };
}

export function hasChanges({ nodes, edges, inside }: SceneChanges): boolean {
  return [nodes, edges, inside].some((column) => column.some((value) => value > 0));
}

type Found = NonNullable<EmphasisInput["found"]>;

function positions(
  marks: Uint8Array,
  isFound: (mark: number, position: number) => boolean,
): ReadonlySet<number> {
  const found = new Set<number>();
  marks.forEach((mark, position) => {
    if (isFound(mark, position)) found.add(position);
  });
  return found;
}
