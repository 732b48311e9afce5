import { must } from "#base/assert.ts";
import type { Millis } from "#base/time.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";
import type { NodeIndex } from "#domain/topology.ts";
import { rowTotal } from "#domain/volume.ts";

import { hashedUnit } from "./smooth-noise.ts";

/** One incident in each stretch of this length. */
const periodMs = 90_000;
const rampMs = 4_000;

/** Trouble at one service. */
export interface Incident {
  readonly node: NodeIndex;
  /** Share of its answers that are errors, 0 to 1. */
  readonly share: number;
  /** How many times longer its answers take. */
  readonly slowdown: number;
}

/** Says what is wrong at any moment, always the same for one seed; undefined most of the time. */
export function incidents(base: TrafficSnapshot, seed: number): (elapsedMs: Millis) => Incident | undefined {
  const candidates = busyServices(base);
  return (elapsedMs) => {
    const number = Math.floor(elapsedMs / periodMs);
    const chance = (what: number) => hashedUnit(seed + 7919 * what, number);
    const startMs = 30_000 + 20_000 * chance(1);
    const lengthMs = 20_000 + 20_000 * chance(2);
    const sinceMs = elapsedMs - number * periodMs - startMs;
    const strength = Math.min(1, sinceMs / rampMs, (lengthMs - sinceMs) / rampMs);
    const node = candidates[Math.floor(chance(3) * candidates.length)];
    if (strength <= 0 || node === undefined) return undefined;
    const share = strength * (0.15 + 0.2 * chance(4));
    return { node, share, slowdown: 1 + 3 * strength };
  };
}

/** The services whose trouble can be seen: the busier half of those that are called by another service. */
function busyServices({ topology, rates }: TrafficSnapshot): readonly NodeIndex[] {
  const classes = topology.classes.length;
  const inbound = topology.nodes.map((node, index) => {
    const calls = must(topology.incoming[index]);
    const isService = node.parent > 0 && node.isEntry !== true;
    return {
      index,
      rate: isService ? calls.reduce((sum, edge) => sum + rowTotal(rates, edge, classes), 0) : 0,
    };
  });
  const busy = inbound
    .filter(({ rate }) => rate > 0)
    .toSorted((a, b) => b.rate - a.rate || a.index - b.index);
  return busy.slice(0, Math.ceil(busy.length / 2)).map(({ index }) => index);
}
