import type { TrafficSnapshot } from "#domain/snapshot.ts";
import type { EdgeIndex, NodeIndex } from "#domain/topology.ts";

import type { CapacitySource } from "../forecast/forecast.ts";
import type { CallOrder } from "./call-order.ts";

/** A frame (and the frames before it) as what-if and simulation need it: regions by position, columns of numbers. Never written to. */
export interface DrillGraph {
  readonly frame: TrafficSnapshot;
  /** How many frames the gains and peaks come from; the frame itself is one of them. */
  readonly frames: number;
  readonly regions: readonly RegionGraph[];
  /** The edges from where users come from to the regions. */
  readonly userEdges: readonly UserEdge[];
  /** The edges between regions: what one front door passes on to another. */
  readonly regionEdges: readonly RegionEdge[];
}

export interface UserEdge {
  readonly edge: EdgeIndex;
  readonly entry: NodeIndex;
  /** Position in `regions`. */
  readonly region: number;
  /** Requests per second. */
  readonly rate: number;
}

export interface RegionEdge {
  readonly edge: EdgeIndex;
  /** Positions in `regions`. */
  readonly source: number;
  readonly target: number;
  /** Requests per second. */
  readonly rate: number;
}

/** What something can take, as far as that is known. Requests per second; NaN when nobody knows. */
export interface KnownCapacity {
  readonly rate: number;
  readonly source: CapacitySource;
}

/**
 * What a node of a region is: traffic comes to a service; it begins at an entry (users) and at an own root (timers, streams, batches). A boundary stands for another
 * region: what begins there is what that region calls, and what comes to it leaves this one.
 */
export const nodeRoles = { service: 0, entry: 1, ownRoot: 2, boundary: 3 } as const;

/**
 * One region. Nodes are counted in the order of the topology's children, edges in that of its edges; N and E are their numbers. A region of which
 * nothing is known inside has none. All rates are requests per second, classes added up.
 */
export interface RegionGraph {
  readonly node: NodeIndex;
  readonly name: string;
  /** The name for people. */
  readonly label: string;
  /** What users send to it: over the edges from the entries beside it, or what its own entries send where there are none. */
  readonly users: number;
  /** All that arrives: from users and from other regions. */
  readonly inbound: number;
  readonly capacity: KnownCapacity;

  /** N: position in the topology. */
  readonly nodes: Int32Array;
  /** N: names, by which services of different regions are the same. */
  readonly names: readonly string[];
  readonly indexOf: ReadonlyMap<string, number>;
  /** N: one of `nodeRoles`. */
  readonly roles: Uint8Array;
  /** N: of a boundary the topology's node of the region that it stands for; -1 elsewhere. */
  readonly behind: Int32Array;
  /** N: what comes in; what goes out of entries, own roots and boundaries. */
  readonly volumes: Float64Array;
  /** N: what begins there: the volume of entries, own roots and boundaries, 0 elsewhere. */
  readonly roots: Float64Array;
  /** N: requests per second; NaN where nobody knows. */
  readonly capacities: Float64Array;
  /** N: where each was taken from. */
  readonly capacitySources: readonly CapacitySource[];

  /** E: position in the topology. */
  readonly edges: Int32Array;
  /** E: positions among the region's nodes. */
  readonly sources: Int32Array;
  readonly targets: Int32Array;
  readonly rates: Float64Array;
  /** E: failed requests as a share of all, 0 to 1. */
  readonly errorShares: Float64Array;
  /**
   * E: calls over the edge per request at its source, in this frame. With them `solveVolumes` gives the frame's volumes again.
   */
  readonly gainsNow: Float64Array;
  /** E: the same as the median over all frames: what further requests are expected to cause. */
  readonly gains: Float64Array;
  /** E: least and greatest over all frames. */
  readonly gainsLow: Float64Array;
  readonly gainsHigh: Float64Array;
  readonly order: CallOrder;
  readonly amplification: Amplification;
}

/** Whether a node of a region does work, rather than stand for users or for another region. */
export function isService({ roles }: Pick<RegionGraph, "roles">, node: number): boolean {
  return roles[node] === nodeRoles.service || roles[node] === nodeRoles.ownRoot;
}

/** How much calls that go round cause of themselves. */
export interface Amplification {
  /** Spectral radius of the gains: from 1 on one request causes endless others. 0 where nothing goes round. */
  readonly radius: number;
  /** Names of the services of the loudest cycle, in the order of the calls; empty where nothing goes round. */
  readonly cycle: readonly string[];
}
