import type { TrafficSnapshot } from "#domain/snapshot.ts";
import { sameStructure, type EdgeIndex, type Topology } from "#domain/topology.ts";
import { edgeRef, refKey } from "#domain/node-path.ts";
import { rowTotal } from "#domain/volume.ts";

/** More frames say little more about a median. */
const mostFrames = 30;

/** Total rate of every edge of a topology in one frame, requests per second; 0 where the frame has no such edge. */
export type EdgeTotals = Float64Array;

/** The frame's totals and those of the newest frames before it, the frame's last. Edges of other topologies are found by their names. */
export function edgeTotals(
  frame: TrafficSnapshot,
  history: readonly TrafficSnapshot[],
): readonly EdgeTotals[] {
  const { topology } = frame;
  const positions = new Map<Topology, Int32Array>();
  const frames = [...history.slice(-(mostFrames - 1)), frame];
  return frames.map((other) => {
    let places = other.topology === topology ? undefined : positions.get(other.topology);
    if (places === undefined && other.topology !== topology) {
      places = placesIn(topology, other.topology);
      positions.set(other.topology, places);
    }
    return topology.edges.reduce((totals, _, edge) => {
      const place = places === undefined ? edge : places[edge]!;
      if (place >= 0) totals[edge] = rowTotal(other.rates, place, other.topology.classes.length);
      return totals;
    }, new Float64Array(topology.edges.length));
  });
}

/** For every edge of `topology` its position in `other`, or -1. */
function placesIn(topology: Topology, other: Topology): Int32Array {
  if (sameStructure(topology, other)) return Int32Array.from(topology.edges, (_, edge) => edge);
  const byName = new Map<string, EdgeIndex>();
  other.edges.forEach((_, edge) => byName.set(refKey(edgeRef(other, edge)), edge));
  return Int32Array.from(topology.edges, (_, edge) => byName.get(refKey(edgeRef(topology, edge))) ?? -1);
}
