import { curveStyleOf, flightMs, rimsOf, type BuiltStructure } from "./build-structure.ts";
import { curveLength, edgeCurves } from "./edge-geometry.ts";

export interface Move {
  /** New places: x and y of node i are xy[2i] and xy[2i + 1]. */
  readonly xy: Float32Array;
  /** Per node: 1 when a person has put it where it stands. */
  readonly pinned: Uint8Array;
  /** Median latency of each edge of the topology, NaN where it is not known. */
  readonly latencyMs: Float64Array;
  readonly version: number;
}

/**
 * The same nodes and edges in other places. Only edges of nodes that have moved are computed anew, and the columns that did not change are the very same arrays,
 * by which whoever draws knows that the edges are the same: a node can be dragged about among 5,000 edges.
 */
export function moveStructure(
  built: BuiltStructure,
  { xy, pinned, latencyMs, version }: Move,
): BuiltStructure {
  const { nodes, edges, edgeIndex, view } = built;
  const x = Float32Array.from({ length: nodes.count }, (_, i) => xy[2 * i]!);
  const y = Float32Array.from({ length: nodes.count }, (_, i) => xy[2 * i + 1]!);
  const moved = x.map((place, node) => (place === nodes.x[node] && y[node] === nodes.y[node] ? 0 : 1));
  const curves = edgeCurves(edges, { x, y, rim: rimsOf(view, nodes.radius) }, curveStyleOf(view), {
    curves: edges.curves,
    moved: Uint8Array.from(moved),
  });
  const flights = edges.flightMs.map((before, edge) => {
    const hasMoved = moved[edges.source[edge]!] === 1 || moved[edges.target[edge]!] === 1;
    return hasMoved ? flightMs(curveLength(curves, edge), latencyMs[edgeIndex[edge]!] ?? NaN) : before;
  });
  return {
    ...built,
    version,
    nodes: { ...nodes, x, y, pinned },
    edges: { ...edges, curves, flightMs: flights },
  };
}
