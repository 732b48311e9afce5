import type { EdgeIndex, NodeIndex, Topology } from "#domain/topology.ts";
import { rowTotal } from "#domain/volume.ts";

import { nodeRoles, type DrillGraph, type KnownCapacity, type RegionGraph } from "../graph/drill-graph.ts";
import { findCrossings, type Crossing } from "./crossings.ts";

/**
 * A frame in columns, as the engine steps over it.
 *
 * A *station* is where calls queue: station r is the front door of region r, through which all that users send has to pass, and stations `regions.length`
 * and up are the services, region by region, callers before callees. A *flow* is a rate that others are proportional to; flows 0 and up are what the
 * stations serve. After them come, for each region: how many of its users it has by how many it had (`drive`), which moves what starts inside without a
 * user, and what arrives at it from users (`arrival`); then, for each crossing, what the one region calls in the other. The last flow is the constant 1.
 *
 * Gains are those of the frame alone, an edge's rate by what its source is given, so that a world which nothing disturbs is the frame.
 */
export interface WorldGraph {
  readonly source: DrillGraph;
  readonly topology: Topology;
  readonly regions: readonly RegionGraph[];
  readonly stations: number;
  readonly flows: number;
  /** Per station: its node, its region's position and what it is given in the frame. */
  readonly stationNode: Int32Array;
  readonly stationRegion: Int32Array;
  readonly stationLoad: Float64Array;
  /** Per station: what it can take, requests per second, NaN where nobody knows; and 1 where that is a peak that was seen, not what is configured. */
  readonly stationLimit: Float64Array;
  readonly stationLimitIsPeak: Uint8Array;
  /** Calls that reach station s, from callStart[s] to callStart[s + 1]: the rate is gain * flow. */
  readonly callStart: Int32Array;
  readonly callFlow: Int32Array;
  readonly callGain: Float64Array;
  /** Per call: the edge that it is shown on. */
  readonly callEdge: Int32Array;
  /** Per edge of the topology: rate = gain * flow, and the station at its end; -1 where it ends elsewhere. */
  readonly edgeFlow: Int32Array;
  readonly edgeGain: Float64Array;
  readonly edgeTarget: Int32Array;
  /** What regions call in each other, where that is seen inside of both. */
  readonly crossings: readonly Crossing[];
  /** Per node: the station that speaks for it: its own, or for parts of a service that of the service; -1 for none. */
  readonly nodeStation: Int32Array;
}

/** Flow of what arrives at region r from users. */
export function arrivalFlow({ regions, stations }: WorldGraph, r: number): number {
  return stations + regions.length + r;
}

/** Flow of a region's users by what it had. */
export function driveFlow({ stations }: WorldGraph, r: number): number {
  return stations + r;
}

/** Flow of the crossing at that position in `crossings`. */
export function crossingFlow(
  { stations, regions }: Pick<WorldGraph, "stations" | "regions">,
  crossing: number,
): number {
  return stations + 2 * regions.length + crossing;
}

export function constantFlow({ flows }: WorldGraph): number {
  return flows - 1;
}

/** Puts regions, services and calls in columns. */
export function compileWorld(source: DrillGraph): WorldGraph {
  const { frame, regions } = source;
  const { topology } = frame;
  const services = regions.map((region) => region.order.nodes.filter((i) => isStation(region, i)));
  const stations = regions.length + services.reduce((sum, { length }) => sum + length, 0);
  const crossings = findCrossings(source);
  const flows = stations + 2 * regions.length + crossings.length + 1;
  const classes = topology.classes.length;
  const graph = {
    source,
    topology,
    regions,
    stations,
    flows,
    stationNode: new Int32Array(stations),
    stationRegion: new Int32Array(stations),
    stationLoad: new Float64Array(stations),
    stationLimit: new Float64Array(stations),
    stationLimitIsPeak: new Uint8Array(stations),
    edgeFlow: new Int32Array(topology.edges.length).fill(flows - 1),
    edgeGain: Float64Array.from(topology.edges, (_, edge) => rowTotal(frame.rates, edge, classes)),
    edgeTarget: new Int32Array(topology.edges.length).fill(-1),
    crossings,
    nodeStation: new Int32Array(topology.nodes.length).fill(-1),
  };
  const place = (
    station: number,
    region: number,
    node: NodeIndex,
    load: number,
    known: KnownCapacity,
  ): void => {
    graph.nodeStation[node] = station;
    graph.stationNode[station] = node;
    graph.stationRegion[station] = region;
    graph.stationLoad[station] = load;
    graph.stationLimit[station] = known.rate;
    graph.stationLimitIsPeak[station] = known.source === "configured" ? 0 : 1;
  };
  let free = regions.length;
  regions.forEach((region, r) => {
    place(r, r, region.node, region.users, region.capacity);
    for (const i of services[r]!) {
      const known = { rate: region.capacities[i]!, source: region.capacitySources[i]! };
      place(free, r, region.nodes[i]!, region.volumes[i]!, known);
      free += 1;
    }
  });
  spread(graph);
  attachEdges(graph);
  return { ...graph, ...callColumns(graph) };
}

/** A service that is called; entries, own roots and boundaries only call, and are never short of capacity. */
function isStation({ roles, volumes }: RegionGraph, i: number): boolean {
  return roles[i] === nodeRoles.service && volumes[i]! > 0;
}

type Draft = Omit<WorldGraph, "callStart" | "callFlow" | "callGain" | "callEdge">;

/** Parts of a service follow the service. Parents come before their children. */
function spread({ topology, nodeStation, regions }: Draft): void {
  topology.nodes.forEach(({ parent }, node) => {
    const ofParent = nodeStation[parent] ?? -1;
    if (nodeStation[node] === -1 && ofParent >= regions.length) nodeStation[node] = ofParent;
  });
}

/** Says of each edge what it is proportional to. */
function attachEdges(graph: Draft): void {
  const { source, topology, regions, stations, nodeStation, stationLoad, edgeFlow, edgeGain } = graph;
  const attach = (edge: EdgeIndex, flow: number, flowInFrame: number): void => {
    edgeFlow[edge] = flow;
    edgeGain[edge] = flowInFrame > 0 ? edgeGain[edge]! / flowInFrame : 0;
  };
  topology.edges.forEach((ends, edge) => {
    const from = nodeStation[ends.source]!;
    graph.edgeTarget[edge] = nodeStation[ends.target]!;
    if (from >= regions.length) attach(edge, from, stationLoad[from]!);
  });
  for (const { edge, region } of source.userEdges) {
    attach(edge, stations + regions.length + region, regions[region]!.users);
  }
  for (const { edge, source: from } of source.regionEdges) attach(edge, stations + from, 1);
  regions.forEach(({ edges, sources, roles, users }, r) => {
    edges.forEach((edge, e) => {
      const role = roles[sources[e]!];
      if (role === nodeRoles.entry) attach(edge, r, users);
      else if (role === nodeRoles.ownRoot) attach(edge, stations + r, 1);
    });
  });
  graph.crossings.forEach(({ between, arriving, rate }, k) => {
    for (const edge of [...between, ...arriving]) attach(edge, crossingFlow(graph, k), rate);
  });
}

/** The edges between stations, by the station that they reach. */
function callColumns(graph: Draft): Pick<WorldGraph, "callStart" | "callFlow" | "callGain" | "callEdge"> {
  const { topology, regions, stations, edgeTarget, edgeFlow, edgeGain, stationNode } = graph;
  const isCall = (edge: EdgeIndex): boolean => {
    const station = edgeTarget[edge]!;
    // Calls between the parts of a service stay inside of it.
    return station >= regions.length && topology.edges[edge]!.target === stationNode[station];
  };
  const callStart = new Int32Array(stations + 1);
  topology.edges.forEach((_, edge) => {
    if (isCall(edge)) callStart[edgeTarget[edge]! + 1]! += 1;
  });
  for (let s = 0; s < stations; s += 1) callStart[s + 1]! += callStart[s]!;
  const free = callStart.slice();
  const callFlow = new Int32Array(callStart[stations]!);
  const callGain = new Float64Array(callStart[stations]!);
  const callEdge = new Int32Array(callStart[stations]!);
  topology.edges.forEach((_, edge) => {
    if (!isCall(edge)) return;
    const at = free[edgeTarget[edge]!]!;
    free[edgeTarget[edge]!] = at + 1;
    callFlow[at] = edgeFlow[edge]!;
    callGain[at] = edgeGain[edge]!;
    callEdge[at] = edge;
  });
  return { callStart, callFlow, callGain, callEdge };
}
