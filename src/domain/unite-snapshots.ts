import { must } from "#base/assert.ts";

import { carryValues } from "./delta-carry.ts";
import { matchTopologies } from "./delta-match.ts";
import { createSnapshot, type TrafficSnapshot } from "./snapshot.ts";
import { createTopology, type Topology, type TrafficEdge, type TrafficNode } from "./topology.ts";
import type { NodeVolumes } from "./volume.ts";

/**
 * What exists at either of two moments: all of the later one, in its order, so that a position in the later one is the same position here; then what only the
 * earlier one had, which is the order of `compareSnapshots`. The very topology of the later one where nothing is gone. Linear in nodes and edges.
 */
export function uniteTopologies(before: Topology, after: Topology, revision: number): Topology {
  const match = matchTopologies(before, after);
  const place = new Int32Array(before.nodes.length).fill(-1);
  match.nodes.forEach((old, node) => {
    if (old >= 0) place[old] = node;
  });
  const isKept = new Uint8Array(before.edges.length);
  match.edges.forEach((old) => {
    if (old >= 0) isKept[old] = 1;
  });

  const nodes: TrafficNode[] = [...after.nodes];
  before.nodes.forEach((node, old) => {
    if (must(place[old]) >= 0) return;
    place[old] = nodes.length;
    nodes.push({ ...withoutClass(node), parent: must(place[node.parent]) });
  });
  const edges: TrafficEdge[] = [...after.edges];
  before.edges.forEach((edge, old) => {
    if (isKept[old] === 1) return;
    edges.push({ ...withoutClass(edge), source: must(place[edge.source]), target: must(place[edge.target]) });
  });
  if (nodes.length === after.nodes.length && edges.length === after.edges.length) return after;
  return createTopology({ revision, classes: after.classes, nodes, edges });
}

/** The later moment in the union of both: what is gone carries nothing, and nothing else is known of it. */
export function uniteSnapshots(union: Topology, after: TrafficSnapshot): TrafficSnapshot {
  const { nodes, edges } = after.topology;
  if (union === after.topology) return after;
  const values = carryValues(after, union, {
    nodes: positionsOf(union.nodes.length, nodes.length),
    edges: positionsOf(union.edges.length, edges.length),
  });
  return createSnapshot({ ...after, topology: union, values });
}

/**
 * The later moment's volumes in the union: 0 for what is gone. They are not counted anew, because an edge that is gone would make a node that is called by
 * nobody any more look as if nothing passed through it.
 */
export function uniteVolumes(union: Topology, after: NodeVolumes): NodeVolumes {
  const length = union.nodes.length * union.classes.length;
  if (after.through.length === length) return after;
  return {
    inbound: padded(after.inbound, length),
    outbound: padded(after.outbound, length),
    through: padded(after.through, length),
  };
}

/** Own position of the first `known`, -1 for the rest. */
function positionsOf(length: number, known: number): Int32Array {
  return Int32Array.from({ length }, (_, i) => (i < known ? i : -1));
}

function padded(values: Float64Array, length: number): Float64Array {
  const longer = new Float64Array(length);
  longer.set(values);
  return longer;
}

/** The health that the source declared was that of then. */
function withoutClass<T extends { readonly class?: string }>({ class: _declared, ...item }: T) {
  return item;
}
