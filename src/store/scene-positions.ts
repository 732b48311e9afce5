import { findItem, type ItemRef, type NodePath } from "#domain/node-path.ts";
import type { Topology } from "#domain/topology.ts";
import type { BuiltStructure } from "#scene/build-structure.ts";

/** Position in the scene of a node or an edge by name; -1 where it is not on screen. */
export function positionOf(
  ref: ItemRef | undefined,
  structure: BuiltStructure,
  topology: Topology,
): { readonly node: number; readonly edge: number } {
  const item = ref === undefined ? undefined : findItem(topology, ref);
  return {
    node: item?.kind === "node" ? structure.nodeIndex.indexOf(item.node) : -1,
    edge: item?.kind === "edge" ? structure.edgeIndex.indexOf(item.edge) : -1,
  };
}

export function nodePosition(
  path: NodePath | undefined,
  structure: BuiltStructure,
  topology: Topology,
): number {
  return path === undefined ? -1 : positionOf({ kind: "node", path }, structure, topology).node;
}
