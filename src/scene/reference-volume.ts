import type { ViewGraph } from "#domain/focus.ts";
import { rowTotal } from "#domain/volume.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";

import { failoverRoom, roundUp125 } from "./flow-scale.ts";

/**
 * The volume that widths and dots are measured by: the greatest that an edge of the view is expected to carry, requests per second. Taken from the peak that
 * the source knows, so that a quiet night looks quiet; else from what has flowed in the frames at hand, rounded up, so that it seldom changes.
 */
export function referenceVolume(graph: ViewGraph, frames: readonly TrafficSnapshot[]): number {
  const newest = frames.at(-1);
  if (newest === undefined) return 1;
  const known = knownPeak(graph, newest);
  const flowing = Math.max(
    0,
    ...frames.map((frame) => (frame.topology === newest.topology ? busiestEdge(graph, frame) : 0)),
  );
  return Math.max(known, known > 0 ? flowing : roundUp125(flowing * 1.2), Number.MIN_VALUE);
}

function knownPeak(graph: ViewGraph, { topology, maxVolume, capacity }: TrafficSnapshot): number {
  const peakOf = (node: number) => Math.max(0, maxVolume[node]! || 0, capacity[node]! || 0);
  if (graph.view !== "ring")
    return peakOf(graph.view === "flow" ? graph.focus : (topology.nodes[graph.focus]?.parent ?? 0));
  return Math.max(0, ...graph.nodes.map(({ node }) => peakOf(node))) * failoverRoom;
}

/** Of each frame, for the graph that was asked about last: frames stay at hand for many seconds, and each is asked about with every new one. */
const busiest = new WeakMap<TrafficSnapshot, { readonly graph: ViewGraph; readonly volume: number }>();

function busiestEdge(graph: ViewGraph, frame: TrafficSnapshot): number {
  const known = busiest.get(frame);
  if (known?.graph === graph) return known.volume;
  const classes = frame.topology.classes.length;
  let volume = 0;
  for (const edge of graph.edges) volume = Math.max(volume, rowTotal(frame.rates, edge, classes));
  busiest.set(frame, { graph, volume });
  return volume;
}
