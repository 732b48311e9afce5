import type { WorldGraph } from "./world-graph.ts";

/** Utilisation that fleets are scaled to (reference model, 8.4: Netflix's and most auto-scalers' targets lie around it). */
export const targetUtilisation = 0.6;

/** What decides how large fleets are. */
export interface FleetRules {
  /** The greatest capacity is this many times the demonstrated peak. */
  readonly capacityFactor: number;
  /** Share of the way from what is up to the goal that is up from the beginning, 0 to 1. */
  readonly readyCapacity: number;
  /** What each region will have to serve, requests per second; Infinity: as much as it can. */
  readonly need: Float64Array;
}

/** Capacity of every station: what is up in the frame, and what it is scaled to. Requests per second. */
export interface Fleets {
  readonly up: Float64Array;
  readonly goal: Float64Array;
}

/**
 * Sizes the fleets (docs/decisions/0009).
 *
 * A station's limit is what it is configured to bear, else its demonstrated peak times the factor; where neither is known it has none. Up is what serves the present volume at the target utilisation, within the limit, though never
 * less than that volume. The goal is what the evacuation needs at the target utilisation, within the limit, though never less than what is up.
 */
export function sizeFleets(graph: WorldGraph, rules: FleetRules): Fleets {
  const { stations, stationLoad, stationRegion } = graph;
  const up = new Float64Array(stations);
  const goal = new Float64Array(stations);
  for (let s = 0; s < stations; s += 1) {
    const load = stationLoad[s]!;
    const limit = Math.max(load, limitOf(graph, s, rules.capacityFactor));
    const present = Math.min(load / targetUtilisation, limit);
    const r = stationRegion[s]!;
    const users = stationLoad[r]!;
    // Services grow as their region does; one that stands by without traffic says nothing of what its services will get.
    const need = s === r ? rules.need[r]! : users > 0 ? (load * rules.need[r]!) / users : load;
    const most = Math.min(need / targetUtilisation, limit);
    goal[s] = most < Infinity ? Math.max(present, most) : present;
    up[s] = present + rules.readyCapacity * (goal[s]! - present);
  }
  return { up, goal };
}

/** The most that a station can be scaled to, requests per second; Infinity where nothing is known. */
export function limitOf(graph: WorldGraph, station: number, capacityFactor: number): number {
  const limit = graph.stationLimit[station]!;
  if (Number.isNaN(limit)) return Infinity;
  return graph.stationLimitIsPeak[station] === 1 ? limit * capacityFactor : limit;
}
