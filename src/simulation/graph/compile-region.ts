import { must } from "#base/assert.ts";
import { regionBehind } from "#domain/boundary.ts";
import { severityRates } from "#domain/health.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";
import type { NodeIndex } from "#domain/topology.ts";

import { amplificationOf } from "./amplification.ts";
import { callOrder } from "./call-order.ts";
import { nodeRoles, type KnownCapacity, type RegionGraph } from "./drill-graph.ts";
import { gainColumns, sourceVolumes, type GainInput } from "./gain-columns.ts";
import { knownCapacity } from "./known-capacity.ts";
import type { EdgeTotals } from "./match-frames.ts";

/** What the level above knows of a region. Requests per second. */
export interface RegionTraffic {
  /** From users, over edges; 0 where there are no such edges. */
  readonly fromUsers: number;
  readonly fromRegions: number;
  /** Greatest sum of both in the frames before. */
  readonly recordedPeak: number;
}

/** A region as columns. `frames` are the totals of all edges in all frames, the newest last. */
export function compileRegion(
  snapshot: TrafficSnapshot,
  node: NodeIndex,
  traffic: RegionTraffic,
  frames: readonly EdgeTotals[],
): RegionGraph {
  const { topology } = snapshot;
  const nodes = Int32Array.from(topology.children[node] ?? []);
  const input = gainInput(snapshot, node, nodes);
  const { edges, sources, targets, isEnd } = input;
  const behind = Int32Array.from(nodes, (child) => regionBehind(topology, child));
  const rates = Float64Array.from(edges, (edge) => must(frames.at(-1))[edge]!);
  const { volumes, roles, roots } = nodeColumns(input, behind, must(frames.at(-1)));
  const users = traffic.fromUsers > 0 ? traffic.fromUsers : sumOf(roots, (i) => roles[i] === nodeRoles.entry);
  const inbound = users + traffic.fromRegions;
  const capacity = knownCapacity({
    configured: snapshot.capacity[node]!,
    recordedPeak: traffic.recordedPeak,
    maxVolume: snapshot.maxVolume[node]!,
    derived: NaN,
    volume: inbound,
  });
  const names = Array.from(nodes, (child) => must(topology.nodes[child]).name);
  const gains = gainColumns(input, frames);
  // Nothing goes on from where users are, or in another region: what comes there has arrived.
  const goesOn = Uint8Array.from(edges, (_, e) => {
    const isUsed = gains.gains[e]! > 0 || gains.gainsNow[e]! > 0;
    return isUsed && isEnd[targets[e]!] === 0 ? 1 : 0;
  });
  const order = callOrder({ size: nodes.length, sources, targets, goesOn });
  const known = serviceCapacities(snapshot, { input, volumes, frames, nodes, capacity, inbound });
  const own = must(topology.nodes[node]);
  return {
    node,
    name: own.name,
    label: own.displayName ?? own.name,
    users,
    inbound,
    capacity,
    nodes,
    names,
    indexOf: new Map(names.map((name, i) => [name, i])),
    roles,
    behind,
    volumes,
    roots,
    capacities: Float64Array.from(known, ({ rate }) => rate),
    capacitySources: known.map(({ source }) => source),
    edges,
    sources,
    targets,
    rates,
    errorShares: errorShares(snapshot, edges),
    ...gains,
    order,
    amplification: amplificationOf({ sources, order }, gains.gains, names),
  };
}

function gainInput({ topology }: TrafficSnapshot, region: NodeIndex, nodes: Int32Array): GainInput {
  const edges = Int32Array.from(topology.inside[region] ?? []);
  const placeOf = new Map(Array.from(nodes, (node, i) => [node, i]));
  const place = (node: NodeIndex) => must(placeOf.get(node), "an edge joins siblings");
  return {
    edges,
    sources: Int32Array.from(edges, (edge) => place(must(topology.edges[edge]).source)),
    targets: Int32Array.from(edges, (edge) => place(must(topology.edges[edge]).target)),
    isEnd: Uint8Array.from(nodes, (node) =>
      topology.nodes[node]?.isEntry === true || regionBehind(topology, node) !== -1 ? 1 : 0,
    ),
  };
}

function nodeColumns(
  input: GainInput,
  behind: Int32Array,
  totals: EdgeTotals,
): Pick<RegionGraph, "volumes" | "roles" | "roots"> {
  const { edges, targets, isEnd } = input;
  const volumes = sourceVolumes(input, totals);
  const inbound = new Float64Array(isEnd.length);
  for (let e = 0; e < edges.length; e += 1) inbound[targets[e]!]! += totals[edges[e]!]!;
  const roles = Uint8Array.from(isEnd, (end, node) => {
    if (behind[node] !== -1) return nodeRoles.boundary;
    if (end === 1) return nodeRoles.entry;
    return inbound[node] === 0 && volumes[node]! > 0 ? nodeRoles.ownRoot : nodeRoles.service;
  });
  const roots = volumes.map((volume, node) => (roles[node] === nodeRoles.service ? 0 : volume));
  return { volumes, roles, roots };
}

interface ServiceEvidence {
  readonly input: GainInput;
  readonly volumes: Float64Array;
  readonly frames: readonly EdgeTotals[];
  readonly nodes: Int32Array;
  /** The region's own. */
  readonly capacity: KnownCapacity;
  readonly inbound: number;
}

function serviceCapacities(snapshot: TrafficSnapshot, evidence: ServiceEvidence): readonly KnownCapacity[] {
  const { input, volumes, frames, nodes, capacity, inbound } = evidence;
  const peaks = new Float64Array(nodes.length);
  for (const totals of frames.slice(0, -1)) {
    sourceVolumes(input, totals).forEach((volume, i) => (peaks[i] = Math.max(peaks[i]!, volume)));
  }
  const room = inbound > 0 ? capacity.rate / inbound : NaN;
  return Array.from(nodes, (node, i) =>
    knownCapacity({
      configured: snapshot.capacity[node]!,
      recordedPeak: peaks[i]!,
      maxVolume: snapshot.maxVolume[node]!,
      derived: volumes[i]! * room,
      volume: volumes[i]!,
    }),
  );
}

function errorShares({ topology, rates }: TrafficSnapshot, edges: Int32Array): Float64Array {
  return Float64Array.from(edges, (edge) => {
    const { total, danger } = severityRates(rates, edge, topology.classes);
    return total > 0 ? danger / total : 0;
  });
}

function sumOf(column: Float64Array, isCounted: (index: number) => boolean): number {
  return column.reduce((sum, value, i) => (isCounted(i) ? sum + value : sum), 0);
}
