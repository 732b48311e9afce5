import { must } from "#base/assert.ts";
import { viewOf } from "#domain/focus.ts";
import type { NodeIndex, Topology } from "#domain/topology.ts";
import type { NodeVolumes } from "#domain/volume.ts";
import { rowTotal } from "#domain/volume.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";

/** Who stands at the top of a frame: regions, and where users come from. */
export interface TopLevel {
  readonly regions: readonly NodeIndex[];
  readonly entries: readonly NodeIndex[];
}

/**
 * Regions are the children of the root that have an inside or receive something, and carry traffic or have a known capacity (one that stands by); entries are
 * those that are declared so, or only send. A root that is itself the graph of a region has no regions.
 */
export function findRegions(snapshot: TrafficSnapshot, volumes: NodeVolumes): TopLevel {
  const { topology } = snapshot;
  if (isRegionItself(topology)) return { regions: [], entries: [] };
  const regions: NodeIndex[] = [];
  const entries: NodeIndex[] = [];
  for (const node of topology.children[0] ?? []) {
    if (isEntry(topology, node)) entries.push(node);
    else if (carries(volumes, node, topology.classes.length) || standsBy(snapshot, node)) regions.push(node);
  }
  return { regions, entries };
}

/** Whether the children of the root are services, not regions. */
export function isRegionItself(topology: Topology): boolean {
  return viewOf(topology, 0) === "flow" && !hasInsides(topology);
}

function hasInsides(topology: Topology): boolean {
  return must(topology.children[0]).some((child) => (topology.inside[child]?.length ?? 0) > 0);
}

/** Whether users come from there: said so, or a leaf that sends and receives nothing. */
export function isEntry(topology: Topology, node: NodeIndex): boolean {
  if (topology.nodes[node]?.isEntry === true) return true;
  const count = (lists: readonly (readonly number[])[]) => lists[node]?.length ?? 0;
  return count(topology.children) === 0 && count(topology.incoming) === 0 && count(topology.outgoing) > 0;
}

function carries(volumes: NodeVolumes, node: NodeIndex, classes: number): boolean {
  return rowTotal(volumes.through, node, classes) > 0;
}

function standsBy({ capacity, maxVolume }: TrafficSnapshot, node: NodeIndex): boolean {
  return capacity[node]! > 0 || maxVolume[node]! > 0;
}
