import { assert } from "#base/assert.ts";
import type { Millis } from "#base/time.ts";

import type { DrillInfo } from "./drill-info.ts";
import type { Notice } from "./notice.ts";
import type { Topology } from "./topology.ts";

/** Latency per edge in milliseconds. NaN where nothing was measured, never 0. */
export interface LatencyColumns {
  readonly p50: Float64Array;
  readonly p95: Float64Array;
  readonly p99: Float64Array;
}

/**
 * All traffic at one moment: a topology, and beside it columns of numbers. Treat it as immutable.
 *
 * The columns are windows on one array, `values`, so that a change is a list of (slot, number) and applying it is one copy.
 * With E edges, N nodes and C classes the slots are, in this order:
 *
 *   rates        E*C   rates[edge * C + class], requests per second
 *   latency      3*E   p50 of every edge, then p95, then p99; milliseconds
 *   nodeRates    N*C   what a node reports of itself (an instance without edges), requests per second
 *   maxVolume    N     greatest recent volume inside the node, requests per second
 *   capacity     N     what the node is configured to bear, requests per second
 *   instances    N     how many run
 *   observedAt   N     when the node was last heard of, Millis
 *
 * NaN stands for "not known" everywhere but in `rates`, where a class that is not mentioned has the rate 0.
 */
export interface TrafficSnapshot {
  readonly at: Millis;
  /** How long the window is that the rates are averaged over. */
  readonly windowMs: number;
  readonly topology: Topology;
  readonly notices: readonly Notice[];
  /** Present when every number is a model's; whatever shows it says so. */
  readonly simulated?: DrillInfo;
  readonly values: Float64Array;
  readonly rates: Float64Array;
  readonly latencyMs: LatencyColumns;
  readonly nodeRates: Float64Array;
  readonly maxVolume: Float64Array;
  readonly capacity: Float64Array;
  readonly instances: Float64Array;
  readonly observedAt: Float64Array;
}

/** Sizes that fix where each column begins. */
export interface SlotShape {
  readonly edges: number;
  readonly nodes: number;
  readonly classes: number;
}

/** First slot of each column, and the number of slots. */
export interface SlotOffsets {
  readonly rates: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly nodeRates: number;
  readonly maxVolume: number;
  readonly capacity: number;
  readonly instances: number;
  readonly observedAt: number;
  readonly length: number;
}

export function slotShape(topology: Topology): SlotShape {
  return {
    edges: topology.edges.length,
    nodes: topology.nodes.length,
    classes: topology.classes.length,
  };
}

export function slotOffsets({ edges, nodes, classes }: SlotShape): SlotOffsets {
  const p50 = edges * classes;
  const p95 = p50 + edges;
  const p99 = p95 + edges;
  const nodeRates = p99 + edges;
  const maxVolume = nodeRates + nodes * classes;
  const capacity = maxVolume + nodes;
  const instances = capacity + nodes;
  const observedAt = instances + nodes;
  return {
    rates: 0,
    p50,
    p95,
    p99,
    nodeRates,
    maxVolume,
    capacity,
    instances,
    observedAt,
    length: observedAt + nodes,
  };
}

/** Fresh slots for a topology: rates 0, all else unknown. */
export function emptyValues(topology: Topology): Float64Array {
  const offsets = slotOffsets(slotShape(topology));
  return new Float64Array(offsets.length).fill(NaN, offsets.p50);
}

export interface SnapshotParts {
  readonly at: Millis;
  readonly windowMs: number;
  readonly topology: Topology;
  readonly notices: readonly Notice[];
  readonly simulated?: DrillInfo;
  /** Becomes the snapshot's own: do not write to it afterwards. */
  readonly values: Float64Array;
}

export function createSnapshot(parts: SnapshotParts): TrafficSnapshot {
  const { values } = parts;
  const o = slotOffsets(slotShape(parts.topology));
  assert(values.length === o.length, `${values.length} slots where the topology has ${o.length}`);
  return {
    ...parts,
    rates: values.subarray(o.rates, o.p50),
    latencyMs: {
      p50: values.subarray(o.p50, o.p95),
      p95: values.subarray(o.p95, o.p99),
      p99: values.subarray(o.p99, o.nodeRates),
    },
    nodeRates: values.subarray(o.nodeRates, o.maxVolume),
    maxVolume: values.subarray(o.maxVolume, o.capacity),
    capacity: values.subarray(o.capacity, o.instances),
    instances: values.subarray(o.instances, o.observedAt),
    observedAt: values.subarray(o.observedAt, o.length),
  };
}
